// What the property test (tests/integration/model_test.cc) found, each in its smallest form.
#include "database/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "database/api.h"
#include "database/scan.h"
#include "keys/name.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DatabaseTest : public ::testing::Test {
 protected:
  DatabaseTest() {
    Options options;
    options.pool = &pool_;
    options.follow = false;
    database_ = *Database::Open(std::make_unique<kv::FaultEngine>(engine_), options);
  }

  template <class Request>
  absl::Status Write(const Request& request) {
    return database_->WriteAndWait(request).status();
  }
  template <class Response, class Request>
  Response Read(const Request& request) {
    const Reply reply = database_->Read(request, kv::Patience::kMayWait);
    EXPECT_TRUE(reply.ok()) << reply.status();
    Response response;
    EXPECT_TRUE(reply.ok() && response.ParseFromString(*reply));
    return response;
  }

  static v1::CreateSourceRequest NewSource(const std::string& id, const std::string& owner = "") {
    v1::CreateSourceRequest request;
    request.set_source_id(id);
    request.mutable_source()->set_kind(v1::SOURCE_KIND_PERSON);
    request.mutable_source()->set_display_name(id);
    request.mutable_source()->set_owner(owner);
    return request;
  }
  static v1::UpdateSourceRequest Update(const std::string& name, const std::string& path) {
    v1::UpdateSourceRequest request;
    request.mutable_source()->set_name(name);
    request.mutable_update_mask()->add_paths(path);
    return request;
  }
  static v1::UpdateSourceRequest Anonymous(const std::string& name) {
    v1::UpdateSourceRequest request = Update(name, "kind");
    request.mutable_source()->set_kind(v1::SOURCE_KIND_ANONYMOUS);
    return request;
  }
  static v1::UpdateSourceRequest Owned(const std::string& name, const std::string& owner) {
    v1::UpdateSourceRequest request = Update(name, "owner");
    request.mutable_source()->set_owner(owner);
    return request;
  }
  static v1::CreateDocumentRequest NewDocument(const std::string& id) {
    v1::CreateDocumentRequest request;
    request.set_document_id(id);
    request.mutable_document()->set_publisher("sources/a");
    request.mutable_document()->set_title(id);
    return request;
  }
  static v1::CreateClaimRequest NewClaim(const std::string& id) {
    v1::CreateClaimRequest request;
    request.set_claim_id(id);
    request.mutable_claim()->set_text(id);
    request.mutable_claim()->set_language("en");
    request.mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
    return request;
  }
  static v1::CreateAttributionRequest NewAttribution(const std::string& claim,
                                                     const std::string& source,
                                                     const std::string& document) {
    v1::CreateAttributionRequest request;
    request.set_parent(claim);
    request.set_attribution_id("it");
    request.mutable_attribution()->set_source(source);
    request.mutable_attribution()->set_document(document);
    request.mutable_attribution()->set_stance(v1::STANCE_ASSERTS);
    return request;
  }

  const std::shared_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  WorkerPool pool_{2, 100};
  std::unique_ptr<Database> database_;
};

TEST_F(DatabaseTest, AFieldNamedTwiceInAMaskIsTakenOnce) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  v1::UpdateSourceRequest update = Update("sources/a", "note");
  update.mutable_source()->set_note("kept");
  update.mutable_update_mask()->add_paths("note");
  ASSERT_TRUE(Write(update).ok());
  v1::GetSourceRequest get;
  get.set_name("sources/a");
  EXPECT_EQ("kept", Read<v1::Source>(get).note());
}

TEST_F(DatabaseTest, AFieldInsideOneThatAMaskNamesTooIsTakenWithIt) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  for (const std::string other : {"reliability.note", "reliability"}) {
    v1::UpdateSourceRequest update = Update("sources/a", other);
    update.mutable_source()->mutable_reliability()->set_grade(v1::RELIABILITY_GRADE_A);
    update.mutable_source()->mutable_reliability()->set_graded_by("ann");
    update.mutable_source()->mutable_reliability()->set_note("by " + other);
    update.mutable_update_mask()->add_paths("reliability");
    update.mutable_update_mask()->add_paths("reliability.note");
    ASSERT_TRUE(Write(update).ok());
    v1::GetSourceRequest get;
    get.set_name("sources/a");
    EXPECT_EQ("by " + other, Read<v1::Source>(get).reliability().note());
  }
}

TEST_F(DatabaseTest, NoClaimIsAboutANameOfWhichFoldingLeavesNothing) {
  ASSERT_TRUE(Write(NewClaim("x")).ok());
  v1::ListClaimsRequest list;
  list.set_about("\xC2\xAD");  // a soft hyphen
  EXPECT_THAT(Read<v1::ListClaimsResponse>(list).claims(), IsEmpty());
}

