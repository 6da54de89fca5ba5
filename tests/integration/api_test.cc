// What the API promises, through gRPC: states then and now, pages, batches, masks, etags.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;

TEST_F(ApiTest, GetAsOfBeforeAndAfterAnUpdate) {
  const v1::Claim made = Ok(&Claims::CreateClaim, NewClaim("c", "First words."));
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name("claims/c");
  update.mutable_claim()->set_text("Second words.");
  const v1::Claim changed = Ok(&Claims::UpdateClaim, update);
  EXPECT_GT(changed.sequence(), made.sequence());
  EXPECT_EQ(changed.create_time().DebugString(), made.create_time().DebugString());
  EXPECT_NE(changed.etag(), made.etag());

  v1::GetClaimRequest get = ClaimNamed("c");
  EXPECT_EQ(Ok(&Claims::GetClaim, get).DebugString(), changed.DebugString());
  get.mutable_read()->set_sequence(made.sequence());
  EXPECT_EQ(Ok(&Claims::GetClaim, get).DebugString(), made.DebugString());
  get.mutable_read()->set_sequence(changed.sequence());
  EXPECT_EQ(Ok(&Claims::GetClaim, get).DebugString(), changed.DebugString());
  *get.mutable_read()->mutable_time() = made.update_time();
  EXPECT_EQ(Ok(&Claims::GetClaim, get).DebugString(), made.DebugString());
  get.mutable_read()->set_min_sequence(changed.sequence());
  EXPECT_EQ(Ok(&Claims::GetClaim, get).text(), "Second words.");
  get.mutable_read()->set_sequence(0);
  Refused(&Claims::GetClaim, get, grpc::StatusCode::NOT_FOUND);
}

TEST_F(ApiTest, AListingBegunBeforeWritesShowsNeitherAGapNorATornPage) {
  for (int i = 0; i < 30; ++i) {
    v1::CreateClaimRequest request = NewClaim(absl::StrCat("c", 10 + i));
    request.mutable_claim()->add_tags("kept");
    Ok(&Claims::CreateClaim, request);
  }
  for (const bool by_tag : {false, true}) {
    v1::ListClaimsRequest list;
    list.set_page_size(7);
    if (by_tag) list.set_tag("kept");
    v1::ListClaimsRequest whole = list;
    whole.set_page_size(1000);
    const v1::ListClaimsResponse before = Ok(&Claims::ListClaims, whole);
    ASSERT_GE(before.claims_size(), 14);
    v1::ListClaimsResponse all;
    for (int page = 0; page == 0 || !list.page_token().empty(); ++page) {
      const v1::ListClaimsResponse got = Ok(&Claims::ListClaims, list);
      EXPECT_EQ(got.read_sequence(), before.read_sequence());
      all.MergeFrom(got);
      list.set_page_token(got.next_page_token());
      // In front of the page, on it and behind it: made, changed, deleted.
      v1::CreateClaimRequest early = NewClaim(absl::StrCat("a", by_tag, page));
      v1::CreateClaimRequest late = NewClaim(absl::StrCat("z", by_tag, page));
      early.mutable_claim()->add_tags("kept");
      late.mutable_claim()->add_tags("kept");
      Ok(&Claims::CreateClaim, early);
      Ok(&Claims::CreateClaim, late);
      for (const int i : {page, 29 - page}) {
        v1::UpdateClaimRequest update;
        update.mutable_claim()->set_name(absl::StrCat("claims/c", 10 + i));
        update.mutable_claim()->set_text(absl::StrCat("Changed ", by_tag, page, "."));
        update.mutable_update_mask()->add_paths("text");
        update.mutable_update_mask()->add_paths("tags");
        if (page % 2 == 1) update.mutable_claim()->add_tags("kept");
        Ok(&Claims::UpdateClaim, update);
      }
      v1::DeleteClaimRequest remove;
      remove.set_name(absl::StrCat("claims/c", 10 + 12 + 2 * page + by_tag));
      remove.set_reason("for the test");
      Ok(&Claims::DeleteClaim, remove);
    }
    EXPECT_EQ(all.claims_size(), before.claims_size());
    for (int i = 0; i < std::min(all.claims_size(), before.claims_size()); ++i) {
      EXPECT_EQ(all.claims(i).DebugString(), before.claims(i).DebugString());
    }
  }
}

