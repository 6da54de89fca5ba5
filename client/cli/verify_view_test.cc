#include "cli/verify_view.h"

#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

v1::VerifyResponse From(const std::string& text) {
  v1::VerifyResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::string Print(const v1::VerifyResponse& response, bool show_all = false) {
  std::ostringstream out;
  PrintVerification(out, {}, response, show_all);
  return out.str();
}

v1::VerifyResponse Article() {
  return From(R"(
    language: "en"
    statements { text: "Seven engineers failed." matches {
      claim { claim: "claims/x" text: "8 engineers failed." standing: STANDING_SINGLE_LINE
              lines { at_least: 1 at_most: 2 } summary: "The FT has it of three people." }
      likelihood: 0.934 is_match: true reason: "They share 2 words."
      mismatches { kind: MISMATCH_KIND_FIGURES reason: "r" statement_figures: "7"
                   claim_figures: "8" }
      mismatches { kind: MISMATCH_KIND_NEGATION reason: "One denies what the other states." }
      snippet { field: CLAIM_FIELD_QUOTE language: "vi" text: "8 kỹ sư" } } }
    statements { text: "Nobody said this." }
    statements { text: "This is close." matches {
      claim { claim: "claims/y" text: "Close." summary: "Nobody recorded here asserts it." }
      likelihood: 0.1 } })");
}

TEST(VerifyView, ShowsWhatIsOnRecordAndWhatDoesNotAgree) {
  EXPECT_EQ(Print(Article()),
            "Seven engineers failed.\n"
            "  very likely (0.93); other figure: 7 here, 8 there; One denies what the other "
            "states.\n"
            "    8 engineers failed.\n"
            "    x  SINGLE_LINE, 1 to 2 lines\n"
            "    The FT has it of three people.\n"
            "    in a quote (vi): 8 kỹ sư\n"
            "    why: They share 2 words.\n"
            "\n"
            "This is close.\n"
            "  not likely (0.10)\n"
            "    Close.\n"
            "    y\n"
            "    Nobody recorded here asserts it.\n"
            "\n"
            "3 sentences: 1 matches 1 claim; nothing found for 2 (read as en)\n");
}

TEST(VerifyView, ShowsSentencesWithoutMatchesWhereAsked) {
  EXPECT_THAT(Print(Article()), Not(HasSubstr("Nobody said this.")));
  EXPECT_THAT(Print(Article(), /*show_all=*/true),
              HasSubstr("Nobody said this.\n  nothing found\n\n"));
}

TEST(VerifyView, SaysThatNothingWasFound) {
  v1::VerifyResponse none = From("statements { text: 'A.' } language: 'und'");
  EXPECT_EQ(Print(none), "1 sentence: nothing found\n");
  EXPECT_FALSE(FoundSomething(none));
  EXPECT_FALSE(FoundSomething({}));
  // What is not likely is not found.
  v1::ClaimMatch* match = none.mutable_statements(0)->add_matches();
  EXPECT_FALSE(FoundSomething(none));
  match->set_is_match(true);
  EXPECT_TRUE(FoundSomething(none));
}

TEST(VerifyView, PutsTheLikelihoodInWords) {
  v1::ClaimMatch match;
  match.set_likelihood(0.3);
  EXPECT_EQ(Likelihood(match), "not likely (0.30)");
  match.set_is_match(true);
  EXPECT_EQ(Likelihood(match), "perhaps (0.30)");
  match.set_likelihood(0.5);
  EXPECT_EQ(Likelihood(match), "likely (0.50)");
  match.set_is_same_text(true);
  EXPECT_EQ(Likelihood(match), "the same text (0.50)");
}

TEST(VerifyView, NamesFiguresOfBothSidesOrGivesTheReason) {
  v1::VerifyResponse response = Article();
  v1::Mismatch* figures = response.mutable_statements(0)->mutable_matches(0)->mutable_mismatches(0);
  figures->add_claim_figures("9");
  EXPECT_THAT(Print(response), HasSubstr("; other figures: 7 here, 8, 9 there;"));
  figures->clear_statement_figures();
  EXPECT_THAT(Print(response), HasSubstr("(0.93); r; One"));
}

TEST(VerifyView, ShowsADocumentWithItsClaimsAndWhoCitesIt) {
  const v1::VerifyResponse response = From(R"(
    document { document { name: "documents/d" title: "Delayed" publisher: "sources/ft"
                          published_date: "2025-08-14" language: "en" }
      claims { claim: "claims/x" text: "It is late." standing: STANDING_SINGLE_LINE
               lines { at_least: 1 at_most: 1 } summary: "The FT has it." } claim_count: 1
      citing { attribution: "claims/x/attributions/r" cited: "claims/x/attributions/ft"
               source: "sources/reuters" display_name: "Reuters" document: "documents/e"
               claim: "claims/x" stance: STANCE_RELAYS } citing_count: 201 })");
  EXPECT_TRUE(FoundSomething(response));
  EXPECT_EQ(Print(response),
            "Delayed\n"
            "documents/d, ft, 2025-08-14, en\n"
            "\n"
            "- It is late.\n"
            "  x  SINGLE_LINE, 1 line\n"
            "  The FT has it.\n"
            "\n"
            "CITED BY  STANCE  IN  ON\n"
            "Reuters   RELAYS  e   x\n"
            "\n"
            "1 claim; cited 201 times (1 shown)\n");
}

}  // namespace
}  // namespace headwater::cli
