#include "cli/search_view.h"

#include <sstream>

#include "cli/claim_summary_view.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;

v1::SearchClaimsResponse From(const std::string& text) {
  v1::SearchClaimsResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::string Print(const v1::SearchClaimsResponse& response, const Terminal& terminal = {}) {
  std::ostringstream out;
  PrintSearch(out, terminal, response);
  return out.str();
}

v1::SearchClaimsResponse Found() {
  return From(R"(
    results { claim { claim: "claims/x" text: "Kỹ sư Huawei failed." language: "en"
                      standing: STANDING_SINGLE_LINE flags: FLAG_KIND_ANONYMOUS_ONLY
                      lines { at_least: 1 at_most: 1 } summary: "Trí Đạt speaks for three people." }
              snippets { field: CLAIM_FIELD_TEXT text: "sư Huawei failed."
                         highlights { start: 3 end: 9 } cut_before: true }
              snippets { field: CLAIM_FIELD_TRANSLATION language: "vi" text: "kỹ sư của Huawei"
                         highlights { start: 10 end: 16 } cut_before: true cut_after: true } }
    results { claim { claim: "claims/y" text: "Backdoors." standing: STANDING_NOT_ASSERTED lines {}
                      summary: "Nobody recorded here asserts it." }
              snippets { field: CLAIM_FIELD_SOURCE language: "und" text: "Huawei"
                         highlights { end: 6 } } }
    facets { field: "source" values { value: "ft" count: 2 } values { value: "nvidia" count: 1 } }
    facets { field: "tag" })");
}

TEST(SearchView, ShowsEachClaimWithHowItStandsAndWhereItWasFound) {
  EXPECT_EQ(Print(Found()),
            "1  Kỹ sư Huawei failed.\n"
            "   x  SINGLE_LINE, 1 line, ANONYMOUS_ONLY\n"
            "   Trí Đạt speaks for three people.\n"
            "   in a translation (vi): … kỹ sư của Huawei …\n"
            "\n"
            "2  Backdoors.\n"
            "   y  NOT_ASSERTED\n"
            "   Nobody recorded here asserts it.\n"
            "   in the name of a source: Huawei\n"
            "\n"
            "source  ft (2), nvidia (1)\n");
}

TEST(SearchView, MarksWhatWasFoundOnATerminal) {
  Terminal terminal;
  terminal.colors = true;
  const std::string page = Print(Found(), terminal);
  EXPECT_THAT(page, HasSubstr("Kỹ sư \033[1mHuawei\033[0m failed.\n"));
  EXPECT_THAT(page, HasSubstr("(vi): … kỹ sư của \033[1mHuawei\033[0m …\n"));
}

TEST(SearchView, WrapsByWhatIsSeenAndMarksPartsOfWords) {
  Terminal terminal;
  terminal.colors = true;
  terminal.width = 10;
  Highlights marks;
  marks.Add()->set_end(3);
  v1::Highlight* second = marks.Add();
  second->set_start(8);
  second->set_end(40);
  EXPECT_EQ(WrapMarked(terminal, "đã  đôi abc\ndef", marks, 2),
            "\033[1mđã\033[0m đôi\n  \033[1mabc\033[0m \033[1mdef\033[0m");
  EXPECT_EQ(WrapMarked({}, "a\033[2Jb", {}, 0), "a\uFFFD[2Jb");
}

TEST(SearchView, SaysWhatToTypeNext) {
  EXPECT_EQ(SearchAdvice("x", Found()), "");
  v1::SearchClaimsResponse more = Found();
  more.set_next_page_token("t");
  EXPECT_EQ(SearchAdvice("x", more), "(there are more: --all, or --limit up to 100)\n");
  const std::string none = SearchAdvice("-it's huawie", From(R"(
    suggestions { typed: "huawie" name: "Huawei" query: "-it's Huawei" })"));
  EXPECT_THAT(none, HasSubstr("did you mean \"Huawei\" by \"huawie\"?\n"
                              "  headwater search -- '-it'\\''s Huawei'\n"
                              "nothing found\n"));
}

TEST(SearchView, QuotesForTheShell) {
  EXPECT_EQ(ShellWord("about:huawei"), "about:huawei");
  EXPECT_EQ(ShellWord("Trí"), "Trí");
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("engin*"), "'engin*'");
  EXPECT_EQ(ShellWord("$(rm x)"), "'$(rm x)'");
}

}  // namespace
}  // namespace headwater::cli
