#include "records/terms.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "gtest/gtest.h"
#include "keys/register.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using keys::Index;
using keys::Kind;
using keys::Name;
using keys::Reference;
using testing::Parsed;
using ::testing::UnorderedElementsAreArray;

std::string All() { return keys::Term(Index::kAll, keys::NoValue()); }
std::string Text(Index index, absl::string_view text) {
  return keys::Term(index, keys::TextValue(text));
}
std::string Number(Index index, int number) {
  return keys::Term(index, keys::NumberValue(static_cast<uint8_t>(number)));
}
std::string Refers(absl::string_view target, Reference field) {
  return keys::Term(Index::kReference, keys::ReferenceValue(*Name::Parse(target), field));
}
std::string Day(Kind kind, int32_t day) {
  return keys::Term(Index::kDate, keys::DateValue(kind, day));
}

// The terms of a sound resource; also holds what is true of any.
std::vector<std::string> Terms(const Message& resource) {
  const std::vector<std::string> terms = TermsOf(resource, ReferencesOf(resource));
  EXPECT_EQ(terms.front(), All());
  EXPECT_TRUE(std::is_sorted(terms.begin(), terms.end()));
  EXPECT_EQ(std::adjacent_find(terms.begin(), terms.end()), terms.end());
  return terms;
}

TEST(Terms, OfASource) {
  const auto source = Parsed<v1::Source>(R"(
    name: "sources/ft" kind: SOURCE_KIND_NEWS_OUTLET display_name: "Financial Times" aliases: "FT"
    aliases: "financial TIMES" localized_names { language: "vi" text: "Thời báo" }
    domains: "ft.com" domains: "ft.co.uk" country: "GB" part_of: "sources/nikkei"
    owner: "sources/nikkei" known_distinct_from: "sources/other"
    same_as: "urn:x" same_as: "http://www.wikidata.org/entity/Q18711")");
  EXPECT_THAT(Terms(source),
              UnorderedElementsAreArray(
                  {All(), Number(Index::kSourceKind, v1::SOURCE_KIND_NEWS_OUTLET),
                   Text(Index::kCountry, "GB"), Text(Index::kDomain, "ft.com"),
                   Text(Index::kDomain, "ft.co.uk"), Text(Index::kSameAs, "urn:x"),
                   Text(Index::kSameAs, "http://www.wikidata.org/entity/Q18711"),
                   Text(Index::kSourceNameKey, "financial times"),
                   Text(Index::kSourceNameKey, "ft"), Text(Index::kSourceNameKey, "thoi bao"),
                   Refers("sources/nikkei", Reference::kSourcePartOf),
                   Refers("sources/nikkei", Reference::kSourceOwner),
                   Refers("sources/other", Reference::kSourceKnownDistinctFrom)}));
}

TEST(Terms, OfEvidence) {
  const auto source = Parsed<v1::Source>(R"(
    name: "sources/tape" kind: SOURCE_KIND_EVIDENCE display_name: "Tape"
    evidence { medium: EVIDENCE_MEDIUM_RECORDING author: "sources/ann" authenticated_by: "sources/lab" })");
  EXPECT_THAT(Terms(source), UnorderedElementsAreArray(
                                 {All(), Number(Index::kSourceKind, v1::SOURCE_KIND_EVIDENCE),
                                  Text(Index::kSourceNameKey, "tape"),
                                  Refers("sources/ann", Reference::kEvidenceAuthor),
                                  Refers("sources/lab", Reference::kEvidenceAuthenticatedBy)}));
}

TEST(Terms, OfADocument) {
  const auto document = Parsed<v1::Document>(R"(
    name: "documents/d" publisher: "sources/ft" title: "T" language: "en"
    published_date: "1970-01-02" derived_from { document: "documents/e" kind: DERIVATION_KIND_VERBATIM }
    withdrawal { kind: WITHDRAWAL_KIND_CORRECTED reason: "so" document: "documents/f" })");
  EXPECT_THAT(Terms(document), UnorderedElementsAreArray(
                                   {All(), Text(Index::kLanguage, "en"), Day(Kind::kDocument, 1),
                                    Refers("sources/ft", Reference::kDocumentPublisher),
                                    Refers("documents/e", Reference::kDocumentDerivedFrom),
                                    Refers("documents/f", Reference::kWithdrawalDocument)}));
}

TEST(Terms, OfAClaim) {
  const auto claim = Parsed<v1::Claim>(R"(
    name: "claims/c" text: "T" language: "vi" nature: CLAIM_NATURE_FACT subject_date: "1969-12/1970"
    tags: "h20" tags: "export"
    about { name: "Hoa Vi" uri: "http://www.wikidata.org/entity/Q160120" } about { name: "HOA VI" })");
  EXPECT_THAT(
      Terms(claim),
      UnorderedElementsAreArray(
          {All(), Text(Index::kLanguage, "vi"), Number(Index::kNature, v1::CLAIM_NATURE_FACT),
           Text(Index::kTag, "h20"), Text(Index::kTag, "export"), Text(Index::kAbout, "hoa vi"),
           Text(Index::kAbout, "http://www.wikidata.org/entity/Q160120"), Day(Kind::kClaim, -31)}));
}

