#include "records/consistency.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parsed;

// The fields that do not fit, as paths.
std::vector<std::string> Unfit(const Message& resource) {
  std::vector<Violation> violations;
  CheckConsistency(resource, "", &violations);
  std::vector<std::string> fields;
  for (const Violation& violation : violations) {
    EXPECT_FALSE(violation.description.empty());
    fields.push_back(violation.field);
  }
  return fields;
}

template <class Resource>
std::vector<std::string> UnfitIn(const std::string& base, const std::string& more) {
  return Unfit(Parsed<Resource>(base + more));
}

std::vector<std::string> InSource(const std::string& text) {
  return UnfitIn<v1::Source>(R"(name: "sources/s" display_name: "S" )", text);
}

TEST(Source, EvidenceAndCollectiveGoWithTheirKinds) {
  EXPECT_THAT(InSource("kind: SOURCE_KIND_PERSON"), IsEmpty());
  EXPECT_THAT(InSource("kind: SOURCE_KIND_PERSON evidence {}"), ElementsAre("evidence"));
  EXPECT_THAT(InSource("kind: SOURCE_KIND_EVIDENCE"), ElementsAre("evidence"));
  EXPECT_THAT(InSource("kind: SOURCE_KIND_EVIDENCE evidence {}"), IsEmpty());
  EXPECT_THAT(InSource("kind: SOURCE_KIND_ANONYMOUS"), IsEmpty());
  EXPECT_THAT(InSource("kind: SOURCE_KIND_ANONYMOUS collective {}"), IsEmpty());
  EXPECT_THAT(InSource("kind: SOURCE_KIND_PERSON collective {}"), ElementsAre("collective"));
}

TEST(Source, NamesOthersNeverItself) {
  EXPECT_THAT(InSource(R"(part_of: "sources/s")"), ElementsAre("part_of"));
  EXPECT_THAT(InSource(R"(owner: "sources/s")"), ElementsAre("owner"));
  EXPECT_THAT(InSource(R"(known_distinct_from: "sources/s")"),
              ElementsAre("known_distinct_from[0]"));
  EXPECT_THAT(InSource(R"(kind: SOURCE_KIND_EVIDENCE
                          evidence { author: "sources/s" authenticated_by: "sources/s" })"),
              ElementsAre("evidence.author", "evidence.authenticated_by[0]"));
  EXPECT_THAT(InSource(R"(part_of: "sources/t" owner: "sources/t")"), IsEmpty());
}

TEST(Source, ListsSayNothingTwice) {
  EXPECT_THAT(InSource(R"(aliases: "a" aliases: "b" aliases: "a" domains: "a.b" domains: "a.b"
                          same_as: "urn:a" same_as: "urn:a" known_distinct_from: "sources/t"
                          known_distinct_from: "sources/t")"),
              ElementsAre("aliases[2]", "domains[1]", "same_as[1]", "known_distinct_from[1]"));
  EXPECT_THAT(InSource(R"(localized_names { language: "vi" text: "a" }
                          localized_names { language: "en" text: "a" }
                          localized_names { language: "vi" text: "b" })"),
              ElementsAre("localized_names[2].language"));
}

TEST(Document, NamesOthersNeverItself) {
  const std::string document = R"(name: "documents/d" )";
  EXPECT_THAT(UnfitIn<v1::Document>(document, R"(derived_from { document: "documents/d" }
                                                 withdrawal { document: "documents/d" })"),
              ElementsAre("derived_from.document", "withdrawal.document"));
  EXPECT_THAT(UnfitIn<v1::Document>(document, R"(derived_from { document: "documents/e" })"),
              IsEmpty());
}

TEST(Claim, SpeaksEachLanguageOnce) {
  const std::string claim = R"(name: "claims/c" language: "en" )";
  EXPECT_THAT(UnfitIn<v1::Claim>(claim, R"(translations { language: "vi" }
                                           translations { language: "en" }
                                           translations { language: "vi" })"),
              ElementsAre("translations[1].language", "translations[2].language"));
  EXPECT_THAT(UnfitIn<v1::Claim>(claim, R"(tags: "a" tags: "b" tags: "b")"),
              ElementsAre("tags[2]"));
}

std::vector<std::string> InAttribution(const std::string& text) {
  return UnfitIn<v1::Attribution>(R"(name: "claims/c/attributions/a" source: "sources/s" )", text);
}

