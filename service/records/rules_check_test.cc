// What CheckResource and CheckRequest say of messages.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "records/resource.h"
#include "records/rules.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Parsed;
using testing::Repeated;

// "path: what is wrong".
std::vector<std::string> Lines(const std::vector<Violation>& violations) {
  std::vector<std::string> lines;
  for (const Violation& violation : violations)
    lines.push_back(absl::StrCat(violation.field, ": ", violation.description));
  return lines;
}

std::vector<std::string> WrongWith(const Message& resource, absl::string_view path = "") {
  std::vector<Violation> violations;
  CheckResource(resource, path, &violations);
  return Lines(violations);
}

std::vector<std::string> WrongWithRequest(const Message& request) {
  std::vector<Violation> violations;
  CheckRequest(request, &violations);
  return Lines(violations);
}

v1::Claim SoundClaim() {
  return Parsed<v1::Claim>(
      R"(name: "claims/x" text: "A statement." language: "en" nature: CLAIM_NATURE_FACT)");
}

v1::Attribution SoundAttribution() {
  return Parsed<v1::Attribution>(R"(name: "claims/x/attributions/ft" source: "sources/ft"
                                    document: "documents/d" stance: STANCE_ASSERTS)");
}

TEST(CheckResource, FindsNothingWrongWithWhatIsSound) {
  EXPECT_THAT(WrongWith(SoundClaim()), IsEmpty());
  EXPECT_THAT(WrongWith(SoundAttribution()), IsEmpty());
}

TEST(CheckResource, NamesEveryRequiredFieldThatIsMissing) {
  EXPECT_THAT(WrongWith(v1::Claim(), "claim"),
              ElementsAre("claim.text: is required", "claim.language: is required",
                          "claim.nature: is required; one of CLAIM_NATURE_FACT, "
                          "CLAIM_NATURE_PREDICTION, CLAIM_NATURE_OPINION"));
  v1::Document document;
  document.mutable_embargo();
  EXPECT_THAT(WrongWith(document), ElementsAre("publisher: is required", "title: is required",
                                               "embargo.until_time: is required"));
}

TEST(CheckResource, NamesThePlaceInDepth) {
  v1::Claim claim = SoundClaim();
  for (const char* language : {"vi", "xx-", "fr"}) {
    v1::LocalizedText* text = claim.add_translations();
    text->set_language(language);
    text->set_text("T");
  }
  claim.add_tags("good");
  claim.add_tags("Not Good");
  claim.add_about()->set_uri("http://www.wikidata.org/entity/Q1");
  EXPECT_THAT(WrongWith(claim, "requests[7].claim"),
              ElementsAre(HasSubstr("requests[7].claim.translations[1].language: 'xx-' is no"),
                          "requests[7].claim.about[0].name: is required",
                          HasSubstr("requests[7].claim.tags[1]: 'Not Good' is no id")));
}

TEST(CheckResource, AFieldHoldsItsBoundInCodePointsAndNotOneMore) {
  v1::Claim claim = SoundClaim();
  claim.set_text(Repeated("😀", 5000));
  EXPECT_THAT(WrongWith(claim), IsEmpty());
  claim.set_text(Repeated("😀", 5001));
  EXPECT_THAT(WrongWith(claim),
              ElementsAre("text: is 5001 code points long; at most 5000 are allowed"));
}

TEST(CheckResource, AListHoldsItsBoundAndNotOneMore) {
  v1::Claim claim = SoundClaim();
  for (int i = 0; i < 100; ++i) claim.add_tags(absl::StrCat("tag", i));
  EXPECT_THAT(WrongWith(claim), IsEmpty());
  claim.add_tags("another");
  EXPECT_THAT(WrongWith(claim), ElementsAre("tags: has 101 items; at most 100 are allowed"));
}

TEST(CheckResource, ARangeHoldsBothItsEnds) {
  v1::Attribution attribution = SoundAttribution();
  attribution.mutable_quote()->set_exact("x");
  v1::TextPosition* position = attribution.mutable_quote()->mutable_position();
  position->set_start(0);
  position->set_end(1'000'000);
  EXPECT_THAT(WrongWith(attribution), IsEmpty());
  position->set_start(-1);
  position->set_end(1'000'001);
  EXPECT_THAT(WrongWith(attribution),
              ElementsAre("quote.position.start: -1 is out of range; 0 to 1000000 would do",
                          "quote.position.end: 1000001 is out of range; 1 to 1000000 would do"));
  position->set_start(0);
  position->set_end(0);
  EXPECT_THAT(WrongWith(attribution),
              ElementsAre("quote.position.end: 0 is out of range; 1 to 1000000 would do"));
}

