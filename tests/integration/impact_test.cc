// AssessImpact, CompareSources, ProfileSource and the digit that may be stale, through gRPC, with
// the sample article.
#include <algorithm>
#include <set>
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

constexpr char kFailed[] = "claims/huawei-engineers-failed";

class SourceQuestionsTest : public ApiTest {
 protected:
  SourceQuestionsTest() { ImportArticle(client()); }

  v1::AssessImpactResponse Impact(const std::string& name, const std::string& more = "") {
    auto request = From<v1::AssessImpactRequest>(more);
    request.set_name(name);
    return Ok(&Provenance::AssessImpact, request);
  }
  v1::CompareSourcesResponse Compare(const std::string& first, const std::string& second) {
    v1::CompareSourcesRequest request;
    request.set_first(absl::StrCat("sources/", first));
    request.set_second(absl::StrCat("sources/", second));
    return Ok(&Provenance::CompareSources, request);
  }
  v1::ProfileSourceResponse Profile(const std::string& source) {
    v1::ProfileSourceRequest request;
    request.set_name(absl::StrCat("sources/", source));
    return Ok(&Provenance::ProfileSource, request);
  }
  v1::Assessment Assess(const std::string& claim, const std::string& until = "") {
    v1::AssessClaimRequest request;
    request.set_name(claim);
    request.set_published_until(until);
    return Ok(&Provenance::AssessClaim, request);
  }
  // An engineer who speaks to an outlet of its own: a second line.
  // One more, of somebody who is certainly not one of the three people.
  void AddLine(const std::string& claim) {
    v1::CreateSourceRequest engineer = NewSource("engineer", v1::SOURCE_KIND_PERSON);
    engineer.mutable_source()->add_known_distinct_from("sources/ft-three-people");
    Ok(&Sources::CreateSource, engineer);
    Ok(&Sources::CreateSource, NewSource("other"));
    Ok(&Documents::CreateDocument, NewDocument("other", "other"));
    v1::CreateAttributionRequest says = NewAttribution(claim, "engineer", "other");
    says.mutable_attribution()->set_basis(v1::BASIS_FIRST_HAND);
    Ok(&Attributions::CreateAttribution, says);
  }
  void Grade(const std::string& claim, int64_t sequence) {
    Ok(&Claims::UpdateClaim,
       From<v1::UpdateClaimRequest>(absl::StrCat(
           "claim { name: '", claim,
           "' credibility { grade: CREDIBILITY_GRADE_2 graded_by: 'the desk' graded_date: "
           "'2025-09' assessed_sequence: ",
           sequence, " } } update_mask { paths: 'credibility' }")));
  }
};

std::vector<std::string> ClaimsIn(const v1::AssessImpactResponse& response) {
  std::vector<std::string> claims;
  for (const v1::ClaimImpact& impact : response.claims()) claims.push_back(impact.claim());
  return claims;
}

TEST_F(SourceQuestionsTest, WithoutTheFinancialTimesTenClaimsLoseTheirOrigin) {
  const std::string rows = server_.Rows();
  const v1::AssessImpactResponse response = Impact("sources/ft");
  EXPECT_EQ(response.claims_size(), 10);
  EXPECT_EQ(response.examined_count(), 10);
  EXPECT_EQ(response.unchanged_count(), 0);
  EXPECT_EQ(response.read_sequence(), server_.head());
  EXPECT_EQ(response.next_page_token(), "");
  for (const v1::ClaimImpact& impact : response.claims()) {
    const bool fact = impact.before().standing() != v1::STANDING_UNSPECIFIED;
    if (fact) {
      EXPECT_EQ(impact.after().standing(), v1::STANDING_ORIGIN_LOST) << impact.claim();
    }
    EXPECT_EQ(impact.after().asserts().at_most(), 0) << impact.claim();
    EXPECT_THAT(impact.after().flags(), Contains(v1::FLAG_KIND_SOURCE_RETRACTED));
    EXPECT_FALSE(impact.text().empty());
  }
  const auto failed =
      std::find_if(response.claims().begin(), response.claims().end(),
                   [](const v1::ClaimImpact& impact) { return impact.claim() == kFailed; });
  ASSERT_NE(failed, response.claims().end());
  EXPECT_EQ(failed->before().standing(), v1::STANDING_SINGLE_LINE);
  EXPECT_EQ(failed->before().asserts().at_least(), 1);
  EXPECT_EQ(failed->after().asserts().at_least(), 0);
  EXPECT_THAT(failed->reason(), HasSubstr("Trí Đạt are left on record, and no line leads to "
                                          "where it began any more: the word of Financial Times"));
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
}

