// TraceClaim through gRPC: claims that say the same, both directions, where to begin and to stop.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kFailed[] = "huawei-engineers-failed";

// "0 tri-dat", …: the voices' distances and sources.
std::vector<std::string> Voices(const v1::TraceClaimResponse& trace) {
  std::vector<std::string> voices;
  for (const v1::Voice& voice : trace.voices())
    voices.push_back(absl::StrCat(voice.distance(), " ", voice.source().substr(8)));
  return voices;
}

class TraceTest : public ApiTest {
 protected:
  TraceTest() { ImportArticle(client()); }

  static v1::TraceClaimRequest Request(const std::string& claim, const std::string& more) {
    auto request = From<v1::TraceClaimRequest>(more);
    request.set_name(absl::StrCat("claims/", claim));
    return request;
  }
  v1::TraceClaimResponse Trace(const std::string& claim, const std::string& more = "") {
    return Ok(&Provenance::TraceClaim, Request(claim, more));
  }
  std::vector<std::string> Refusal(const std::string& more) {
    return BadFields(Refused(&Provenance::TraceClaim, Request(kFailed, more),
                             grpc::StatusCode::INVALID_ARGUMENT));
  }

  void Relays(const std::string& claim, const std::string& source, const std::string& cited) {
    Ok(&Sources::CreateSource, NewSource(source));
    Ok(&Documents::CreateDocument, NewDocument(source, source));
    v1::CreateAttributionRequest request = NewAttribution(claim, source, source);
    request.mutable_attribution()->set_stance(v1::STANCE_RELAYS);
    request.mutable_attribution()->add_cites()->set_attribution(cited);
    Ok(&Attributions::CreateAttribution, request);
  }
  std::string OfFailed(const std::string& id) {
    return absl::StrCat("claims/", kFailed, "/attributions/", id);
  }
  // A claim in another language that says the same, with an outlet whose document translates the
  // article and that speaks on the word of Trí Đạt.
  void Translate(v1::RelationState state = v1::RELATION_STATE_CONFIRMED) {
    v1::CreateClaimRequest claim = NewClaim("loi-ky-su", "Kỹ sư Huawei đã không thành công.");
    claim.mutable_claim()->set_language("vi");
    Ok(&Claims::CreateClaim, claim);
    Relays("loi-ky-su", "bao-moi", OfFailed("tri-dat"));
    v1::UpdateDocumentRequest document;
    document.mutable_document()->set_name("documents/bao-moi");
    document.mutable_document()->set_language("en");
    document.mutable_document()->mutable_derived_from()->set_document("documents/deepseek-huawei");
    document.mutable_document()->mutable_derived_from()->set_kind(v1::DERIVATION_KIND_TRANSLATED);
    Ok(&Documents::UpdateDocument, document);
    v1::CreateRelationRequest relation;
    relation.set_parent("claims/loi-ky-su");
    relation.set_relation_id("same");
    relation.mutable_relation()->set_kind(v1::RELATION_KIND_SAME_AS);
    relation.mutable_relation()->set_target(absl::StrCat("claims/", kFailed));
    relation.mutable_relation()->set_state(state);
    relation.mutable_relation()->set_suggested_by("a program");
    if (state == v1::RELATION_STATE_CONFIRMED)
      relation.mutable_relation()->set_confirmed_by("the desk");
    Ok(&Relations::CreateRelation, relation);
  }
};

TEST_F(TraceTest, UpstreamAndDownstreamAreTheSameChain) {
  EXPECT_THAT(Voices(Trace(kFailed)), ElementsAre("0 tri-dat", "1 ft", "2 ft-three-people"));
  const v1::TraceClaimResponse down = Trace(kFailed, "direction: TRACE_DIRECTION_DOWNSTREAM");
  EXPECT_THAT(Voices(down), ElementsAre("0 ft-three-people", "1 ft", "2 tri-dat"));
  EXPECT_EQ(down.voices(2).cites(0).voice(), 1);
  EXPECT_EQ(down.voice_count(), 3);
  EXPECT_FALSE(down.truncated());
  ASSERT_EQ(down.claims_size(), 1);
  EXPECT_EQ(down.claims(0).language(), "en");
  for (const v1::Voice& voice : down.voices())
    EXPECT_EQ(voice.claim(), absl::StrCat("claims/", kFailed));
}