TEST(Attribution, WhoeverRelaysHasItFromOthers) {
  EXPECT_THAT(InAttribution("stance: STANCE_RELAYS"), ElementsAre("cites"));
  EXPECT_THAT(InAttribution(R"(stance: STANCE_RELAYS cites { source: "sources/t" })"), IsEmpty());
  EXPECT_THAT(InAttribution(R"(stance: STANCE_RELAYS basis: BASIS_FIRST_HAND
                               cites { source: "sources/t" })"),
              ElementsAre("basis"));
  EXPECT_THAT(InAttribution("stance: STANCE_ASSERTS basis: BASIS_FIRST_HAND"), IsEmpty());
}

TEST(Attribution, DenialsAndSilenceGoWithTheirStances) {
  EXPECT_THAT(InAttribution("stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_FULL }"),
              IsEmpty());
  EXPECT_THAT(InAttribution("stance: STANCE_DOUBTS denial { extent: DENIAL_EXTENT_FULL }"),
              ElementsAre("denial"));
  EXPECT_THAT(InAttribution("stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_PART }"),
              ElementsAre("denial.part"));
  EXPECT_THAT(
      InAttribution(R"(stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_FULL part: "p" })"),
      ElementsAre("denial.part"));
  EXPECT_THAT(
      InAttribution(R"(stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_PART part: "p" })"),
      IsEmpty());
  EXPECT_THAT(InAttribution("stance: STANCE_ASKS no_comment {}"), ElementsAre("no_comment"));
  EXPECT_THAT(InAttribution(R"(stance: STANCE_NO_COMMENT no_comment { asked_by: "sources/s" })"),
              ElementsAre("no_comment.asked_by"));
}

TEST(Attribution, CitesSomebodyElseAndOnce) {
  EXPECT_THAT(InAttribution("cites {}"), ElementsAre("cites[0]"));
  EXPECT_THAT(InAttribution(R"(cites { source: "sources/t" stance: STANCE_RELAYS })"),
              ElementsAre("cites[0].stance"));
  EXPECT_THAT(InAttribution(R"(cites { attribution: "claims/c/attributions/a" })"),
              ElementsAre("cites[0].attribution"));
  EXPECT_THAT(InAttribution(R"(cites { source: "sources/s" })"), ElementsAre("cites[0].source"));
  EXPECT_THAT(InAttribution(R"(cites { source: "sources/t" } cites { source: "sources/u" }
                               cites { source: "sources/t" })"),
              ElementsAre("cites[2]"));
  // The same one for two stances is two things.
  EXPECT_THAT(InAttribution(R"(cites { source: "sources/t" stance: STANCE_ASSERTS }
                               cites { source: "sources/t" stance: STANCE_DOUBTS })"),
              IsEmpty());
}

TEST(Attribution, APositionIsAsLongAsItsQuoteInCodePoints) {
  EXPECT_THAT(InAttribution(R"(quote { exact: "😀ệa" position { start: 5 end: 8 } })"), IsEmpty());
  EXPECT_THAT(InAttribution(R"(quote { exact: "😀ệa" position { start: 5 end: 9 } })"),
              ElementsAre("quote.position"));
  EXPECT_THAT(InAttribution(R"(quote { exact: "a" position { start: 5 end: 5 } })"),
              ElementsAre("quote.position.end"));
  EXPECT_THAT(InAttribution(R"(quote { exact: "a" position { start: 6 end: 5 } })"),
              ElementsAre("quote.position.end"));
}

TEST(Relation, IsConfirmedOrRefusedBySomebodyOrSuggestedBySomething) {
  const std::string relation = R"(name: "claims/c/relations/r" target: "claims/d" )";
  const auto unfit = [&](const std::string& more) { return UnfitIn<v1::Relation>(relation, more); };
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_CONFIRMED confirmed_by: "Ann" confirm_time {})"),
              IsEmpty());
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_CONFIRMED suggested_by: "p")"),
              ElementsAre("confirmed_by"));
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_SUGGESTED suggested_by: "p")"), IsEmpty());
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_SUGGESTED confirmed_by: "Ann" confirm_time {})"),
              ElementsAre("suggested_by", "confirmed_by", "confirm_time"));
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_REFUSED refused_by: "Ann" refuse_time {})"),
              IsEmpty());
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_REFUSED suggested_by: "p" confirmed_by: "Ann")"),
              ElementsAre("confirmed_by", "refused_by"));
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_SUGGESTED suggested_by: "p" refused_by: "Ann")"),
              ElementsAre("refused_by"));
  EXPECT_THAT(unfit(R"(state: RELATION_STATE_CONFIRMED confirmed_by: "Ann" refuse_time {})"),
              ElementsAre("refuse_time"));
  EXPECT_THAT(UnfitIn<v1::Relation>(R"(name: "claims/c/relations/r" target: "claims/c" )",
                                    R"(state: RELATION_STATE_SUGGESTED suggested_by: "p")"),
              ElementsAre("target"));
}

