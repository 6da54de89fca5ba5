// Deletions and withdrawals through gRPC: what holds them back, what goes with them, what they
// leave.
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/api_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

using DeletionTest = ApiTest;

TEST_F(DeletionTest, DeletionIsRefusedNamingTheReferrers) {
  MakeStory();
  v1::DeleteSourceRequest source;
  source.set_name("sources/t");
  source.set_reason("for the test");
  EXPECT_THAT(
      SubjectsOf(Refused(&Sources::DeleteSource, source, grpc::StatusCode::FAILED_PRECONDITION)),
      ElementsAre("claims/c/attributions/t"));
  v1::DeleteAttributionRequest attribution;
  attribution.set_name("claims/c/attributions/t");
  attribution.set_reason("for the test");
  EXPECT_THAT(SubjectsOf(Refused(&Attributions::DeleteAttribution, attribution,
                                 grpc::StatusCode::FAILED_PRECONDITION)),
              ElementsAre("claims/c/attributions/s"));
  v1::DeleteDocumentRequest document;
  document.set_name("documents/d");
  document.set_reason("for the test");
  EXPECT_THAT(SubjectsOf(Refused(&Documents::DeleteDocument, document,
                                 grpc::StatusCode::FAILED_PRECONDITION)),
              UnorderedElementsAre("claims/c/attributions/s", "claims/c/attributions/t"));
  v1::DeleteClaimRequest claim;
  claim.set_name("claims/c");
  claim.set_reason("for the test");
  EXPECT_THAT(
      SubjectsOf(Refused(&Claims::DeleteClaim, claim, grpc::StatusCode::FAILED_PRECONDITION)),
      UnorderedElementsAre("claims/c/attributions/s", "claims/c/attributions/t"));
  // Those that go together hold nothing back.
  v1::BatchDeleteAttributionsRequest both;
  for (const char* id : {"t", "s"}) {
    *both.add_requests() = attribution;
    both.mutable_requests(both.requests_size() - 1)
        ->set_name(absl::StrCat("claims/c/attributions/", id));
  }
  Ok(&Attributions::BatchDeleteAttributions, both);
}

