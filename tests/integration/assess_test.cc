// AssessClaim through gRPC, with the sample article: what its reading says must be answered.
#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kFailed[] = "huawei-engineers-failed";

class AssessTest : public ApiTest {
 protected:
  AssessTest() { ImportArticle(client()); }

  v1::Assessment Assess(const std::string& claim, const std::string& more = "") {
    auto request = From<v1::AssessClaimRequest>(more);
    request.set_name(absl::StrCat("claims/", claim));
    return Ok(&Provenance::AssessClaim, request);
  }

  void Source(const std::string& id, const std::string& name, v1::SourceKind kind,
              const std::string& distinct_from = "") {
    v1::CreateSourceRequest request = NewSource(id, kind);
    request.mutable_source()->set_display_name(name);
    if (!distinct_from.empty())
      request.mutable_source()->add_known_distinct_from(absl::StrCat("sources/", distinct_from));
    Ok(&Sources::CreateSource, request);
  }
  void Outlet(const std::string& id) {
    Source(id, absl::StrCat("The ", id), v1::SOURCE_KIND_NEWS_OUTLET);
    Ok(&Documents::CreateDocument, NewDocument(id, id));
  }
  void Relays(const std::string& claim, const std::string& source, const std::string& document,
              const std::string& cited) {
    v1::CreateAttributionRequest request = NewAttribution(claim, source, document, cited);
    request.mutable_attribution()->set_stance(v1::STANCE_RELAYS);
    Ok(&Attributions::CreateAttribution, request);
  }
  void SaysFirstHand(const std::string& claim, const std::string& source,
                     const std::string& document) {
    v1::CreateAttributionRequest request = NewAttribution(claim, source, document);
    request.mutable_attribution()->set_basis(v1::BASIS_FIRST_HAND);
    Ok(&Attributions::CreateAttribution, request);
  }
  // That one claim stands so to another; returns the relation's name.
  std::string Relate(const std::string& claim, v1::RelationKind kind, const std::string& target) {
    v1::CreateRelationRequest request;
    request.set_parent(absl::StrCat("claims/", claim));
    request.set_relation_id(target);
    request.mutable_relation()->set_kind(kind);
    request.mutable_relation()->set_target(absl::StrCat("claims/", target));
    request.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
    request.mutable_relation()->set_confirmed_by("the desk");
    return Ok(&Relations::CreateRelation, request).name();
  }
};

// "1 to 2", of ASSERTS.
std::string Lines(const v1::Assessment& assessment) {
  const v1::Lines& lines = assessment.stances(0).lines();
  EXPECT_TRUE(lines.at_least_exact());
  EXPECT_TRUE(lines.at_most_exact());
  EXPECT_EQ(lines.at_least_lines_size(), lines.at_least());
  EXPECT_EQ(lines.at_most_lines_size(), lines.at_most());
  return absl::StrCat(lines.at_least(), " to ", lines.at_most());
}

template <class List>
std::vector<std::string> SourcesIn(const List& list) {
  std::vector<std::string> sources;
  for (const auto& item : list) sources.push_back(item.source());
  return sources;
}

std::vector<v1::FlagKind> Flags(const v1::Assessment& assessment) {
  std::vector<v1::FlagKind> flags;
  for (const v1::Flag& flag : assessment.flags()) {
    EXPECT_THAT(flag.reason(), HasSubstr("."));
    flags.push_back(flag.kind());
  }
  return flags;
}