TEST(Review, NumbersAreNumbers) {
  v1::Review review;
  review.mutable_rating()->set_value(std::nan(""));
  review.mutable_rating()->set_best(std::numeric_limits<double>::infinity());
  review.mutable_rating()->set_worst(-std::numeric_limits<double>::infinity());
  EXPECT_THAT(Unfit(review), ElementsAre("rating.value", "rating.best", "rating.worst"));
  EXPECT_THAT(Unfit(Parsed<v1::Review>("rating { value: -1 best: 5 worst: 0 }")), IsEmpty());
}

v1::Claim ClaimWith(const std::string& embeddings) {
  return Parsed<v1::Claim>(R"(name: "claims/x" text: "A." language: "en" )" + embeddings);
}

TEST(Embedding, HasAsManyNumbersAsItSays) {
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 values: [0, -1] })")),
              IsEmpty());
  EXPECT_THAT(
      Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 int8_values: "\377\000" })")),
      IsEmpty());
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 3 values: [1, 2] })")),
              ElementsAre("embeddings[0].values"));
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 3 int8_values: "ab" })")),
              ElementsAre("embeddings[0].int8_values"));
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 })")),
              ElementsAre("embeddings[0].values"));
  EXPECT_THAT(
      Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 1 values: 1 int8_values: "a" })")),
      ElementsAre("embeddings[0].int8_values"));
}

TEST(Embedding, PointsSomewhere) {
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 values: [0, -0] })")),
              ElementsAre("embeddings[0].values"));
  EXPECT_THAT(
      Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 int8_values: "\000\000" })")),
      ElementsAre("embeddings[0].int8_values"));
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 values: [1, nan] })")),
              ElementsAre("embeddings[0].values[1]"));
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 2 values: [-inf, 1] })")),
              ElementsAre("embeddings[0].values[0]"));
}

TEST(Embedding, ComesOnceAModel) {
  EXPECT_THAT(Unfit(ClaimWith(R"(embeddings { model: "m" dimensions: 1 values: 1 }
                                 embeddings { model: "n" dimensions: 1 values: 1 }
                                 embeddings { model: "m" dimensions: 2 values: [1, 1] })")),
              ElementsAre("embeddings[2].model"));
}

TEST(Embedding, OfARequestIsNamedByItsPath) {
  std::vector<Violation> violations;
  CheckEmbedding(Parsed<v1::Embedding>(R"(model: "m" dimensions: 1 values: inf)"), "embeddings[3]",
                 &violations);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "embeddings[3].values[0]");
}

TEST(CheckConsistency, BeginsPathsAsToldAndStopsAtTheMostViolations) {
  std::vector<Violation> violations;
  v1::Source source = Parsed<v1::Source>(R"(name: "sources/s" part_of: "sources/s")");
  CheckConsistency(source, "requests[3].source", &violations);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "requests[3].source.part_of");
  for (int i = 0; i < 100; ++i) source.add_aliases("same");
  CheckConsistency(source, "source", &violations);
  EXPECT_EQ(violations.size(), kMaxViolations);
}

TEST(MayPublish, NamedSourcesMay) {
  EXPECT_TRUE(MayPublish(v1::SOURCE_KIND_NEWS_OUTLET));
  EXPECT_TRUE(MayPublish(v1::SOURCE_KIND_PERSON));
  EXPECT_FALSE(MayPublish(v1::SOURCE_KIND_ANONYMOUS));
  EXPECT_FALSE(MayPublish(v1::SOURCE_KIND_EVIDENCE));
}

}  // namespace
}  // namespace headwater::records