TEST_F(DeletionTest, AForcedDeletionOfAClaimTakesItsChildrenAndUndeletingBringsThemBack) {
  MakeStory();
  Ok(&Claims::CreateClaim, NewClaim("k"));
  Ok(&Relations::CreateRelation, From<v1::CreateRelationRequest>(R"pb(
    parent: "claims/c"
    relation_id: "r"
    relation {
      kind: RELATION_KIND_NARROWS
      target: "claims/k"
      state: RELATION_STATE_CONFIRMED
      confirmed_by: "us"
    })pb"));
  Ok(&Attributions::CreateAttribution, NewAttribution("c", "u", "d"));
  v1::DeleteAttributionRequest earlier;
  earlier.set_name("claims/c/attributions/u");
  earlier.set_reason("before, by itself");
  Ok(&Attributions::DeleteAttribution, earlier);
  const std::string before = DumpAll(client());

  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c");
  remove.set_reason("for the test");
  remove.set_force(true);
  const v1::Claim deleted = Ok(&Claims::DeleteClaim, remove);
  EXPECT_TRUE(deleted.has_delete_time());
  v1::ListAttributionsRequest list;
  list.set_parent("claims/-");
  EXPECT_EQ(Ok(&Attributions::ListAttributions, list).attributions_size(), 0);
  Refused(&Claims::GetClaim, ClaimNamed("c"), grpc::StatusCode::NOT_FOUND);
  v1::GetClaimRequest shown = ClaimNamed("c");
  shown.set_show_deleted(true);
  EXPECT_EQ(Ok(&Claims::GetClaim, shown).DebugString(), deleted.DebugString());
  Refused(&Attributions::CreateAttribution, NewAttribution("c", "u", "d"),
          grpc::StatusCode::ALREADY_EXISTS);
  Refused(&Claims::CreateClaim, NewClaim("c"), grpc::StatusCode::ALREADY_EXISTS);

  v1::UndeleteClaimRequest undelete;
  undelete.set_name("claims/c");
  Ok(&Claims::UndeleteClaim, undelete);
  EXPECT_EQ(Ok(&Attributions::ListAttributions, list).attributions_size(), 2)
      << "what was deleted before stays deleted";
  v1::ListRelationsRequest relations;
  relations.set_parent("claims/c");
  EXPECT_EQ(Ok(&Relations::ListRelations, relations).relations_size(), 1);
  Refused(&Claims::UndeleteClaim, undelete, grpc::StatusCode::FAILED_PRECONDITION);

  v1::ListClaimRevisionsRequest revisions;
  revisions.set_name("claims/c");
  const auto history = Ok(&Claims::ListClaimRevisions, revisions);
  ASSERT_EQ(history.revisions_size(), 3);
  EXPECT_EQ(history.revisions(0).operation(), v1::OPERATION_UNDELETE);
  EXPECT_EQ(history.revisions(1).operation(), v1::OPERATION_DELETE);
  EXPECT_EQ(history.revisions(1).reason(), "for the test");
  EXPECT_EQ(history.revisions(2).operation(), v1::OPERATION_CREATE);
}

TEST_F(DeletionTest, AForcedDeletionOfASourceSeversAndUndeletingItsReferrerWantsIt) {
  MakeStory();
  v1::DeleteSourceRequest source;
  source.set_name("sources/t");
  source.set_reason("for the test");
  source.set_force(true);
  Ok(&Sources::DeleteSource, source);
  // Its attribution stands, and can change without it.
  v1::UpdateAttributionRequest update;
  update.mutable_attribution()->set_name("claims/c/attributions/t");
  update.mutable_attribution()->set_note("its source is gone");
  Ok(&Attributions::UpdateAttribution, update);
  v1::DeleteAttributionRequest remove;
  remove.set_name("claims/c/attributions/t");
  remove.set_reason("for the test");
  remove.set_force(true);
  Ok(&Attributions::DeleteAttribution, remove);
  v1::UndeleteAttributionRequest undelete;
  undelete.set_name("claims/c/attributions/t");
  EXPECT_THAT(SubjectsOf(Refused(&Attributions::UndeleteAttribution, undelete,
                                 grpc::StatusCode::FAILED_PRECONDITION)),
              ElementsAre("sources/t"));
  undelete.set_force(true);
  Ok(&Attributions::UndeleteAttribution, undelete);
}

TEST_F(DeletionTest, WithdrawalsStandOnceAndShowInTheTrace) {
  MakeStory();
  v1::WithdrawAttributionRequest withdraw;
  withdraw.set_name("claims/c/attributions/t");
  *withdraw.mutable_withdrawal() = From<v1::Withdrawal>(R"pb(kind: WITHDRAWAL_KIND_RETRACTED
                                                             reason: "it was wrong"
                                                             withdrawn_date: "2025-09")pb");
  const v1::Attribution withdrawn = Ok(&Attributions::WithdrawAttribution, withdraw);
  EXPECT_EQ(withdrawn.withdrawal().reason(), "it was wrong");
  Refused(&Attributions::WithdrawAttribution, withdraw, grpc::StatusCode::FAILED_PRECONDITION);
  v1::TraceClaimRequest trace;
  trace.set_name("claims/c");
  v1::TraceClaimResponse traced = Ok(&Provenance::TraceClaim, trace);
  ASSERT_EQ(traced.voices_size(), 2);
  EXPECT_FALSE(traced.voices(0).withdrawn());
  EXPECT_TRUE(traced.voices(0).cites(0).severed());
  EXPECT_TRUE(traced.voices(1).withdrawn());

  v1::WithdrawDocumentRequest document;
  document.set_name("documents/d");
  *document.mutable_withdrawal() = withdraw.withdrawal();
  Ok(&Documents::WithdrawDocument, document);
  traced = Ok(&Provenance::TraceClaim, trace);
  EXPECT_TRUE(traced.voices(0).withdrawn()) << "a document's withdrawal reaches all that it tells";

  // An update can neither take it back nor change it.
  v1::UpdateAttributionRequest update;
  update.mutable_attribution()->set_name("claims/c/attributions/t");
  update.mutable_update_mask()->add_paths("withdrawal");
  EXPECT_THAT(BadFields(Refused(&Attributions::UpdateAttribution, update,
                                grpc::StatusCode::INVALID_ARGUMENT)),
              ElementsAre("update_mask.paths[0]"));
  update.clear_update_mask();
  update.mutable_attribution()->mutable_withdrawal()->set_reason("another one");
  EXPECT_THAT(BadFields(Refused(&Attributions::UpdateAttribution, update,
                                grpc::StatusCode::INVALID_ARGUMENT)),
              ElementsAre("attribution.withdrawal"));
  // "*" leaves it.
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_attribution() = withdrawn;
  update.mutable_attribution()->clear_withdrawal();
  update.mutable_attribution()->clear_etag();
  update.mutable_attribution()->set_note("seen");
  EXPECT_TRUE(Ok(&Attributions::UpdateAttribution, update).has_withdrawal());
}

// Such sources neither publish nor own, however they come to.
TEST_F(DeletionTest, NoRoundaboutWayMakesAnUnnamedSourcePublishOrOwn) {
  Ok(&Sources::CreateSource, NewSource("s"));
  Ok(&Documents::CreateDocument, NewDocument("d", "s"));
  v1::UpdateSourceRequest unnamed;
  unnamed.mutable_source()->set_name("sources/s");
  unnamed.mutable_source()->set_kind(v1::SOURCE_KIND_ANONYMOUS);
  Refused(&Sources::UpdateSource, unnamed, grpc::StatusCode::FAILED_PRECONDITION);

  // By deleting what it publishes meanwhile.
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/d");
  remove.set_reason("for the test");
  Ok(&Documents::DeleteDocument, remove);
  Ok(&Sources::UpdateSource, unnamed);
  v1::UndeleteDocumentRequest undelete;
  undelete.set_name("documents/d");
  Refused(&Documents::UndeleteDocument, undelete, grpc::StatusCode::FAILED_PRECONDITION);

  // By both in one batch.
  Ok(&Sources::CreateSource, NewSource("owner"));
  Ok(&Sources::CreateSource, NewSource("owned"));
  for (const bool owner_first : {true, false}) {
    v1::UpdateSourceRequest turned, owned;
    turned.mutable_source()->set_name("sources/owner");
    turned.mutable_source()->set_kind(v1::SOURCE_KIND_ANONYMOUS);
    owned.mutable_source()->set_name("sources/owned");
    owned.mutable_source()->set_owner("sources/owner");
    v1::BatchUpdateSourcesRequest batch;
    *batch.add_requests() = owner_first ? turned : owned;
    *batch.add_requests() = owner_first ? owned : turned;
    Refused(&Sources::BatchUpdateSources, batch, grpc::StatusCode::FAILED_PRECONDITION);
  }
}

}  // namespace
}  // namespace headwater::integration