TEST_F(AssessTest, OneLineToUnnamedPeople) {
  const v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(assessment.claim(), "claims/huawei-engineers-failed");
  EXPECT_THAT(assessment.text(), StartsWith("Huawei engineers failed"));
  EXPECT_EQ(assessment.read_sequence(), server_.head());
  EXPECT_THAT(assessment.claims(), ElementsAre(assessment.claim()));
  EXPECT_EQ(assessment.standing(), v1::STANDING_SINGLE_LINE);
  ASSERT_EQ(assessment.stances_size(), 1);
  const v1::StanceAssessment& asserts = assessment.stances(0);
  EXPECT_EQ(asserts.stance(), v1::STANCE_ASSERTS);
  EXPECT_THAT(SourcesIn(asserts.own_name()), ElementsAre("sources/ft-three-people"));
  EXPECT_THAT(SourcesIn(asserts.relaying()), ElementsAre("sources/ft", "sources/tri-dat"));
  EXPECT_EQ(asserts.voice_count(), 3);
  ASSERT_EQ(asserts.origins_size(), 1);
  EXPECT_EQ(asserts.origins(0).kind(), v1::ORIGIN_KIND_FIRST_HAND);
  EXPECT_EQ(asserts.origins(0).source_kind(), v1::SOURCE_KIND_ANONYMOUS);
  EXPECT_EQ(asserts.origins(0).source(), "sources/ft-three-people");
  EXPECT_THAT(SourcesIn(asserts.chokepoints()),
              ElementsAre("sources/ft", "sources/ft-three-people"));
  EXPECT_THAT(SourcesIn(assessment.heard_through()), ElementsAre("sources/tri-dat"));
  EXPECT_EQ(Lines(assessment), "1 to 1");
  EXPECT_THAT(Flags(assessment), ElementsAre(v1::FLAG_KIND_ANONYMOUS_ONLY));
  EXPECT_EQ(assessment.flags(0).reason(),
            "No origin of it has a name: it begins with three people close to the matter "
            "(unnamed).");
  EXPECT_EQ(assessment.reasons(0),
            "Trí Đạt speaks on the word of three people close to the matter (unnamed), through "
            "Financial Times.");
  EXPECT_THAT(assessment.reasons(), Contains("It was heard only through Trí Đạt."));
}

TEST_F(AssessTest, AnEchoAddsNoLine) {
  Outlet("echo");
  Relays(kFailed, "echo", "echo", "ft");
  v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(Lines(assessment), "1 to 1");
  EXPECT_EQ(assessment.standing(), v1::STANDING_SINGLE_LINE);
  EXPECT_EQ(assessment.stances(0).relaying_count(), 3);
  EXPECT_EQ(assessment.reasons(0),
            "Both voices, The echo and Trí Đạt, speak on the word of three people close to the "
            "matter (unnamed), through Financial Times.");

  Outlet("second");
  Relays(kFailed, "second", "second", "tri-dat");
  assessment = Assess(kFailed);
  EXPECT_EQ(Lines(assessment), "1 to 1");
  EXPECT_THAT(assessment.reasons(0), StartsWith("All 3 voices, The echo, The second and Trí Đạt,"));
}

TEST_F(AssessTest, ASecondWitnessIsASecondLine) {
  Outlet("other");
  Source("engineer", "Nguyễn A", v1::SOURCE_KIND_PERSON, "ft-three-people");
  SaysFirstHand(kFailed, "engineer", "other");
  Relays(kFailed, "other", "other", "engineer");
  const v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(Lines(assessment), "2 to 2");
  EXPECT_EQ(assessment.standing(), v1::STANDING_SEVERAL_LINES);
  EXPECT_THAT(Flags(assessment), IsEmpty());
  EXPECT_THAT(assessment.stances(0).chokepoints(), IsEmpty());
  EXPECT_THAT(assessment.reasons(0),
              StartsWith("2 lines, independent of each other, lead to first-hand knowledge: "));
  EXPECT_THAT(assessment.reasons(0), HasSubstr("Nguyễn A"));
}

TEST_F(AssessTest, AnUnnamedSecondWitnessMayBeTheFirst) {
  Outlet("other");
  Source("engineer", "an engineer", v1::SOURCE_KIND_ANONYMOUS);
  SaysFirstHand(kFailed, "engineer", "other");
  Relays(kFailed, "other", "other", "engineer");
  const v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(Lines(assessment), "1 to 2");
  EXPECT_EQ(assessment.standing(), v1::STANDING_SINGLE_LINE);
  EXPECT_THAT(Flags(assessment), ElementsAre(v1::FLAG_KIND_ANONYMOUS_ONLY));
  EXPECT_THAT(assessment.reasons(0), HasSubstr("may be the same people"));
  EXPECT_THAT(assessment.reasons(),
              Contains("At least 1 and at most 2 lines, independent of each other, lead to an "
                       "origin."));
}

