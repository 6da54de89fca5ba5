// ListClaims by standing and flags, through gRPC.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::chrono::seconds kLongEnough{60};
constexpr int kMany = 450;

Setup Following() {
  Setup setup;
  setup.follow = true;
  setup.follow_limits.piece = 100;
  setup.follow_limits.held = 200;
  setup.follow_limits.gather = std::chrono::milliseconds(500);
  return setup;
}

class StandingsTest : public ApiTest {
 protected:
  StandingsTest() : ApiTest(Following()) {}

  void CatchUp() { ASSERT_TRUE(server_.database().WaitForStandings(server_.head(), kLongEnough)); }
  v1::ListClaimsResponse List(const std::string& request) {
    auto asked = From<v1::ListClaimsRequest>(request);
    asked.set_page_size(1000);
    return Ok(&Claims::ListClaims, asked);
  }
  void SaysFirstHand(const std::string& claim, const std::string& source) {
    v1::CreateAttributionRequest request = NewAttribution(claim, source, source);
    request.mutable_attribution()->set_basis(v1::BASIS_FIRST_HAND);
    Ok(&Attributions::CreateAttribution, request);
  }
  void Outlet(const std::string& id) {
    Ok(&Sources::CreateSource, NewSource(id));
    Ok(&Documents::CreateDocument, NewDocument(id, id));
  }
};

std::vector<std::string> NamesIn(const v1::ListClaimsResponse& response) {
  std::vector<std::string> names;
  for (const v1::Claim& claim : response.claims()) names.push_back(claim.name());
  return names;
}

TEST_F(StandingsTest, TheArticleAsRecordedAtEachSequence) {
  ImportArticle(client());
  CatchUp();
  const v1::ListClaimsResponse listed =
      List("about: 'Huawei' standing: STANDING_SINGLE_LINE flags: FLAG_KIND_ANONYMOUS_ONLY");
  EXPECT_THAT(NamesIn(listed), Contains("claims/huawei-engineers-failed"));
  EXPECT_EQ(listed.read_sequence(), server_.head());
  for (int64_t sequence = 1; sequence <= server_.head(); ++sequence) {
    const v1::ListClaimsResponse all =
        List(absl::StrCat("show_standings: true read { sequence: ", sequence, " }"));
    ASSERT_EQ(all.claims_size(), all.standings_size());
    for (const v1::ClaimStanding& standing : all.standings()) {
      v1::AssessClaimRequest request;
      request.set_name(standing.claim());
      request.mutable_read()->set_sequence(sequence);
      const v1::Assessment assessment = Ok(&Provenance::AssessClaim, request);
      EXPECT_EQ(standing.standing(), assessment.standing()) << standing.ShortDebugString();
      std::vector<int> flags;
      for (const v1::Flag& flag : assessment.flags()) flags.push_back(flag.kind());
      EXPECT_EQ(std::vector<int>(standing.flags().begin(), standing.flags().end()), flags);
    }
  }
}

TEST_F(StandingsTest, TheOwnerOfManyIsWorkedOffInPieces) {
  for (const char* id : {"one", "two"}) Outlet(id);
  Ok(&Sources::CreateSource, NewSource("owner"));
  v1::BatchCreateClaimsRequest claims;
  v1::BatchCreateAttributionsRequest attributions;
  for (int i = 0; i < kMany; ++i) {
    const std::string id = absl::StrCat("c-", i);
    *claims.add_requests() = NewClaim(id);
    for (const char* source : {"one", "two"}) {
      v1::CreateAttributionRequest* request = attributions.add_requests();
      *request = NewAttribution(id, source, source);
      request->mutable_attribution()->set_basis(v1::BASIS_FIRST_HAND);
    }
  }
  Ok(&Claims::BatchCreateClaims, claims);
  Ok(&Attributions::BatchCreateAttributions, attributions);
  auto owned =
      From<v1::UpdateSourceRequest>("source { name: 'sources/one' owner: 'sources/owner' }");
  Ok(&Sources::UpdateSource, owned);
  const int64_t before = server_.head();
  owned.mutable_source()->set_name("sources/two");
  const int64_t since = Ok(&Sources::UpdateSource, owned).sequence();
  CatchUp();
  EXPECT_EQ(List(absl::StrCat("standing: STANDING_SEVERAL_LINES read { sequence: ", before, " }"))
                .claims_size(),
            kMany);
  EXPECT_THAT(NamesIn(List("standing: STANDING_SEVERAL_LINES")), IsEmpty());
  const v1::ListClaimsResponse single = List("standing: STANDING_SINGLE_LINE");
  EXPECT_EQ(single.claims_size(), kMany);
  for (const v1::ClaimStanding& standing : single.standings())
    EXPECT_EQ(standing.since_sequence(), since) << standing.claim();
}

// What is said of one claim faster than it is weighed costs few assessments.
TEST_F(StandingsTest, ARumourIsNotAssessedForEachWhoPassesItOn) {
  Outlet("s");
  Ok(&Claims::CreateClaim, NewClaim("rumour"));
  constexpr int kSaid = 1500;
  const uint64_t before = server_.database().standings().assessments;
  for (int i = 0; i < kSaid; ++i) {
    v1::CreateAttributionRequest request = NewAttribution("rumour", "s", "s");
    request.set_attribution_id(absl::StrCat("a-", i));
    if (i == 1000) request.mutable_attribution()->set_basis(v1::BASIS_FIRST_HAND);
    Ok(&Attributions::CreateAttribution, request);
  }
  CatchUp();
  EXPECT_LT(server_.database().standings().assessments - before, kSaid / 10u);
  const v1::ListClaimsResponse now = List("show_standings: true");
  EXPECT_EQ(now.standings(0).standing(), v1::STANDING_SINGLE_LINE);
  // In the midst of it, too, it stands as an assessment says.
  const int64_t head = server_.head();
  for (const int64_t sequence : {head - 499, head - 500, head - 1200}) {
    const v1::ListClaimsResponse then =
        List(absl::StrCat("show_standings: true read { sequence: ", sequence, " }"));
    EXPECT_EQ(then.standings(0).standing(),
              sequence > head - 500 ? v1::STANDING_SINGLE_LINE : v1::STANDING_ORIGIN_NOT_RECORDED)
        << head - sequence;
  }
}

TEST_F(StandingsTest, AFlagThatIsNoneIsRefused) {
  const grpc::Status status =
      client().Call(&Claims::ListClaims, From<v1::ListClaimsRequest>("flags: 0")).status;
  EXPECT_THAT(BadFields(status), ElementsAre("flags[0]"));
}

TEST(StandingsBehindTest, WhatIsNotWorkedOutYetIsRefused) {
  TestServer server;  // follows nothing
  ASSERT_TRUE(server.client().Call(&Claims::CreateClaim, NewClaim("c")).ok());
  const auto answer = server.client().Call(
      &Claims::ListClaims, From<v1::ListClaimsRequest>("standing: STANDING_NOT_ASSERTED"));
  EXPECT_EQ(answer.code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(answer.status), "STANDINGS_BEHIND");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(answer.status).metadata().at("watermark"), "0");
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(answer.status).has_retry_delay());
  EXPECT_TRUE(server.client().Call(&Claims::ListClaims, v1::ListClaimsRequest()).ok());
}

}  // namespace
}  // namespace headwater::integration