TEST_F(DatabaseTest, ARequestCannotMakeAnOwnerOfWhomItMakesAnonymous) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewSource("b")).ok());
  v1::BatchUpdateSourcesRequest batch;
  *batch.add_requests() = Anonymous("sources/a");
  *batch.add_requests() = Owned("sources/b", "sources/a");
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(batch)));
  batch.mutable_requests()->SwapElements(0, 1);
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(batch)));
}

TEST_F(DatabaseTest, ARequestMayMakeAnonymousWhomItFreesOfOwning) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewSource("b", "sources/a")).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(Anonymous("sources/a"))));
  v1::BatchUpdateSourcesRequest batch;
  *batch.add_requests() = Anonymous("sources/a");
  *batch.add_requests() = Owned("sources/b", "");
  EXPECT_TRUE(Write(batch).ok());
}

TEST_F(DatabaseTest, ADocumentDoesNotComeBackToAPublisherTurnedAnonymous) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewDocument("d")).ok());
  v1::DeleteDocumentRequest remove;
  remove.set_name("documents/d");
  remove.set_reason("test");
  ASSERT_TRUE(Write(remove).ok());
  ASSERT_TRUE(Write(Anonymous("sources/a")).ok());
  v1::UndeleteDocumentRequest undelete;
  undelete.set_name("documents/d");
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(undelete)));
  undelete.set_force(true);
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(undelete)));
}

TEST_F(DatabaseTest, AnAttributionOfAnAnonymousSourceComesBack) {
  v1::CreateSourceRequest anonymous = NewSource("b");
  anonymous.mutable_source()->set_kind(v1::SOURCE_KIND_ANONYMOUS);
  ASSERT_TRUE(Write(anonymous).ok());
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewDocument("d")).ok());
  ASSERT_TRUE(Write(NewClaim("x")).ok());
  ASSERT_TRUE(Write(NewAttribution("claims/x", "sources/b", "documents/d")).ok());
  v1::DeleteAttributionRequest remove;
  remove.set_name("claims/x/attributions/it");
  remove.set_reason("test");
  ASSERT_TRUE(Write(remove).ok());
  v1::UndeleteAttributionRequest undelete;
  undelete.set_name("claims/x/attributions/it");
  EXPECT_TRUE(Write(undelete).ok());
}

TEST_F(DatabaseTest, WhatIsDeletedWithOneClaimHoldsNoOtherOfTheBatchBack) {
  ASSERT_TRUE(Write(NewClaim("x")).ok());
  ASSERT_TRUE(Write(NewClaim("y")).ok());
  v1::CreateRelationRequest relation;
  relation.set_parent("claims/x");
  relation.mutable_relation()->set_kind(v1::RELATION_KIND_NARROWS);
  relation.mutable_relation()->set_target("claims/y");
  relation.mutable_relation()->set_state(v1::RELATION_STATE_SUGGESTED);
  relation.mutable_relation()->set_suggested_by("test");
  ASSERT_TRUE(Write(relation).ok());
  v1::BatchDeleteClaimsRequest batch;
  for (const char* name : {"claims/y", "claims/x"}) {
    batch.add_requests()->set_name(name);
    batch.mutable_requests()->rbegin()->set_reason("test");
  }
  EXPECT_TRUE(absl::IsFailedPrecondition(Write(batch)));
  batch.mutable_requests(1)->set_force(true);
  EXPECT_TRUE(Write(batch).ok());
}

TEST_F(DatabaseTest, ACitationOfWhatAWithdrawnDocumentTellsIsSevered) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewSource("b")).ok());
  ASSERT_TRUE(Write(NewDocument("d")).ok());
  ASSERT_TRUE(Write(NewDocument("e")).ok());
  ASSERT_TRUE(Write(NewClaim("x")).ok());
  ASSERT_TRUE(Write(NewClaim("y")).ok());
  ASSERT_TRUE(Write(NewAttribution("claims/x", "sources/a", "documents/d")).ok());
  v1::CreateAttributionRequest citing = NewAttribution("claims/y", "sources/b", "documents/e");
  citing.mutable_attribution()->add_cites()->set_attribution("claims/x/attributions/it");
  ASSERT_TRUE(Write(citing).ok());
  v1::TraceClaimRequest trace;
  trace.set_name("claims/y");
  EXPECT_FALSE(Read<v1::TraceClaimResponse>(trace).voices(0).cites(0).severed());
  v1::WithdrawDocumentRequest withdraw;
  withdraw.set_name("documents/d");
  withdraw.mutable_withdrawal()->set_kind(v1::WITHDRAWAL_KIND_RETRACTED);
  withdraw.mutable_withdrawal()->set_reason("test");
  ASSERT_TRUE(Write(withdraw).ok());
  EXPECT_TRUE(Read<v1::TraceClaimResponse>(trace).voices(0).cites(0).severed());
}