// A filter that looks like a URI is looked up as it stands.
TEST(Terms, AnEntityWhoseNameLooksLikeAUriIsFoundByIt) {
  const auto claim = Parsed<v1::Claim>(R"(
    name: "claims/c" text: "T" language: "vi" nature: CLAIM_NATURE_FACT about { name: "Tel:Aviv" })");
  const std::vector<std::string> terms = Terms(claim);
  EXPECT_TRUE(std::binary_search(terms.begin(), terms.end(), Text(Index::kAbout, "Tel:Aviv")));
}

TEST(Terms, OfAnAttribution) {
  const auto attribution = Parsed<v1::Attribution>(R"(
    name: "claims/c/attributions/a" source: "sources/ft" document: "documents/d"
    stance: STANCE_RELAYS said_date: "1970-01-01" cites { source: "sources/s" }
    cites { attribution: "claims/x/attributions/y" stance: STANCE_ASSERTS }
    cites { attribution: "claims/x/attributions/y" stance: STANCE_DOUBTS })");
  EXPECT_THAT(Terms(attribution),
              UnorderedElementsAreArray(
                  {All(), Number(Index::kStance, v1::STANCE_RELAYS), Day(Kind::kAttribution, 0),
                   Refers("sources/ft", Reference::kAttributionSource),
                   Refers("documents/d", Reference::kAttributionDocument),
                   Refers("sources/s", Reference::kCitedSource),
                   Refers("claims/x/attributions/y", Reference::kCitedAttribution)}));
  const auto silent = Parsed<v1::Attribution>(R"(
    name: "claims/c/attributions/b" source: "sources/ft" document: "documents/d"
    stance: STANCE_NO_COMMENT
    no_comment { form: NO_COMMENT_FORM_NO_REPLY asked_by: "sources/s" })");
  EXPECT_THAT(Terms(silent),
              UnorderedElementsAreArray({All(), Number(Index::kStance, v1::STANCE_NO_COMMENT),
                                         Refers("sources/ft", Reference::kAttributionSource),
                                         Refers("documents/d", Reference::kAttributionDocument),
                                         Refers("sources/s", Reference::kNoCommentAskedBy)}));
}

TEST(Terms, OfARelationAndAReview) {
  const auto relation = Parsed<v1::Relation>(R"(
    name: "claims/c/relations/r" kind: RELATION_KIND_NARROWS target: "claims/d"
    state: RELATION_STATE_SUGGESTED suggested_by: "p")");
  EXPECT_THAT(Terms(relation), UnorderedElementsAreArray(
                                   {All(), Number(Index::kRelationKind, v1::RELATION_KIND_NARROWS),
                                    Number(Index::kRelationState, v1::RELATION_STATE_SUGGESTED),
                                    Refers("claims/d", Reference::kRelationTarget)}));
  const auto review = Parsed<v1::Review>(
      R"(name: "claims/c/reviews/r" author: "sources/s" published_date: "1970" language: "en")");
  EXPECT_THAT(Terms(review),
              UnorderedElementsAreArray(
                  {All(), Day(Kind::kReview, 0), Refers("sources/s", Reference::kReviewAuthor)}));
}

TEST(Terms, OfADateThatIsOpenTowardsThePastThereIsNone) {
  const auto claim = Parsed<v1::Claim>(
      R"(text: "T" language: "vi" nature: CLAIM_NATURE_FACT subject_date: "../2025")");
  EXPECT_EQ(Terms(claim).size(), 3u);
}

TEST(FirstDay, IsTheEarliestDayOfADate) {
  EXPECT_EQ(FirstDay("1970-01-01"), 0);
  EXPECT_EQ(FirstDay("1970-02/.."), 31);
  EXPECT_EQ(FirstDay("1969"), -365);
  EXPECT_EQ(FirstDay(""), std::nullopt);
  EXPECT_EQ(FirstDay("../1970"), std::nullopt);
  EXPECT_EQ(FirstDay("no date"), std::nullopt);
}

TEST(ListedDate, IsTheOneThatListsGoBy) {
  EXPECT_EQ(ListedDate(Parsed<v1::Document>(R"(published_date: "2025")")), "2025");
  EXPECT_EQ(ListedDate(Parsed<v1::Claim>(R"(subject_date: "2025")")), "2025");
  EXPECT_EQ(ListedDate(Parsed<v1::Attribution>(R"(said_date: "2025")")), "2025");
  EXPECT_EQ(ListedDate(Parsed<v1::Review>(R"(published_date: "2025")")), "2025");
  EXPECT_EQ(ListedDate(v1::Source()), "");
  EXPECT_EQ(ListedDate(v1::Relation()), "");
}

}  // namespace
}  // namespace headwater::records