TEST_F(AssessTest, WhatRestsOnReutersHasNoRecordedOrigin) {
  v1::BatchAssessClaimsRequest request;
  const ArticleBatches article = ReadArticle();
  for (const v1::CreateClaimRequest& claim : article.claims.requests())
    request.add_names(claim.claim().name());
  const v1::BatchAssessClaimsResponse response = Ok(&Provenance::BatchAssessClaims, request);
  ASSERT_EQ(response.assessments_size(), 26);
  EXPECT_EQ(response.read_sequence(), server_.head());
  int reuters = 0;
  int ft = 0;
  for (int i = 0; i < 26; ++i) {
    const v1::Assessment& assessment = response.assessments(i);
    EXPECT_EQ(assessment.claim(), request.names(i));
    EXPECT_FALSE(assessment.reasons().empty());
    std::vector<std::string> voices = SourcesIn(assessment.stances(0).own_name());
    for (const std::string& source : SourcesIn(assessment.stances(0).relaying()))
      voices.push_back(source);
    if (std::count(voices.begin(), voices.end(), "sources/ft") > 0) ++ft;
    if (std::count(voices.begin(), voices.end(), "sources/reuters") == 0) continue;
    ++reuters;
    EXPECT_EQ(Lines(assessment), "0 to 1");
    EXPECT_EQ(assessment.standing(), v1::STANDING_ORIGIN_NOT_RECORDED);
    EXPECT_EQ(assessment.reasons(0),
              "Trí Đạt speaks on the word of Reuters; how it is known there is not said.");
  }
  EXPECT_EQ(reuters, 2);
  EXPECT_EQ(ft, 10);
}

TEST_F(AssessTest, WhatIsDeniedAndNotAssertedSaysSo) {
  const v1::Assessment assessment = Assess("nvidia-gpus-have-backdoors");
  EXPECT_EQ(assessment.standing(), v1::STANDING_NOT_ASSERTED);
  ASSERT_EQ(assessment.stances_size(), 2);
  EXPECT_EQ(Lines(assessment), "0 to 0");
  const v1::StanceAssessment& denies = assessment.stances(1);
  EXPECT_EQ(denies.stance(), v1::STANCE_DENIES);
  ASSERT_EQ(denies.own_name_count(), 1);
  EXPECT_EQ(denies.own_name(0).source(), "sources/nvidia");
  EXPECT_EQ(denies.own_name(0).said_date(), "2025-08-06");
  EXPECT_THAT(SourcesIn(denies.relaying()), ElementsAre("sources/tri-dat"));
  EXPECT_EQ(denies.first_said().source(), "sources/nvidia");
  EXPECT_THAT(Flags(assessment), ElementsAre(v1::FLAG_KIND_DENIED_NOT_ASSERTED));
  EXPECT_EQ(assessment.reasons(0), "Nobody recorded here asserts it; Nvidia denies it.");
  EXPECT_EQ(assessment.flags(0).reason(), "Nvidia denies it; nobody recorded here asserts it.");

  const v1::Assessment narrower = Assess("h20-has-backdoors");
  EXPECT_EQ(narrower.standing(), v1::STANDING_NOT_ASSERTED);
  EXPECT_THAT(Flags(narrower), ElementsAre(v1::FLAG_KIND_ASKED));
  EXPECT_THAT(narrower.flags(0).reason(), HasSubstr("nobody recorded here asserts it"));
  ASSERT_EQ(narrower.stances_size(), 2);
  EXPECT_EQ(narrower.stances(1).stance(), v1::STANCE_ASKS);
  EXPECT_THAT(SourcesIn(narrower.stances(1).own_name()), ElementsAre("sources/cac"));
}

TEST_F(AssessTest, AsPublishedTheDenialIsOfItsDay) {
  v1::Assessment before = Assess("nvidia-gpus-have-backdoors", "published_until: '2025-08-05'");
  EXPECT_EQ(before.published_until(), "2025-08-05");
  EXPECT_EQ(before.stances_size(), 1);
  EXPECT_THAT(Flags(before), IsEmpty());
  EXPECT_EQ(before.reasons(0), "Nobody recorded here asserts it.");
  EXPECT_EQ(before.later_count(), 1);
  EXPECT_EQ(before.perhaps_later_count(), 1);
  EXPECT_THAT(SourcesIn(before.perhaps_later()), ElementsAre("sources/tri-dat"));
  // Said on the sixth, and told no later than at the end of August.
  const v1::Assessment day = Assess("nvidia-gpus-have-backdoors", "published_until: '2025-08-06'");
  ASSERT_EQ(day.stances_size(), 2);
  EXPECT_THAT(SourcesIn(day.stances(1).own_name()), ElementsAre("sources/nvidia"));
  EXPECT_EQ(day.stances(1).relaying_count(), 0);
  const v1::Assessment month = Assess("nvidia-gpus-have-backdoors", "published_until: '2025-08'");
  ASSERT_EQ(month.stances_size(), 2);
  EXPECT_EQ(month.stances(1).relaying_count(), 1);
  EXPECT_EQ(month.perhaps_later_count(), 0);
}