TEST_F(ApiTest, ABatchWithOneBadRowMakesNothing) {
  v1::BatchCreateClaimsRequest batch;
  for (int i = 0; i < 5; ++i) *batch.add_requests() = NewClaim(absl::StrCat("c", i));
  batch.mutable_requests(3)->mutable_claim()->set_language("not a language");
  batch.mutable_requests(4)->mutable_claim()->clear_text();
  const grpc::Status status =
      Refused(&Claims::BatchCreateClaims, batch, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(status),
              ElementsAre("requests[3].claim.language", "requests[4].claim.text"));

  batch.mutable_requests(3)->mutable_claim()->set_language("en");
  batch.mutable_requests(4)->mutable_claim()->set_text("So.");
  Ok(&Claims::CreateClaim, NewClaim("c2"));
  const grpc::Status taken =
      Refused(&Claims::BatchCreateClaims, batch, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(taken).resource_name(), "claims/c2");

  batch.mutable_requests(2)->set_claim_id("c0");
  const grpc::Status twice =
      Refused(&Claims::BatchCreateClaims, batch, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(twice), ElementsAre("requests[2].claim_id"));
}

TEST_F(ApiTest, TwoOfOneBatchMayCiteEachOther) {
  MakeStory();
  Ok(&Claims::CreateClaim, NewClaim("k"));
  v1::BatchCreateAttributionsRequest batch;
  *batch.add_requests() = NewAttribution("k", "s", "d", "t");
  *batch.add_requests() = NewAttribution("k", "t", "d", "s");
  const auto made = Ok(&Attributions::BatchCreateAttributions, batch);
  EXPECT_EQ(made.attributions_size(), 2);
  v1::TraceClaimRequest trace;
  trace.set_name("claims/k");
  const v1::TraceClaimResponse traced = Ok(&Provenance::TraceClaim, trace);
  ASSERT_EQ(traced.voices_size(), 2);
  EXPECT_TRUE(traced.voices(0).in_loop());
  EXPECT_TRUE(traced.voices(1).in_loop());
}

TEST_F(ApiTest, ABatchIsSeenWholeOrNotAtAll) {
  v1::BatchCreateClaimsRequest batch;
  for (int i = 0; i < 5; ++i) *batch.add_requests() = NewClaim(absl::StrCat("c", i));
  const auto made = Ok(&Claims::BatchCreateClaims, batch);
  for (const v1::Claim& claim : made.claims()) {
    v1::ListClaimsRequest list;
    list.mutable_read()->set_sequence(claim.sequence());
    const bool last = claim.sequence() == made.claims(4).sequence();
    EXPECT_EQ(Ok(&Claims::ListClaims, list).claims_size(), last ? 5 : 0);
  }
}

TEST_F(ApiTest, AStaleEtagIsRefusedAndChangesNothing) {
  const v1::Claim made = Ok(&Claims::CreateClaim, NewClaim("c"));
  v1::UpdateClaimRequest update;
  *update.mutable_claim() = made;
  update.mutable_claim()->set_text("Changed.");
  Ok(&Claims::UpdateClaim, update);
  update.mutable_claim()->set_text("Changed again.");
  EXPECT_EQ(ReasonOf(Refused(&Claims::UpdateClaim, update, grpc::StatusCode::ABORTED)),
            "ETAG_STALE");
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c");
  remove.set_reason("for the test");
  remove.set_etag(made.etag());
  EXPECT_EQ(ReasonOf(Refused(&Claims::DeleteClaim, remove, grpc::StatusCode::ABORTED)),
            "ETAG_STALE");
  v1::BatchUpdateClaimsRequest batch;
  Ok(&Claims::CreateClaim, NewClaim("k"));
  batch.add_requests()->mutable_claim()->set_name("claims/k");
  batch.mutable_requests(0)->mutable_claim()->set_note("fine by itself");
  *batch.add_requests() = update;
  Refused(&Claims::BatchUpdateClaims, batch, grpc::StatusCode::ABORTED);
}