TEST_F(TraceTest, FromFtItGoesToWhoRepeatsItOrToTheOrigins) {
  Relays(kFailed, "echo", OfFailed("ft"));
  Relays(kFailed, "far-echo", OfFailed("echo"));
  const v1::TraceClaimResponse down =
      Trace(kFailed, "direction: TRACE_DIRECTION_DOWNSTREAM from: 'sources/ft'");
  EXPECT_THAT(Voices(down), ElementsAre("0 ft", "1 echo", "1 tri-dat", "2 far-echo"));
  EXPECT_EQ(down.voices(0).cites(0).voice(), -1) << "whom FT cites is upstream";
  EXPECT_EQ(down.voices(0).cites(0).left_out_count(), 1);
  EXPECT_FALSE(down.voices(0).cites(0).severed());
  EXPECT_EQ(down.voices(0).cut_count(), 0);
  EXPECT_THAT(Voices(Trace(kFailed, absl::StrCat("from: '", OfFailed("ft"), "'"))),
              ElementsAre("0 ft", "1 ft-three-people"));
}

TEST_F(TraceTest, ItIsCutWhereAskedAndSaysSo) {
  for (const char* echo : {"e1", "e2", "e3"}) Relays(kFailed, echo, OfFailed("ft"));
  v1::TraceClaimResponse trace = Trace(kFailed, "max_depth: 1");
  EXPECT_THAT(Voices(trace), ElementsAre("0 e1", "0 e2", "0 e3", "0 tri-dat", "1 ft"));
  EXPECT_TRUE(trace.truncated());
  EXPECT_EQ(trace.voice_count(), 6);
  EXPECT_EQ(trace.voices(4).cut_count(), 1);
  EXPECT_EQ(trace.voices(4).cite_count(), 1);
  EXPECT_FALSE(trace.voices(4).origin());

  trace = Trace(kFailed, "direction: TRACE_DIRECTION_DOWNSTREAM from: 'sources/ft' max_voices: 2");
  EXPECT_THAT(Voices(trace), ElementsAre("0 ft", "1 e1"));
  EXPECT_EQ(trace.voices(0).cut_count(), 3);
  EXPECT_EQ(trace.voice_count(), 5);
  // What is left out and was withdrawn is known to be severed.
  v1::WithdrawAttributionRequest withdraw;
  withdraw.set_name(OfFailed("ft-three-people"));
  withdraw.mutable_withdrawal()->set_kind(v1::WITHDRAWAL_KIND_RETRACTED);
  withdraw.mutable_withdrawal()->set_reason("it was wrong");
  Ok(&Attributions::WithdrawAttribution, withdraw);
  EXPECT_TRUE(Trace(kFailed, "max_depth: 1").voices(4).cites(0).severed());
}

TEST_F(TraceTest, ClaimsThatSayTheSameAreTracedTogetherAcrossLanguages) {
  Translate();
  const v1::TraceClaimResponse trace = Trace(kFailed);
  EXPECT_THAT(Voices(trace), ElementsAre("0 bao-moi", "1 tri-dat", "2 ft", "3 ft-three-people"));
  ASSERT_EQ(trace.claims_size(), 2);
  EXPECT_EQ(trace.claim_count(), 2);
  EXPECT_EQ(trace.claims(0).claim(), absl::StrCat("claims/", kFailed));
  EXPECT_EQ(trace.claims(1).language(), "vi");
  EXPECT_EQ(trace.claims(1).text(), "Kỹ sư Huawei đã không thành công.");
  const v1::Voice& translation = trace.voices(0);
  EXPECT_EQ(translation.claim(), "claims/loi-ky-su");
  EXPECT_EQ(translation.cites(0).voice(), 1);
  EXPECT_EQ(translation.document_language(), "en");
  EXPECT_EQ(translation.derived_from().kind(), v1::DERIVATION_KIND_TRANSLATED);
  EXPECT_EQ(translation.derived_from().document(), "documents/deepseek-huawei");
  EXPECT_EQ(translation.derived_from().publisher(), "sources/tri-dat");
  EXPECT_EQ(translation.derived_from().publisher_display_name(), "Trí Đạt");
  EXPECT_EQ(translation.derived_from().language(), "vi");
  // From the other one the same is seen.
  const v1::TraceClaimResponse other = Trace("loi-ky-su", "from: 'sources/bao-moi'");
  EXPECT_THAT(Voices(other), ElementsAre("0 bao-moi", "1 tri-dat", "2 ft", "3 ft-three-people"));
  EXPECT_EQ(other.text(), "Kỹ sư Huawei đã không thành công.");
  EXPECT_EQ(other.claims(0).claim(), "claims/loi-ky-su");
}

