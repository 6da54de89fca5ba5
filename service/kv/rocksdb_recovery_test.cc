// The RocksDB engine on disks that are full or fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "kv/conformance.h"
#include "kv/failing_files.h"
#include "kv/rocksdb_store.h"

namespace headwater::kv::testing {
namespace {

using ::testing::Optional;

class RocksDbRecoveryTest : public ::testing::Test {
 protected:
  RocksDbRecoveryTest() {
    options_.directory = scratch_.path("store");
    options_.recover_patience = std::chrono::milliseconds(50);
    options_.free_space = [this](const std::string&) -> absl::StatusOr<uint64_t> {
      ++looks_;
      return free_.load();
    };
  }
  void SetUp() override {
    auto store = RocksDbStore::Open(options_, env_.get());
    ASSERT_TRUE(store.ok()) << store.status();
    engine_ = *std::move(store);
  }

  absl::Status Put(uint64_t head, const std::string& value,
                   Durability durability = Durability::kSynced) {
    Batch batch;
    batch.Put(Keyspace::kLog, "row", value);
    return engine_->Commit(batch, head, head + 1, durability);
  }
  std::shared_ptr<const Snapshot> Take() { return *engine_->TakeSnapshot(); }
  std::optional<std::string> Value() {
    return *Take()->Get(Keyspace::kLog, "row", Patience::kMayWait);
  }

  static constexpr uint64_t kPlenty = uint64_t{1} << 40;