TEST_F(DatabaseTest, ACitationOfADeletedSourceIsSevered) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewSource("b")).ok());
  ASSERT_TRUE(Write(NewDocument("d")).ok());
  ASSERT_TRUE(Write(NewClaim("x")).ok());
  v1::CreateAttributionRequest citing = NewAttribution("claims/x", "sources/a", "documents/d");
  citing.mutable_attribution()->add_cites()->set_source("sources/b");
  ASSERT_TRUE(Write(citing).ok());
  v1::DeleteSourceRequest remove;
  remove.set_name("sources/b");
  remove.set_reason("test");
  remove.set_force(true);
  ASSERT_TRUE(Write(remove).ok());
  v1::TraceClaimRequest trace;
  trace.set_name("claims/x");
  EXPECT_TRUE(Read<v1::TraceClaimResponse>(trace).voices(0).cites(0).severed());
}

// An engine that counts the snapshots of it that are alive.
class CountingEngine final : public kv::Engine {
 public:
  absl::StatusOr<std::shared_ptr<const kv::Snapshot>> TakeSnapshot() override {
    absl::StatusOr<std::shared_ptr<const kv::Snapshot>> taken = within_->TakeSnapshot();
    if (!taken.ok()) return taken;
    ++*alive_;
    const kv::Snapshot* const snapshot = taken->get();
    return std::shared_ptr<const kv::Snapshot>(
        snapshot, [held = *std::move(taken), alive = alive_](const kv::Snapshot*) mutable {
          held.reset();
          --*alive;
        });
  }
  absl::Status Commit(const kv::Batch& batch, uint64_t expected_head, uint64_t new_head,
                      kv::Durability durability) override {
    return within_->Commit(batch, expected_head, new_head, durability);
  }
  absl::Status Sync() override { return within_->Sync(); }
  absl::Status Recover() override { return within_->Recover(); }
  absl::Status Checkpoint(const std::string& to) override { return within_->Checkpoint(to); }
  kv::Features features() const override { return within_->features(); }
  kv::Usage usage() const override { return within_->usage(); }
  uint64_t BlocksReadByThisThread() const override { return 0; }

  std::shared_ptr<std::atomic<int>> alive() const { return alive_; }

 private:
  const std::unique_ptr<kv::Engine> within_ = kv::NewMemoryEngine();
  const std::shared_ptr<std::atomic<int>> alive_ = std::make_shared<std::atomic<int>>(0);
};

// A commit may land in memory and not on the disk. As long as that is not known no answer rests on
// it: the power may still take it.
TEST(DatabaseFailureTest, NothingIsAcknowledgedThatAPowerCutTakes) {
  const std::shared_ptr<kv::Engine> memory = kv::NewMemoryEngine();
  WorkerPool pool(2, 100);
  Options options;
  options.pool = &pool;
  options.follow = false;
  auto engine = std::make_unique<kv::FaultEngine>(memory);
  kv::FaultEngine& faults = *engine;
  auto database = *Database::Open(std::move(engine), options);
  v1::CreateSourceRequest request;
  request.set_source_id("a");
  request.set_request_id("once");
  request.mutable_source()->set_kind(v1::SOURCE_KIND_PERSON);
  request.mutable_source()->set_display_name("a");
  v1::CreateSourceRequest identical = request;
  identical.clear_request_id();
  identical.set_accept_identical(true);
  v1::GetSourceRequest get;
  get.set_name("sources/a");

  faults.FailCommit(1, kv::FaultEngine::Landed::kYes);
  faults.FailRecover(1'000'000);
  EXPECT_TRUE(absl::IsUnavailable(database->WriteAndWait(request).status()));
  EXPECT_EQ(1u, faults.unsynced());  // it did land
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(absl::IsUnavailable(database->WriteAndWait(request).status()));
    EXPECT_TRUE(absl::IsUnavailable(database->WriteAndWait(identical).status()));
    EXPECT_TRUE(absl::IsNotFound(database->Read(get, kv::Patience::kMayWait).status()));
  }
  ASSERT_TRUE(faults.Crash().ok());
  database.reset();

  database = *Database::Open(std::make_unique<kv::FaultEngine>(memory), options);
  EXPECT_TRUE(absl::IsNotFound(database->Read(get, kv::Patience::kMayWait).status()));
  EXPECT_TRUE(database->WriteAndWait(request).ok());
  EXPECT_TRUE(database->WriteAndWait(identical).ok());
}