TEST_F(AssessTest, TwoWhoCiteEachOtherAreNoLine) {
  Ok(&Claims::CreateClaim, NewClaim("rumour"));
  Outlet("one");
  Outlet("other");
  v1::BatchCreateAttributionsRequest batch;
  *batch.add_requests() = NewAttribution("rumour", "one", "one", "other");
  *batch.add_requests() = NewAttribution("rumour", "other", "other", "one");
  Ok(&Attributions::BatchCreateAttributions, batch);
  const v1::Assessment assessment = Assess("rumour");
  EXPECT_EQ(Lines(assessment), "0 to 0");
  EXPECT_EQ(assessment.standing(), v1::STANDING_CIRCULAR);
  ASSERT_EQ(assessment.loop_count(), 1);
  EXPECT_THAT(SourcesIn(assessment.loops(0).attributions()),
              ElementsAre("sources/one", "sources/other"));
  EXPECT_TRUE(assessment.stances(0).loop());
  EXPECT_EQ(assessment.reasons(0),
            "The one and The other speak on each other's word: their citations go round in a "
            "circle and lead to no origin.");
}

TEST_F(AssessTest, AStatementWithoutASourceHasNoRecordedOrigin) {
  const v1::Assessment assessment = Assess("nvidia-h20-15-percent");
  EXPECT_EQ(Lines(assessment), "0 to 1");
  EXPECT_EQ(assessment.standing(), v1::STANDING_ORIGIN_NOT_RECORDED);
  EXPECT_EQ(assessment.reasons(0), "Trí Đạt says so and does not say how it is known.");
}

TEST_F(AssessTest, OnlyFactsHaveAStanding) {
  const v1::Assessment prediction = Assess("r2-within-weeks");
  EXPECT_EQ(prediction.standing(), v1::STANDING_UNSPECIFIED);
  EXPECT_EQ(prediction.reasons(0), "This is a prediction: it has no standing until it shows.");
  EXPECT_THAT(Assess("leaving-china-hurts-us").reasons(0), StartsWith("This is an opinion"));
}

TEST_F(AssessTest, AnyEarlierStateIsShownAsItWas) {
  const int64_t before = server_.head();
  const v1::Assessment one = Assess(kFailed);
  Outlet("other");
  Source("engineer", "Nguyễn A", v1::SOURCE_KIND_PERSON, "ft-three-people");
  SaysFirstHand(kFailed, "engineer", "other");
  EXPECT_EQ(Assess(kFailed).standing(), v1::STANDING_SEVERAL_LINES);
  v1::Assessment then = Assess(kFailed, absl::StrCat("read { sequence: ", before, " }"));
  EXPECT_EQ(then.DebugString(), one.DebugString());

  // A source's parts, and what they are a part of, are one voice, from then on.
  const int64_t two = server_.head();
  v1::UpdateSourceRequest update;
  update.mutable_source()->set_name("sources/engineer");
  update.mutable_source()->set_part_of("sources/ft");
  update.mutable_update_mask()->add_paths("part_of");
  Ok(&Sources::UpdateSource, update);
  EXPECT_EQ(Lines(Assess(kFailed)), "1 to 1");
  EXPECT_EQ(Lines(Assess(kFailed, absl::StrCat("read { sequence: ", two, " }"))), "2 to 2");
}

TEST_F(AssessTest, WhatSaysTheSameIsWeighedTogether) {
  Ok(&Claims::CreateClaim, NewClaim("the-same", "Training on Ascend did not succeed."));
  Outlet("other");
  Source("engineer", "Nguyễn A", v1::SOURCE_KIND_PERSON, "ft-three-people");
  SaysFirstHand("the-same", "engineer", "other");
  const std::string relation = Relate("the-same", v1::RELATION_KIND_SAME_AS, kFailed);
  for (const char* claim : {kFailed, "the-same"}) {
    const v1::Assessment assessment = Assess(claim);
    EXPECT_EQ(Lines(assessment), "2 to 2") << claim;
    EXPECT_EQ(assessment.claims_size(), 2);
    EXPECT_EQ(assessment.claims(0), absl::StrCat("claims/", claim));
    EXPECT_THAT(assessment.reasons(),
                Contains("1 other claim that says the same is weighed with it."));
  }
  // It can be taken back.
  v1::DeleteRelationRequest request;
  request.set_name(relation);
  request.set_reason("They differ");
  Ok(&Relations::DeleteRelation, request);
  EXPECT_EQ(Lines(Assess(kFailed)), "1 to 1");
}

