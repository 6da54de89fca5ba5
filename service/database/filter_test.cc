#include "database/filter.h"

#include <gmock/gmock.h>

#include "gtest/gtest.h"
#include "keys/register.h"
#include "records/testing.h"

namespace headwater::database {
namespace {

using keys::Index;
using keys::Kind;
using keys::Name;
using keys::Reference;
using records::testing::Parsed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Text(Index index, absl::string_view text) {
  return keys::Term(index, keys::TextValue(text));
}
std::string Number(Index index, int number) {
  return keys::Term(index, keys::NumberValue(static_cast<uint8_t>(number)));
}
std::string Refers(absl::string_view target, Reference field) {
  return keys::Term(Index::kReference, keys::ReferenceValue(*Name::Parse(target), field));
}

template <class Request>
Filter FilterIn(const std::string& text) {
  const auto filter = FilterOf(Parsed<Request>(text));
  EXPECT_TRUE(filter.ok()) << filter.status();
  return filter.value_or(Filter());
}

template <class Request>
std::string Refusal(const std::string& text) {
  const auto filter = FilterOf(Parsed<Request>(text));
  EXPECT_EQ(filter.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(filter.status().message());
}

// The most selective term is walked, so it stands first.
TEST(Filter, TermsOfEveryKind) {
  Filter filter = FilterIn<v1::ListSourcesRequest>(
      R"(kind: SOURCE_KIND_PERSON owner: "sources/o" part_of: "sources/p" country: "VN")");
  EXPECT_EQ(filter.kind, Kind::kSource);
  EXPECT_THAT(filter.terms,
              ElementsAre(Refers("sources/p", Reference::kSourcePartOf),
                          Refers("sources/o", Reference::kSourceOwner), Text(Index::kCountry, "VN"),
                          Number(Index::kSourceKind, v1::SOURCE_KIND_PERSON)));
  filter = FilterIn<v1::ListDocumentsRequest>(R"(publisher: "sources/ft" language: "en")");
  EXPECT_EQ(filter.kind, Kind::kDocument);
  EXPECT_THAT(filter.terms, ElementsAre(Refers("sources/ft", Reference::kDocumentPublisher),
                                        Text(Index::kLanguage, "en")));
  filter = FilterIn<v1::ListClaimsRequest>(
      R"(about: "HUAWEI" tag: "h20" language: "en" nature: CLAIM_NATURE_FACT)");
  EXPECT_EQ(filter.kind, Kind::kClaim);
  EXPECT_THAT(filter.terms, ElementsAre(Text(Index::kAbout, "huawei"), Text(Index::kTag, "h20"),
                                        Text(Index::kLanguage, "en"),
                                        Number(Index::kNature, v1::CLAIM_NATURE_FACT)));
  filter = FilterIn<v1::ListRelationsRequest>(
      R"(parent: "claims/x" target: "claims/y" kind: RELATION_KIND_NARROWS
         state: RELATION_STATE_CONFIRMED)");
  EXPECT_EQ(filter.kind, Kind::kRelation);
  EXPECT_EQ(filter.claim, "x");
  EXPECT_THAT(filter.terms, ElementsAre(Refers("claims/y", Reference::kRelationTarget),
                                        Number(Index::kRelationState, v1::RELATION_STATE_CONFIRMED),
                                        Number(Index::kRelationKind, v1::RELATION_KIND_NARROWS)));
  filter = FilterIn<v1::ListReviewsRequest>(R"(parent: "claims/-" author: "sources/s")");
  EXPECT_EQ(filter.kind, Kind::kReview);
  EXPECT_EQ(filter.claim, "");
  EXPECT_THAT(filter.terms, ElementsAre(Refers("sources/s", Reference::kReviewAuthor)));
}

TEST(Filter, HowClaimsStandIsWalkedUnlessTheyAreAboutSomethingOrTagged) {
  const std::string stands =
      "flags: [FLAG_KIND_ASKED, FLAG_KIND_DOUBTED] standing: STANDING_CIRCULAR";
  const Filter alone = FilterIn<v1::ListClaimsRequest>(stands + " language: 'vi'");
  EXPECT_THAT(alone.standing_terms, ElementsAre(Number(Index::kFlag, 4), Number(Index::kFlag, 5),
                                                Number(Index::kStanding, 2)));
  EXPECT_THAT(alone.terms, ElementsAre(Text(Index::kLanguage, "vi")));
  EXPECT_TRUE(alone.walks_standings());
  EXPECT_TRUE(FilterIn<v1::ListClaimsRequest>(stands + " subject_from: '2025'").walks_standings());
  for (const char* fewer : {" about: 'Huawei'", " tag: 'h20'"})
    EXPECT_FALSE(FilterIn<v1::ListClaimsRequest>(stands + fewer).walks_standings()) << fewer;
  EXPECT_FALSE(FilterIn<v1::ListClaimsRequest>("language: 'vi'").walks_standings());
}

TEST(Filter, AttributionsByWhoIsCited) {
  Filter filter = FilterIn<v1::ListAttributionsRequest>(
      R"(parent: "claims/x" cites: "sources/s" source: "sources/ft" document: "documents/d"
         stance: STANCE_DENIES)");
  EXPECT_EQ(filter.kind, Kind::kAttribution);
  EXPECT_EQ(filter.claim, "x");
  EXPECT_THAT(filter.terms, ElementsAre(Refers("sources/s", Reference::kCitedSource),
                                        Refers("documents/d", Reference::kAttributionDocument),
                                        Refers("sources/ft", Reference::kAttributionSource),
                                        Number(Index::kStance, v1::STANCE_DENIES)));
  filter = FilterIn<v1::ListAttributionsRequest>(
      R"(parent: "claims/-" cites: "claims/y/attributions/a")");
  EXPECT_EQ(filter.claim, "");
  EXPECT_THAT(filter.terms,
              ElementsAre(Refers("claims/y/attributions/a", Reference::kCitedAttribution)));
}

TEST(Filter, OfNothingIsTheWholeKind) {
  const Filter filter = FilterIn<v1::ListClaimsRequest>("");
  EXPECT_THAT(filter.terms, IsEmpty());
  EXPECT_FALSE(filter.has_days());
}

TEST(Filter, AUriIsLookedForAsItStands) {
  const char* uri = "http://www.wikidata.org/entity/Q160120";
  EXPECT_THAT(FilterIn<v1::ListClaimsRequest>("about: \"" + std::string(uri) + "\"").terms,
              ElementsAre(Text(Index::kAbout, uri)));
}

// All claims would be found otherwise.
TEST(Filter, ANameOfNothingButInvisibleCharactersFindsNothing) {
  EXPECT_THAT(FilterIn<v1::ListClaimsRequest>("about: \"\u00ad\u200b\"").terms,
              ElementsAre(keys::Term(keys::Index::kAbout, keys::TextValue(""))));
}

TEST(Filter, DaysRunFromTheFirstOfOneToTheLastOfTheOther) {
  Filter filter =
      FilterIn<v1::ListClaimsRequest>(R"(subject_from: "1970-01" subject_until: "1970-02")");
  EXPECT_TRUE(filter.has_days());
  EXPECT_EQ(filter.from_day, 0);
  EXPECT_EQ(filter.until_day, 58);
  filter = FilterIn<v1::ListDocumentsRequest>(R"(published_until: "1970")");
  EXPECT_EQ(filter.from_day, std::nullopt);
  EXPECT_EQ(filter.until_day, 364);
  filter = FilterIn<v1::ListAttributionsRequest>(
      R"(parent: "claims/-" said_from: "1970-01-02/.." said_until: "../1970-01-03")");
  EXPECT_EQ(filter.from_day, 1);
  EXPECT_EQ(filter.until_day, 2);
  filter = FilterIn<v1::ListReviewsRequest>(R"(parent: "claims/-" published_from: "1970-01-05")");
  EXPECT_EQ(filter.from_day, 4);
}

TEST(Filter, ABoundThatIsOpenOnItsOwnSideIsRefused) {
  EXPECT_THAT(Refusal<v1::ListClaimsRequest>(R"(subject_from: "../1970")"),
              HasSubstr("subject_from is open on the side that counts"));
  EXPECT_THAT(Refusal<v1::ListDocumentsRequest>(R"(published_until: "1970/..")"),
              HasSubstr("published_until is open"));
  EXPECT_THAT(Refusal<v1::ListAttributionsRequest>(R"(parent: "claims/-" said_until: "1970/")"),
              HasSubstr("said_until is open"));
}

}  // namespace
}  // namespace headwater::database