// Whoever hears of an answer may close the database, and the engine with it.
TEST(DatabaseCloseTest, AnAnswerComesAfterTheSnapshotIsLetGo) {
  WorkerPool pool(1, 10);
  Options options;
  options.pool = &pool;
  options.follow = false;
  auto engine = std::make_unique<CountingEngine>();
  const auto alive = engine->alive();
  auto database = *Database::Open(std::move(engine), options);
  v1::DeleteSourceRequest request;
  request.set_name("sources/nobody");
  request.set_reason("test");
  int alive_then = -1;
  database->Write(request, {}, [&](Reply reply) {
    EXPECT_TRUE(absl::IsNotFound(reply.status())) << reply.status();
    alive_then = *alive;
  });
  EXPECT_EQ(0, alive_then);
}

// With the pool's one thread busy, what a closed database leaves behind would wait in the queue.
TEST(DatabaseCloseTest, HousekeepingDoesNotOutliveTheDatabase) {
  ManualClock clock;
  WorkerPool pool(1, 10);
  Options options;
  options.clock = &clock;
  options.pool = &pool;
  options.follow = false;
  auto database = *Database::Open(kv::NewMemoryEngine(), options);
  std::promise<void> busy;
  std::promise<void> closed;
  ASSERT_TRUE(pool.TrySchedule([&busy, future = closed.get_future()] {
    busy.set_value();
    future.wait_for(std::chrono::seconds(5));
  }));
  busy.get_future().wait();
  clock.Advance(absl::Minutes(2));
  database.reset();
  EXPECT_EQ(0u, pool.queued());
  closed.set_value();
}

// How many rows stand under requests.
size_t RequestRows(kv::Engine& engine) {
  const auto snapshot = *engine.TakeSnapshot();
  size_t rows = 0;
  for (auto cursor = snapshot->Range(kv::Keyspace::kRequests, "", "\xff", kv::Patience::kMayWait);
       cursor->Valid(); cursor->Next())
    ++rows;
  return rows;
}

// A store that is written to more than a sweep drops in a minute would grow for ever.
TEST(DatabaseSweepTest, AllRequestIdsThatHaveExpiredGoAtOneMinute) {
  const std::shared_ptr<kv::Engine> memory = kv::NewMemoryEngine();
  ManualClock clock;
  WorkerPool pool(1, 10);
  Options options;
  options.clock = &clock;
  options.pool = &pool;
  options.follow = false;
  auto database = *Database::Open(std::make_unique<kv::FaultEngine>(memory), options);
  v1::CreateSourceRequest create;
  create.mutable_source()->set_kind(v1::SOURCE_KIND_PERSON);
  create.mutable_source()->set_display_name("a");
  for (int i = 0; i < 2500; ++i) {
    create.set_source_id(absl::StrCat("s", i));
    create.set_request_id(absl::StrCat("id-", i));
    ASSERT_TRUE(database->WriteAndWait(create).ok());
  }
  ASSERT_EQ(RequestRows(*memory), 5000u);
  clock.Advance(absl::Hours(24 * 30));
  create.set_source_id("last");
  create.clear_request_id();
  ASSERT_TRUE(database->WriteAndWait(create).ok());
  for (int i = 0; i < 3000 && RequestRows(*memory) > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(RequestRows(*memory), 0u);
}

// As the list of an old state has to, past a resource that was deleted and undeleted more often
// than a page may examine rows.
TEST_F(DatabaseTest, AScanPassesManyRowsOfOneResource) {
  ASSERT_TRUE(Write(NewSource("a")).ok());
  ASSERT_TRUE(Write(NewSource("b")).ok());
  const int64_t early = database_->head();
  for (int i = 0; i < 3; ++i) {
    v1::DeleteSourceRequest remove;
    remove.set_name("sources/a");
    remove.set_reason("test");
    ASSERT_TRUE(Write(remove).ok());
    v1::UndeleteSourceRequest undelete;
    undelete.set_name("sources/a");
    ASSERT_TRUE(Write(undelete).ok());
  }
  ReadPoint point;
  point.view.snapshot = *engine_->TakeSnapshot();
  point.view.head = point.view.snapshot->head();
  point.sequence = static_cast<uint64_t>(early);
  const Scan scan((Filter()));
  std::vector<std::string> found;
  std::string position;
  for (int scans = 0; scans == 0 || !position.empty(); ++scans) {
    ASSERT_LT(scans, 10) << "comes no further";
    size_t budget = 1;
    absl::StatusOr<std::string> next =
        scan.Run(point, kv::Patience::kMayWait, position, &budget, [&](Candidate candidate) {
          found.push_back(candidate.name.Text());
          return true;
        });
    ASSERT_TRUE(next.ok()) << next.status();
    position = *std::move(next);
  }
  EXPECT_THAT(found, ElementsAre("sources/a", "sources/b"));
}

}  // namespace
}  // namespace headwater::database