TEST_F(SourceQuestionsTest, AnImpactGoesOnPageByPage) {
  const v1::AssessImpactResponse whole = Impact("documents/deepseek-huawei");
  EXPECT_EQ(whole.examined_count(), 26);
  std::vector<std::string> claims;
  std::string token;
  int examined = 0;
  do {
    v1::AssessImpactResponse page =
        Impact("documents/deepseek-huawei", absl::StrCat("page_size: 4 page_token: '", token, "'"));
    EXPECT_LE(page.claims_size(), 4);
    EXPECT_EQ(page.read_sequence(), whole.read_sequence());
    for (const std::string& claim : ClaimsIn(page)) claims.push_back(claim);
    examined += page.examined_count();
    token = page.next_page_token();
    Ok(&Claims::CreateClaim, NewClaim(absl::StrCat("new-", claims.size(), "-", examined)));
  } while (!token.empty());
  EXPECT_EQ(claims, ClaimsIn(whole));
  EXPECT_EQ(examined, 26);
}

TEST_F(SourceQuestionsTest, AnAttributionReachesWhoeverCitesItFromAnotherClaim) {
  Ok(&Claims::CreateClaim, NewClaim("echo"));
  v1::CreateAttributionRequest echo = NewAttribution("echo", "tri-dat", "deepseek-huawei");
  echo.mutable_attribution()->set_stance(v1::STANCE_RELAYS);
  echo.mutable_attribution()->add_cites()->set_attribution(
      absl::StrCat(kFailed, "/attributions/ft-three-people"));
  Ok(&Attributions::CreateAttribution, echo);
  const v1::AssessImpactResponse response =
      Impact(absl::StrCat(kFailed, "/attributions/ft-three-people"));
  EXPECT_THAT(ClaimsIn(response), ElementsAre(kFailed, "claims/echo"));
  EXPECT_EQ(response.claims(1).before().standing(), v1::STANDING_ORIGIN_NOT_RECORDED);
  EXPECT_EQ(response.claims(1).after().standing(), v1::STANDING_ORIGIN_LOST);
}

TEST_F(SourceQuestionsTest, WhatNobodySaidChangesNothing) {
  Ok(&Sources::CreateSource, NewSource("silent"));
  const v1::AssessImpactResponse response = Impact("sources/silent");
  EXPECT_THAT(response.claims(), IsEmpty());
  EXPECT_EQ(response.examined_count(), 0);
}

TEST_F(SourceQuestionsTest, TheFinancialTimesAndTheBylineShareTenClaims) {
  const v1::CompareSourcesResponse response = Compare("ft", "tri-dat");
  EXPECT_EQ(response.first_display_name(), "Financial Times");
  EXPECT_EQ(response.second_display_name(), "Trí Đạt");
  EXPECT_EQ(response.counts().shared(), 10);
  EXPECT_EQ(response.counts().agree(), 10);
  EXPECT_EQ(response.counts().contradict(), 0);
  EXPECT_EQ(response.counts().first_cites_second(), 0);
  EXPECT_EQ(response.counts().second_cites_first(), 10);
  EXPECT_EQ(response.shared_size(), 10);
  EXPECT_THAT(response.shared(0).first_stances(), ElementsAre(v1::STANCE_ASSERTS));
  EXPECT_EQ(response.shared(0).second_citing_count(), 1);
  const v1::CompareSourcesResponse turned = Compare("tri-dat", "ft");
  EXPECT_EQ(turned.counts().shared(), 10);
  EXPECT_EQ(turned.counts().first_cites_second(), 10);
}