  ScratchDirectory scratch_;
  LogFaults faults_;
  std::unique_ptr<rocksdb::Env> env_ =
      rocksdb::NewCompositeEnv(std::make_shared<FailingFiles>(faults_));
  std::atomic<uint64_t> free_{kPlenty};
  std::atomic<int> looks_{0};
  RocksDbOptions options_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(RocksDbRecoveryTest, SyncsWhenToldTo) {
  ASSERT_TRUE(Put(0, "1").ok());
  const int before = faults_.syncs;
  ASSERT_TRUE(Put(1, "2", Durability::kBuffered).ok());
  EXPECT_EQ(faults_.syncs, before);
  ASSERT_TRUE(Put(2, "3", Durability::kSynced).ok());
  EXPECT_EQ(faults_.syncs, before + 1);
  ASSERT_TRUE(Put(3, "4", Durability::kBuffered).ok());
  ASSERT_TRUE(engine_->Sync().ok());
  EXPECT_EQ(faults_.syncs, before + 2);
}

TEST_F(RocksDbRecoveryTest, ANearlyFullDiskIsRefusedWhileReadsGoOn) {
  ASSERT_TRUE(Put(0, "1").ok());
  free_ = options_.free_space_reserve_bytes + 100;
  // The next look is due after a second or 4 MiB; the second half of this sum is refused.
  const std::string big(5 << 20, 'b');
  const absl::Status refusal = Put(1, big);
  EXPECT_TRUE(absl::IsResourceExhausted(refusal)) << refusal;
  EXPECT_TRUE(absl::IsResourceExhausted(Put(1, "small")));
  EXPECT_TRUE(absl::IsResourceExhausted(engine_->Sync()));
  EXPECT_THAT(Value(), Optional(std::string("1")));
  free_ = options_.free_space_reserve_bytes - 1;
  EXPECT_TRUE(absl::IsResourceExhausted(engine_->Recover()));
  EXPECT_THAT(Value(), Optional(std::string("1")));
  const auto held = Take();  // nothing was written, so nothing is opened again
  free_ = kPlenty;
  ASSERT_TRUE(engine_->Recover().ok());
  EXPECT_EQ(Take()->head(), 1u);
  EXPECT_TRUE(Put(1, big).ok());
  EXPECT_THAT(*held->Get(Keyspace::kLog, "row", Patience::kMayWait), Optional(std::string("1")));
}

TEST_F(RocksDbRecoveryTest, LooksAtTheDiskNowAndThen) {
  ASSERT_TRUE(Put(0, "1").ok());
  const int before = looks_;
  for (uint64_t head = 1; head < 100; ++head)
    ASSERT_TRUE(Put(head, "x", Durability::kBuffered).ok());
  EXPECT_LE(looks_ - before, 5);
  ASSERT_TRUE(Put(100, std::string(5 << 20, 'b')).ok());
  EXPECT_GT(looks_, before);
}

TEST_F(RocksDbRecoveryTest, AFullDiskLeavesTheHeadOfBefore) {
  ASSERT_TRUE(Put(0, "1").ok());
  faults_.appends_fail = true;
  const absl::Status full = Put(1, "2");
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  EXPECT_TRUE(absl::IsResourceExhausted(Put(1, "3")));
  EXPECT_EQ(Take()->head(), 1u);
  EXPECT_THAT(Value(), Optional(std::string("1")));
  free_ = 0;
  EXPECT_TRUE(absl::IsResourceExhausted(engine_->Recover()));
  EXPECT_THAT(Value(), Optional(std::string("1")));
  faults_.appends_fail = false;
  free_ = kPlenty;
  const absl::Status recovered = engine_->Recover();
  ASSERT_TRUE(recovered.ok()) << recovered;
  EXPECT_EQ(Take()->head(), 1u);
  ASSERT_TRUE(Put(1, "4").ok());
  EXPECT_THAT(Value(), Optional(std::string("4")));
}

TEST_F(RocksDbRecoveryTest, AFailedSyncMayHaveLanded) {
  ASSERT_TRUE(Put(0, "1").ok());
  faults_.syncs_fail = true;
  const absl::Status failed = Put(1, "2");
  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  EXPECT_EQ(Take()->head(), 1u);  // not shown as long as it is not known
  EXPECT_THAT(Value(), Optional(std::string("1")));
  EXPECT_TRUE(absl::IsUnavailable(Put(1, "3")));
  faults_.syncs_fail = false;
  ASSERT_TRUE(engine_->Recover().ok());
  EXPECT_EQ(Take()->head(), 2u);  // its bytes had reached the file
  EXPECT_THAT(Value(), Optional(std::string("2")));
  ASSERT_TRUE(Put(2, "3").ok());
  engine_.reset();
  SetUp();
  EXPECT_EQ(Take()->head(), 3u);
  EXPECT_THAT(Value(), Optional(std::string("3")));
}

TEST_F(RocksDbRecoveryTest, RecoveryWaitsForSnapshotsAndCanBeTriedAgain) {
  ASSERT_TRUE(Put(0, "1").ok());
  auto held = Take();
  faults_.appends_fail = true;
  EXPECT_FALSE(Put(1, "2").ok());
  faults_.appends_fail = false;
  const absl::Status waiting = engine_->Recover();
  EXPECT_TRUE(absl::IsUnavailable(waiting)) << waiting;
  EXPECT_THAT(Value(), Optional(std::string("1")));  // as before the attempt
  EXPECT_FALSE(Put(1, "2").ok());
  std::thread reader([&] {
    EXPECT_THAT(*held->Get(Keyspace::kLog, "row", Patience::kMayWait), Optional(std::string("1")));
    held.reset();
  });
  reader.join();
  ASSERT_TRUE(engine_->Recover().ok());
  ASSERT_TRUE(Put(1, "2").ok());
  EXPECT_THAT(Value(), Optional(std::string("2")));
}

TEST_F(RocksDbRecoveryTest, ReadersBesideARecoverySeeAStateOrUnavailable) {
  ASSERT_TRUE(Put(0, "1").ok());
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      const auto snapshot = engine_->TakeSnapshot();
      if (!snapshot.ok()) {
        EXPECT_TRUE(absl::IsUnavailable(snapshot.status()));
        continue;
      }
      const auto value = (*snapshot)->Get(Keyspace::kLog, "row", Patience::kMayWait);
      EXPECT_TRUE(value.ok() && value->has_value());
    }
  });
  for (uint64_t head = 1; head < 6; ++head) {
    faults_.appends_fail = true;
    EXPECT_FALSE(Put(head, "lost").ok());
    faults_.appends_fail = false;
    absl::Status recovered = engine_->Recover();
    while (absl::IsUnavailable(recovered)) recovered = engine_->Recover();
    ASSERT_TRUE(recovered.ok()) << recovered;
    ASSERT_TRUE(Put(head, "kept").ok());
  }
  done = true;
  reader.join();
  EXPECT_EQ(Take()->head(), 6u);
}

TEST_F(RocksDbRecoveryTest, AnOpeningThatFailsCanBeTriedAgain) {
  ASSERT_TRUE(Put(0, "1").ok());
  faults_.appends_fail = true;
  EXPECT_FALSE(Put(1, "2").ok());
  faults_.appends_fail = false;
  const std::string current = options_.directory + "/CURRENT";
  std::filesystem::rename(current, current + ".aside");
  EXPECT_FALSE(engine_->Recover().ok());
  EXPECT_TRUE(absl::IsUnavailable(engine_->TakeSnapshot().status()));
  EXPECT_FALSE(engine_->Checkpoint(scratch_.path("checkpoint")).ok());
  EXPECT_EQ(engine_->usage().disk_bytes, 0u);
  EXPECT_FALSE(Put(1, "2").ok());
  std::filesystem::rename(current + ".aside", current);
  ASSERT_TRUE(engine_->Recover().ok());
  EXPECT_EQ(Take()->head(), 1u);
  EXPECT_THAT(Value(), Optional(std::string("1")));
}

}  // namespace
}  // namespace headwater::kv::testing