TEST_F(ApiTest, AnActorNeedNotBeAscii) {
  const auto made = client().Call(
      &Claims::CreateClaim, NewClaim("fresh"),
      [](grpc::ClientContext* context) { context->AddMetadata("headwater-actor-bin", "Trí Đạt"); });
  ASSERT_TRUE(made.ok()) << Show(made.status);
  v1::ListClaimRevisionsRequest revisions;
  revisions.set_name(made.message.name());
  const auto history = client().Call(&Claims::ListClaimRevisions, revisions);
  ASSERT_TRUE(history.ok()) << Show(history.status);
  EXPECT_EQ(history.message.revisions(0).actor(), "Trí Đạt");
}

TEST_F(ApiTest, FieldMasksChangeWhatTheyNameAndNothingElse) {
  MakeStory();
  v1::UpdateAttributionRequest update;
  v1::Attribution* attribution = update.mutable_attribution();
  attribution->set_name("claims/c/attributions/t");
  attribution->mutable_quote()->set_exact("three people");
  attribution->mutable_quote()->set_cue("according to");
  attribution->set_note("a remark");
  Ok(&Attributions::UpdateAttribution, update);

  update.mutable_update_mask()->add_paths("quote.cue");
  attribution->mutable_quote()->set_exact("not taken");
  attribution->mutable_quote()->set_cue("says");
  attribution->set_note("not taken");
  v1::Attribution now = Ok(&Attributions::UpdateAttribution, update);
  EXPECT_EQ(now.quote().exact(), "three people");
  EXPECT_EQ(now.quote().cue(), "says");
  EXPECT_EQ(now.note(), "a remark");

  attribution->clear_quote();
  now = Ok(&Attributions::UpdateAttribution, update);
  EXPECT_EQ(now.quote().exact(), "three people");
  EXPECT_EQ(now.quote().cue(), "") << "named and not set: cleared";
  const int64_t head = server_.head();
  Ok(&Attributions::UpdateAttribution, update);
  EXPECT_EQ(server_.head(), head) << "an update that changes nothing makes no revision";
}

// A path named twice, or once whole and once in part, says the same as once.
TEST_F(ApiTest, AFieldMaskMayNameAFieldTwice) {
  MakeStory();
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{"note", "note"},
        {"quote", "quote.cue", "note"},
        {"quote.cue", "quote", "note"},
        {"quote.cue", "quote.cue", "quote.exact", "note"}}) {
    v1::UpdateAttributionRequest update;
    v1::Attribution* attribution = update.mutable_attribution();
    attribution->set_name("claims/c/attributions/t");
    attribution->mutable_quote()->set_exact("three people");
    attribution->mutable_quote()->set_cue("according to");
    attribution->set_note(absl::StrCat("a remark of ", paths.size()));
    Ok(&Attributions::UpdateAttribution, update);
    attribution->mutable_quote()->set_exact("four people");
    attribution->mutable_quote()->set_cue("said");
    attribution->set_note("another");
    for (const std::string& path : paths) update.mutable_update_mask()->add_paths(path);
    const v1::Attribution now = Ok(&Attributions::UpdateAttribution, update);
    EXPECT_EQ(now.note(), "another");
    if (paths.size() == 2) continue;
    EXPECT_EQ(now.quote().exact(), "four people") << paths.front();
    EXPECT_EQ(now.quote().cue(), "said") << paths.front();
  }
}

TEST_F(ApiTest, AFilterThatHoldsForNothingListsNothing) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  v1::ListClaimsRequest list;
  list.set_about("\xc2\xad");  // a soft hyphen: nothing is left of it when case and marks are off
  EXPECT_EQ(Ok(&Claims::ListClaims, list).claims_size(), 0);
  list.set_about("\xe2\x80\x8b");  // a space of no width
  const auto answer = client().Call(&Claims::ListClaims, list);
  EXPECT_EQ(answer.message.claims_size(), 0);
}

}  // namespace
}  // namespace headwater::integration