TEST(CheckResource, TimesLieInTheYears1To9999) {
  v1::Document document = Parsed<v1::Document>(R"(publisher: "sources/ft" title: "T")");
  auto* time = document.mutable_retrieved_time();
  for (int64_t seconds : {int64_t{-62135596800}, int64_t{253402300799}}) {
    time->set_seconds(seconds);
    time->set_nanos(999'999'999);
    EXPECT_THAT(WrongWith(document), IsEmpty());
  }
  for (int64_t seconds : {int64_t{-62135596801}, int64_t{253402300800}, INT64_MIN, INT64_MAX}) {
    time->set_seconds(seconds);
    EXPECT_THAT(WrongWith(document),
                ElementsAre("retrieved_time: lies outside the years 1 to 9999"));
  }
  time->set_seconds(0);
  for (int32_t nanos : {-1, 1'000'000'000, INT32_MIN, INT32_MAX}) {
    time->set_nanos(nanos);
    EXPECT_THAT(WrongWith(document), ElementsAre(HasSubstr("retrieved_time: has nanos outside")));
  }
}

TEST(CheckResource, RefusesWhatThisServerDoesNotKnow) {
  v1::Claim claim = SoundClaim();
  claim.set_nature(static_cast<v1::ClaimNature>(9));
  claim.add_quantities()
      ->GetReflection()
      ->MutableUnknownFields(claim.mutable_quantities(0))
      ->AddVarint(99, 1);
  claim.mutable_quantities(0)->set_property("people");
  claim.mutable_quantities(0)->set_value("3");
  EXPECT_THAT(WrongWith(claim),
              ElementsAre(HasSubstr("nature: 9 is unknown; one of CLAIM_NATURE_FACT, "),
                          HasSubstr("quantities[0]: has a field 99 that this server does not")));
}

TEST(CheckResource, AnEmptyStringThatWasChosenIsMissing) {
  v1::Attribution attribution = SoundAttribution();
  attribution.add_cites()->set_source("");
  attribution.add_cites()->set_attribution("");
  attribution.add_hedges("");
  EXPECT_THAT(WrongWith(attribution),
              ElementsAre("cites[0].source: is required", "cites[1].attribution: is required",
                          "hedges[0]: is empty"));
}

TEST(CheckResource, ReferencesAreOfTheirKindAndForm) {
  v1::Attribution attribution = SoundAttribution();
  attribution.set_source("documents/d");
  attribution.set_document("documents/D");
  attribution.add_cites()->set_attribution("claims/x");
  EXPECT_THAT(
      WrongWith(attribution),
      ElementsAre(HasSubstr("source: 'documents/d' is no name of the form 'sources/{id}', an id"),
                  HasSubstr("document: 'documents/D' is no name of the form 'documents/{id}'"),
                  HasSubstr("cites[0].attribution: 'claims/x' is no name of the form "
                            "'claims/{claim}/attributions/{id}'")));
  v1::Relation relation = Parsed<v1::Relation>(
      R"(kind: RELATION_KIND_SAME_AS state: RELATION_STATE_SUGGESTED target: "claims/-")");
  EXPECT_THAT(WrongWith(relation), ElementsAre(HasSubstr("target: 'claims/-' is no name")));
}

TEST(CheckResource, StopsAtTheMostViolations) {
  v1::Claim claim = SoundClaim();
  for (int i = 0; i < 100; ++i) claim.add_tags("No Tag");
  for (int i = 0; i < 100; ++i) claim.add_quantities();
  EXPECT_EQ(WrongWith(claim).size(), kMaxViolations);
}

TEST(CheckResource, DoesNotLookAtWhatTheServerMakes) {
  v1::Claim claim = SoundClaim();
  claim.set_sequence(-5);
  claim.mutable_create_time()->set_seconds(INT64_MAX);
  EXPECT_THAT(WrongWith(claim), IsEmpty());
}

TEST(CheckRequest, LeavesTheResourceInItAloneButAsksForIt) {
  v1::CreateClaimRequest create;
  EXPECT_THAT(WrongWithRequest(create), ElementsAre("claim: is required"));
  create.mutable_claim()->set_language("no language");
  create.set_claim_id("Bad");
  EXPECT_THAT(WrongWithRequest(create), ElementsAre(HasSubstr("claim_id: 'Bad' is no id")));

  v1::BatchCreateClaimsRequest batch;
  EXPECT_THAT(WrongWithRequest(batch), ElementsAre("requests: is required: give at least one"));
  batch.add_requests()->mutable_claim();
  batch.add_requests();
  EXPECT_THAT(WrongWithRequest(batch), ElementsAre("requests[1].claim: is required"));
}

TEST(CheckRequest, OnlyAParentMayBeEveryClaim) {
  v1::ListAttributionsRequest list;
  EXPECT_THAT(WrongWithRequest(list), ElementsAre("parent: is required"));
  list.set_parent("claims/-");
  EXPECT_THAT(WrongWithRequest(list), IsEmpty());
  list.set_parent("claims/x");
  list.set_cites("sources/x");
  EXPECT_THAT(WrongWithRequest(list), IsEmpty());
  list.set_cites("claims/-");
  EXPECT_THAT(WrongWithRequest(list),
              ElementsAre(HasSubstr("cites: 'claims/-' is no name of the form "
                                    "'claims/{claim}/attributions/{id}' or the form "
                                    "'sources/{id}'")));
  v1::GetClaimRequest get;
  get.set_name("claims/-");
  EXPECT_THAT(WrongWithRequest(get), ElementsAre(HasSubstr("name: 'claims/-' is no name")));
}

TEST(CheckRequest, ListsOfNamesHoldTheirBound) {
  v1::BatchGetClaimsRequest get;
  for (int i = 0; i < 1000; ++i) get.add_names(absl::StrCat("claims/c", i));
  EXPECT_THAT(WrongWithRequest(get), IsEmpty());
  get.add_names("claims/another");
  EXPECT_THAT(WrongWithRequest(get),
              ElementsAre("names: has 1001 items; at most 1000 are allowed"));
}

TEST(ClearServerMade, LeavesWhatTheClientSays) {
  v1::Document document = Parsed<v1::Document>(R"(
    name: "documents/d" title: "T" text: "x" text_length: 5 sequence: 7 etag: "\"7\""
    create_time { seconds: 1 } update_time { seconds: 2 } delete_time { seconds: 3 })");
  ClearServerMade(&document);
  EXPECT_EQ(
      document.SerializeAsString(),
      Parsed<v1::Document>(R"(name: "documents/d" title: "T" text: "x")").SerializeAsString());
}

}  // namespace
}  // namespace headwater::records