TEST_F(SourceQuestionsTest, ContradictionsAreFoundWithinAClaimAndAcross) {
  const v1::CompareSourcesResponse before = Compare("cac", "nvidia");
  EXPECT_EQ(before.counts().contradict() + before.counts().contradict_across(), 0);
  v1::CreateAttributionRequest asserts =
      NewAttribution("nvidia-gpus-have-backdoors", "rfi", "deepseek-huawei");
  Ok(&Attributions::CreateAttribution, asserts);
  v1::CompareSourcesResponse response = Compare("rfi", "nvidia");
  EXPECT_EQ(response.counts().contradict(), 1);
  Ok(&Claims::CreateClaim, NewClaim("leaving-helps"));
  Ok(&Attributions::CreateAttribution, NewAttribution("leaving-helps", "rfi", "deepseek-huawei"));
  Ok(&Relations::CreateRelation,
     From<v1::CreateRelationRequest>(
         "parent: 'claims/leaving-helps' relation { kind: RELATION_KIND_CONTRADICTS target: "
         "'claims/leaving-china-hurts-us' state: RELATION_STATE_CONFIRMED confirmed_by: 'desk' }"));
  response = Compare("rfi", "nvidia");
  EXPECT_EQ(response.counts().contradict(), 1);
  EXPECT_EQ(response.counts().contradict_across(), 1);
}

TEST_F(SourceQuestionsTest, AProfileCountsAndNames) {
  const v1::ProfileSourceResponse ft = Profile("ft");
  EXPECT_EQ(ft.display_name(), "Financial Times");
  EXPECT_EQ(ft.kind(), v1::SOURCE_KIND_NEWS_OUTLET);
  EXPECT_EQ(ft.counts().attributions(), 10);
  EXPECT_EQ(ft.counts().relays(), 10);
  EXPECT_EQ(ft.counts().originated(), 0);
  ASSERT_EQ(ft.leans_on_size(), 2);
  EXPECT_EQ(ft.leans_on(0).source(), "sources/ft-another-person");
  EXPECT_EQ(ft.leans_on(1).source(), "sources/ft-three-people");
  EXPECT_EQ(ft.leans_on(1).count(), 9);
  ASSERT_EQ(ft.leaned_on_by_size(), 1);
  EXPECT_EQ(ft.leaned_on_by(0).display_name(), "Trí Đạt");
  EXPECT_EQ(ft.counts().cited(), ft.leaned_on_by(0).count());
  EXPECT_EQ(Profile("tri-dat").counts().documents(), 1);

  const v1::ProfileSourceResponse people = Profile("ft-three-people");
  EXPECT_EQ(people.counts().originated(), 9);
  EXPECT_EQ(people.originated_claims_size(), 9);
  EXPECT_EQ(people.counts().asserted_claims(), 9);
  v1::CreateAttributionRequest denies =
      NewAttribution("huawei-engineers-failed", "nvidia", "deepseek-huawei");
  denies.mutable_attribution()->set_stance(v1::STANCE_DENIES);
  denies.mutable_attribution()->mutable_denial()->set_extent(v1::DENIAL_EXTENT_FULL);
  Ok(&Attributions::CreateAttribution, denies);
  const v1::ProfileSourceResponse denied = Profile("ft-three-people");
  EXPECT_EQ(denied.counts().denied_claims(), 1);
  ASSERT_EQ(denied.denied_by_size(), 1);
  EXPECT_EQ(denied.denied_by(0).source(), "sources/nvidia");
}

