#include "kv/fault_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "kv/memory_engine.h"

namespace headwater::kv {
namespace {

using ::testing::Optional;

class FaultEngineTest : public ::testing::Test {
 protected:
  absl::Status Put(const std::string& value, Durability durability = Durability::kSynced) {
    Batch batch;
    batch.Put(Keyspace::kLog, "row", value);
    const uint64_t head = Take()->head();
    return engine_.Commit(batch, head, head + 1, durability);
  }
  std::shared_ptr<const Snapshot> Take() { return *engine_.TakeSnapshot(); }
  std::optional<std::string> Value() {
    return *Take()->Get(Keyspace::kLog, "row", Patience::kMayWait);
  }

  std::shared_ptr<Engine> memory_ = NewMemoryEngine();
  FaultEngine engine_{memory_};
};

TEST_F(FaultEngineTest, TheNthCommitFailsAndAllAfterItUntilRecovered) {
  engine_.FailCommit(2, FaultEngine::Landed::kNo);
  EXPECT_TRUE(Put("1").ok());
  EXPECT_TRUE(absl::IsUnavailable(Put("2")));
  EXPECT_TRUE(absl::IsUnavailable(Put("3")));
  EXPECT_TRUE(absl::IsUnavailable(engine_.Sync()));
  EXPECT_THAT(Value(), Optional(std::string("1")));
  ASSERT_TRUE(engine_.Recover().ok());
  EXPECT_EQ(Take()->head(), 1u);
  EXPECT_TRUE(Put("4").ok());
  EXPECT_THAT(Value(), Optional(std::string("4")));
}

TEST_F(FaultEngineTest, AFailedCommitMayHaveLanded) {
  engine_.FailCommit(1, FaultEngine::Landed::kYes, absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(absl::IsResourceExhausted(Put("1")));
  EXPECT_TRUE(absl::IsResourceExhausted(Put("2")));
  EXPECT_EQ(Take()->head(), 0u);  // not shown as long as it is not known
  EXPECT_EQ(Value(), std::nullopt);
  ASSERT_TRUE(engine_.Recover().ok());
  EXPECT_EQ(Take()->head(), 1u);
  EXPECT_THAT(Value(), Optional(std::string("1")));
}

TEST_F(FaultEngineTest, WhatLandedUnsyncedIsLostByACrashAndKeptByRecovery) {
  engine_.FailCommit(1, FaultEngine::Landed::kYes);
  EXPECT_FALSE(Put("1").ok());
  EXPECT_EQ(engine_.unsynced(), 1u);
  ASSERT_TRUE(engine_.Recover().ok());
  EXPECT_EQ(engine_.unsynced(), 0u);
  engine_.FailCommit(1, FaultEngine::Landed::kYes);
  EXPECT_FALSE(Put("2").ok());
  ASSERT_TRUE(engine_.Crash().ok());
  ASSERT_TRUE(engine_.Recover().ok());
  EXPECT_THAT(Value(), Optional(std::string("1")));
}

TEST_F(FaultEngineTest, RecoveryAndSyncCanFailToo) {
  engine_.FailSync(1);
  engine_.FailRecover(2);
  EXPECT_TRUE(Put("1", Durability::kBuffered).ok());
  EXPECT_TRUE(absl::IsUnavailable(engine_.Sync()));
  EXPECT_FALSE(Put("2").ok());
  EXPECT_TRUE(absl::IsUnavailable(engine_.Recover()));
  EXPECT_FALSE(Put("2").ok());
  EXPECT_TRUE(absl::IsUnavailable(engine_.Recover()));
  EXPECT_TRUE(engine_.Recover().ok());
  EXPECT_TRUE(Put("2").ok());
}

TEST_F(FaultEngineTest, FillsUpUntilRoomIsMade) {
  engine_.FillUpAfter(10);
  EXPECT_TRUE(Put("1234567").ok());  // with its key: ten bytes
  EXPECT_TRUE(absl::IsResourceExhausted(Put("12")));
  EXPECT_TRUE(absl::IsResourceExhausted(Put("")));
  EXPECT_TRUE(absl::IsResourceExhausted(engine_.Recover()));
  EXPECT_THAT(Value(), Optional(std::string("1234567")));
  engine_.MakeRoom(4);
  EXPECT_TRUE(absl::IsResourceExhausted(engine_.Recover()));
  engine_.MakeRoom(1);
  EXPECT_TRUE(engine_.Recover().ok());
  EXPECT_TRUE(Put("12").ok());
  EXPECT_THAT(Value(), Optional(std::string("12")));
}

TEST_F(FaultEngineTest, ACrashForgetsWhatWasNotSynced) {
  EXPECT_TRUE(Put("1").ok());
  EXPECT_TRUE(Put("2", Durability::kBuffered).ok());
  EXPECT_TRUE(engine_.Sync().ok());
  EXPECT_TRUE(Put("3", Durability::kBuffered).ok());
  EXPECT_TRUE(Put("4", Durability::kBuffered).ok());
  const auto before = Take();
  ASSERT_TRUE(engine_.Crash().ok());
  EXPECT_FALSE(Put("5").ok());
  EXPECT_EQ(before->head(), 4u);
  EXPECT_EQ(Take()->head(), 2u);
  EXPECT_THAT(Value(), Optional(std::string("2")));
  FaultEngine again(memory_);  // a new process
  Batch batch;
  EXPECT_TRUE(again.Commit(batch, 2, 3, Durability::kSynced).ok());
}

TEST_F(FaultEngineTest, ACrashMayKeepTheFirstOfTheUnsynced) {
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(Put(absl::StrCat(i), Durability::kBuffered).ok());
  EXPECT_EQ(engine_.unsynced(), 5u);
  ASSERT_TRUE(engine_.Crash(3).ok());
  EXPECT_EQ(Take()->head(), 3u);
  EXPECT_THAT(Value(), Optional(std::string("3")));
  ASSERT_TRUE(engine_.Crash(3).ok());  // what a crash kept is on the disk
  EXPECT_EQ(Take()->head(), 3u);
}

TEST_F(FaultEngineTest, RefusesCacheOnlyReadsWhenTold) {
  EXPECT_TRUE(Put("1").ok());
  engine_.RefuseCacheOnly(true);
  const auto snapshot = Take();
  const std::string version(8, '\0');
  EXPECT_TRUE(IsWouldBlock(snapshot->Get(Keyspace::kLog, "row", Patience::kCacheOnly).status()));
  EXPECT_TRUE(
      IsWouldBlock(snapshot->MultiGet(Keyspace::kLog, {"row"}, Patience::kCacheOnly).status()));
  EXPECT_TRUE(IsWouldBlock(
      snapshot->Version(Keyspace::kNames, "row", version, Patience::kCacheOnly).status()));
  const auto cursor = snapshot->Range(Keyspace::kLog, "", "z", Patience::kCacheOnly);
  EXPECT_FALSE(cursor->Valid());
  EXPECT_TRUE(IsWouldBlock(cursor->status()));
  EXPECT_THAT(Value(), Optional(std::string("1")));
  engine_.RefuseCacheOnly(false);
  EXPECT_TRUE(snapshot->Get(Keyspace::kLog, "row", Patience::kCacheOnly).ok());
  EXPECT_EQ(engine_.counts().cache_only_reads, 5u);
  EXPECT_EQ(engine_.counts().may_wait_reads, 1u);
}

TEST_F(FaultEngineTest, OnlyReadsThatMayWaitStandAtTheGate) {
  EXPECT_TRUE(Put("1").ok());
  engine_.read_gate().Close();
  std::thread reader([this] { EXPECT_THAT(Value(), Optional(std::string("1"))); });
  EXPECT_TRUE(engine_.read_gate().WaitFor(1, std::chrono::seconds(10)));
  EXPECT_TRUE(Take()->Get(Keyspace::kLog, "row", Patience::kCacheOnly).ok());
  EXPECT_EQ(engine_.read_gate().waiting(), 1u);
  engine_.read_gate().Open();
  reader.join();
  EXPECT_EQ(engine_.read_gate().waiting(), 0u);
}

TEST_F(FaultEngineTest, CommitsStandAtTheirGateAndReadsGoOn) {
  engine_.commit_gate().Close();
  std::thread writer([this] { EXPECT_TRUE(Put("1").ok()); });
  EXPECT_TRUE(engine_.commit_gate().WaitFor(1, std::chrono::seconds(10)));
  EXPECT_EQ(Value(), std::nullopt);
  EXPECT_FALSE(engine_.commit_gate().WaitFor(2, std::chrono::milliseconds(1)));
  engine_.commit_gate().Open();
  writer.join();
  EXPECT_THAT(Value(), Optional(std::string("1")));
}

TEST_F(FaultEngineTest, DelaysAreWaited) {
  EXPECT_TRUE(Put("1").ok());
  engine_.read_gate().Delay(std::chrono::milliseconds(20));
  engine_.commit_gate().Delay(std::chrono::milliseconds(20));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(Value(), Optional(std::string("1")));
  EXPECT_TRUE(Put("2").ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(40));
}

}  // namespace
}  // namespace headwater::kv