TEST_F(AssessTest, WhatContradictsItIsNamed) {
  Ok(&Claims::CreateClaim, NewClaim("it-worked", "A training run on Ascend succeeded."));
  Relate("it-worked", v1::RELATION_KIND_CONTRADICTS, kFailed);
  EXPECT_THAT(Flags(Assess(kFailed)), Not(Contains(v1::FLAG_KIND_CONTRADICTED)));
  Outlet("other");
  SaysFirstHand("it-worked", "huawei", "other");
  const v1::Assessment assessment = Assess(kFailed);
  EXPECT_THAT(Flags(assessment), Contains(v1::FLAG_KIND_CONTRADICTED));
  EXPECT_EQ(assessment.flags().rbegin()->reason(),
            "It can't hold beside “A training run on Ascend succeeded.”, which is asserted too.");
  ASSERT_EQ(assessment.contradicting_size(), 1);
  EXPECT_TRUE(assessment.contradicting(0).asserted());
  EXPECT_THAT(Flags(Assess("it-worked")), Contains(v1::FLAG_KIND_CONTRADICTED));
}

TEST_F(AssessTest, WhatWasTakenBackIsSevered) {
  v1::WithdrawAttributionRequest request;
  request.set_name("claims/huawei-engineers-failed/attributions/ft-three-people");
  request.mutable_withdrawal()->set_kind(v1::WITHDRAWAL_KIND_RETRACTED);
  request.mutable_withdrawal()->set_reason("They were mistaken.");
  Ok(&Attributions::WithdrawAttribution, request);
  const v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(assessment.standing(), v1::STANDING_ORIGIN_LOST);
  EXPECT_EQ(Lines(assessment), "0 to 0");
  ASSERT_EQ(assessment.severed_count(), 1);
  EXPECT_TRUE(assessment.severed(0).by_source());
  EXPECT_THAT(SourcesIn(assessment.severed(0).rested()), ElementsAre("sources/ft"));
  EXPECT_THAT(Flags(assessment), Contains(v1::FLAG_KIND_SOURCE_RETRACTED));
  EXPECT_EQ(assessment.reasons(0),
            "Financial Times and Trí Đạt pass it on, and what they rested on no longer stands: "
            "the word of three people close to the matter (unnamed) was withdrawn or deleted.");
}

TEST_F(AssessTest, RefusesWhatItCannotAnswer) {
  const auto refused = [&](const std::string& text, grpc::StatusCode code) {
    return BadFields(Refused(&Provenance::AssessClaim, From<v1::AssessClaimRequest>(text), code));
  };
  using grpc::StatusCode;
  refused("name: 'claims/nothing'", StatusCode::NOT_FOUND);
  EXPECT_THAT(refused("", StatusCode::INVALID_ARGUMENT), ElementsAre("name"));
  EXPECT_THAT(refused("name: 'sources/ft'", StatusCode::INVALID_ARGUMENT), ElementsAre("name"));
  for (const char* date : {"soon", "2025-02-30", "2025-08/..", "2025-08?", "2025~"}) {
    EXPECT_THAT(refused(absl::StrCat("name: 'claims/", kFailed, "' published_until: '", date, "'"),
                        StatusCode::INVALID_ARGUMENT),
                ElementsAre("published_until"))
        << date;
  }
  refused(absl::StrCat("name: 'claims/", kFailed, "' read { sequence: 9999 }"),
          StatusCode::OUT_OF_RANGE);

  v1::BatchAssessClaimsRequest batch;
  EXPECT_THAT(
      BadFields(Refused(&Provenance::BatchAssessClaims, batch, StatusCode::INVALID_ARGUMENT)),
      ElementsAre("names"));
  for (int i = 0; i < 101; ++i) batch.add_names("claims/huawei-engineers-failed");
  EXPECT_THAT(
      BadFields(Refused(&Provenance::BatchAssessClaims, batch, StatusCode::INVALID_ARGUMENT)),
      ElementsAre("names"));
  batch.mutable_names()->RemoveLast();
  EXPECT_EQ(Ok(&Provenance::BatchAssessClaims, batch).assessments_size(), 100);
  batch.set_names(99, "claims/nothing");
  Refused(&Provenance::BatchAssessClaims, batch, StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace headwater::integration