TEST_F(TraceTest, OnlyConfirmedRelationsJoinClaimsAndOnlyWhileTheyStand) {
  const int64_t before = server_.head();
  Translate(v1::RELATION_STATE_SUGGESTED);
  EXPECT_EQ(Trace(kFailed).claim_count(), 1);
  // A citation of another claim's attribution leads nowhere here, and is not severed.
  const v1::TraceClaimResponse alone = Trace("loi-ky-su");
  EXPECT_THAT(Voices(alone), ElementsAre("0 bao-moi"));
  EXPECT_EQ(alone.voices(0).cites(0).voice(), -1);
  EXPECT_EQ(alone.voices(0).cites(0).left_out_count(), 0);
  EXPECT_FALSE(alone.voices(0).cites(0).severed());
  v1::UpdateRelationRequest confirm;
  confirm.mutable_relation()->set_name("claims/loi-ky-su/relations/same");
  confirm.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
  confirm.mutable_relation()->set_confirmed_by("the desk");
  confirm.mutable_update_mask()->add_paths("state");
  confirm.mutable_update_mask()->add_paths("confirmed_by");
  Ok(&Relations::UpdateRelation, confirm);
  EXPECT_EQ(Trace(kFailed).claim_count(), 2);
  EXPECT_EQ(Trace(kFailed, absl::StrCat("read { sequence: ", before, " }")).claim_count(), 1);
  v1::DeleteRelationRequest remove;
  remove.set_name("claims/loi-ky-su/relations/same");
  remove.set_reason("they differ");
  const int64_t joined = server_.head();
  Ok(&Relations::DeleteRelation, remove);
  EXPECT_EQ(Trace(kFailed).claim_count(), 1);
  EXPECT_EQ(Trace(kFailed, absl::StrCat("read { sequence: ", joined, " }")).claim_count(), 2);
}

TEST_F(TraceTest, LoopsAcrossClaimsAreSeen) {
  Translate();
  v1::UpdateAttributionRequest update;
  update.mutable_attribution()->set_name(OfFailed("ft-three-people"));
  update.mutable_attribution()->add_cites()->set_attribution(
      "claims/loi-ky-su/attributions/bao-moi");
  update.mutable_update_mask()->add_paths("cites");
  Ok(&Attributions::UpdateAttribution, update);
  for (const char* direction : {"UPSTREAM", "DOWNSTREAM"}) {
    const v1::TraceClaimResponse trace =
        Trace(kFailed, absl::StrCat("direction: TRACE_DIRECTION_", direction));
    EXPECT_EQ(trace.voices_size(), 4) << direction;
    for (const v1::Voice& voice : trace.voices()) EXPECT_TRUE(voice.in_loop()) << direction;
    EXPECT_EQ(trace.voices(0).source(), "sources/ft") << "its first by name";
  }
}

TEST_F(TraceTest, WhatCannotBeAskedIsRefusedByItsField) {
  EXPECT_THAT(Refusal("from: 'sources/rfi'"), ElementsAre("from")) << "it speaks on another claim";
  EXPECT_THAT(Refusal("from: 'sources/nobody'"), ElementsAre("from"));
  EXPECT_THAT(Refusal("from: 'claims/huawei-engineers-failed/attributions/nobody'"),
              ElementsAre("from"));
  EXPECT_THAT(Refusal("from: 'documents/deepseek-huawei'"), ElementsAre("from"));
  EXPECT_THAT(Refusal("from: 'ft'"), ElementsAre("from"));
  EXPECT_THAT(Refusal("max_depth: -1"), ElementsAre("max_depth"));
  EXPECT_THAT(Refusal("max_depth: 1000001"), ElementsAre("max_depth"));
  EXPECT_THAT(Refusal("max_voices: -1"), ElementsAre("max_voices"));
  EXPECT_THAT(Refusal("max_voices: 10001"), ElementsAre("max_voices"));
  v1::TraceClaimRequest request = Request(kFailed, "");
  request.set_direction(static_cast<v1::TraceDirection>(9));
  EXPECT_THAT(
      BadFields(Refused(&Provenance::TraceClaim, request, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("direction"));
  EXPECT_THAT(Voices(Trace(kFailed, "max_voices: 10000 max_depth: 1000000")),
              ElementsAre("0 tri-dat", "1 ft", "2 ft-three-people"));
}

}  // namespace
}  // namespace headwater::integration
