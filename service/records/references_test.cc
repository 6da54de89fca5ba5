#include "records/references.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "records/resource.h"
#include "records/rules.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parsed;
using testing::Repeated;
using ::testing::SizeIs;

// "reference path target".
std::vector<std::string> Lines(const std::vector<FoundReference>& references) {
  std::vector<std::string> lines;
  for (const FoundReference& reference : references) {
    lines.push_back(absl::StrCat(static_cast<int>(reference.field), " ", reference.path, " ",
                                 reference.target.Text()));
  }
  return lines;
}

TEST(ReferencesOf, AreInTheOrderOfTheFields) {
  const auto attribution = Parsed<v1::Attribution>(R"(
    name: "claims/x/attributions/ft" source: "sources/ft" document: "documents/d"
    stance: STANCE_NO_COMMENT
    no_comment { form: NO_COMMENT_FORM_DECLINED asked_by: "sources/three" }
    cites { source: "sources/two" } cites { attribution: "claims/y/attributions/z" })");
  EXPECT_THAT(Lines(ReferencesOf(attribution, "attribution")),
              ElementsAre("9 attribution.source sources/ft", "10 attribution.document documents/d",
                          "12 attribution.cites[0].source sources/two",
                          "11 attribution.cites[1].attribution claims/y/attributions/z",
                          "13 attribution.no_comment.asked_by sources/three"));
}

TEST(ReferencesOf, HaveNoPrefixOfTheirOwn) {
  const auto document =
      Parsed<v1::Document>(R"(publisher: "sources/ft" derived_from { document: "documents/e" })");
  EXPECT_THAT(Lines(ReferencesOf(document)),
              ElementsAre("6 publisher sources/ft", "7 derived_from.document documents/e"));
  EXPECT_THAT(ReferencesOf(v1::Claim()), IsEmpty());
}

// As a resource may be that was stored under laxer rules.
TEST(ReferencesOf, AreFoundHoweverMuchIsWrong) {
  v1::Source source;
  source.set_country("nowhere");
  for (int i = 0; i < 30; ++i) source.add_aliases(Repeated("a", 2000));  // too long, each
  for (int i = 0; i < 30; ++i) source.add_domains("no domain");
  source.set_part_of("sources/a");
  source.set_owner("documents/d");  // not of a kind that it may be
  for (int i = 0; i < 1000; ++i)
    source.add_known_distinct_from(absl::StrCat("sources/", i));  // too many
  source.mutable_evidence()->set_author("sources/b");             // without what is required
  source.mutable_evidence()->add_authenticated_by("nobody");      // no name at all
  source.mutable_evidence()->add_authenticated_by("sources/c");
  std::vector<Violation> violations;
  CheckResource(source, "", &violations);
  ASSERT_THAT(violations, SizeIs(kMaxViolations));
  EXPECT_THAT(ReferencesOf(source), SizeIs(1 + 1 + 1000 + 1 + 1));
}

}  // namespace
}  // namespace headwater::records