TEST_F(SourceQuestionsTest, ADigitIsStaleOnceAndAsLongAsTheAssessmentIsAnother) {
  EXPECT_FALSE(Assess(kFailed).has_credibility());
  Grade(kFailed, server_.head());
  v1::Assessment assessment = Assess(kFailed);
  EXPECT_EQ(assessment.credibility().credibility().grade(), v1::CREDIBILITY_GRADE_2);
  EXPECT_EQ(assessment.credibility().credibility().graded_by(), "the desk");
  EXPECT_FALSE(assessment.credibility().stale());

  // Neither something else nor one more voice that passes on what is known.
  Ok(&Claims::CreateClaim, NewClaim("unrelated"));
  Ok(&Attributions::CreateAttribution, NewAttribution("unrelated", "rfi", "deepseek-huawei"));
  v1::CreateAttributionRequest echo =
      NewAttribution("huawei-engineers-failed", "rfi", "deepseek-huawei", "ft");
  echo.mutable_attribution()->set_stance(v1::STANCE_RELAYS);
  Ok(&Attributions::CreateAttribution, echo);
  EXPECT_FALSE(Assess(kFailed).credibility().stale());

  AddLine("huawei-engineers-failed");
  assessment = Assess(kFailed);
  EXPECT_TRUE(assessment.credibility().stale());
  EXPECT_THAT(assessment.credibility().changes(),
              Contains("The standing was SINGLE_LINE and is SEVERAL_LINES."));
  EXPECT_THAT(assessment.credibility().changes(),
              Contains("Independent lines behind it: 2 instead of 1."));
  EXPECT_THAT(assessment.credibility().changes(),
              Contains("Origins of what is asserted: 1 new, 0 gone."));
  // Whatever day it is asked of: what is recorded counts.
  EXPECT_TRUE(Assess(kFailed, "2020").credibility().stale());

  v1::WithdrawAttributionRequest withdraw;
  withdraw.set_name(absl::StrCat(kFailed, "/attributions/engineer"));
  withdraw.mutable_withdrawal()->set_kind(v1::WITHDRAWAL_KIND_RECORDING_ERROR);
  withdraw.mutable_withdrawal()->set_reason("Misheard.");
  Ok(&Attributions::WithdrawAttribution, withdraw);
  assessment = Assess(kFailed);
  EXPECT_FALSE(assessment.credibility().stale());
  EXPECT_THAT(assessment.credibility().changes(), IsEmpty());
}

TEST_F(SourceQuestionsTest, ADigitGivenBeforeTheClaimWasThereIsStale) {
  const int64_t before = server_.head();
  Ok(&Claims::CreateClaim, NewClaim("late"));
  Grade("claims/late", before);
  EXPECT_TRUE(Assess("claims/late").credibility().stale());
  EXPECT_THAT(Assess("claims/late").credibility().changes(),
              ElementsAre("The claim was not on record then."));
}

TEST_F(SourceQuestionsTest, WhatIsNotThereIsNotFound) {
  const auto not_found = [&](auto method, const auto& request) {
    return DetailOf<google::rpc::ResourceInfo>(
               Refused(method, request, grpc::StatusCode::NOT_FOUND))
        .resource_name();
  };
  for (const char* name : {"sources/nobody", "documents/none", "claims/none/attributions/none"}) {
    v1::AssessImpactRequest request;
    request.set_name(name);
    EXPECT_EQ(not_found(&Provenance::AssessImpact, request), name);
  }
  v1::CompareSourcesRequest compare;
  compare.set_first("sources/ft");
  compare.set_second("sources/nobody");
  EXPECT_EQ(not_found(&Provenance::CompareSources, compare), "sources/nobody");
  compare.set_first("sources/somebody");
  EXPECT_EQ(not_found(&Provenance::CompareSources, compare), "sources/somebody");
  v1::ProfileSourceRequest profile;
  profile.set_name("sources/nobody");
  EXPECT_EQ(not_found(&Provenance::ProfileSource, profile), "sources/nobody");
}

TEST_F(SourceQuestionsTest, WhatCannotBeAskedIsRefusedByField) {
  v1::CompareSourcesRequest compare;
  compare.set_first("sources/ft");
  compare.set_second("sources/ft");
  EXPECT_THAT(
      BadFields(Refused(&Provenance::CompareSources, compare, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("second"));
  v1::AssessImpactRequest impact;
  impact.set_name(kFailed);
  EXPECT_THAT(
      BadFields(Refused(&Provenance::AssessImpact, impact, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("name"));
  // A token belongs to its own question.
  const v1::AssessImpactResponse page = Impact("sources/ft", "page_size: 1");
  impact.set_name("sources/nvidia");
  impact.set_page_token(page.next_page_token());
  EXPECT_THAT(
      BadFields(Refused(&Provenance::AssessImpact, impact, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("page_token"));
}

}  // namespace
}  // namespace headwater::integration
