// What every engine must do alike: commits, heads, durability, and readers beside the writer.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "kv/conformance.h"

namespace headwater::kv::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;
using ::testing::SizeIs;

class ConformanceCommit : public Conformance {};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceCommit, ::testing::ValuesIn(AllEngineKinds()),
                         [](const auto& engine) { return engine.param.name; });

TEST_P(ConformanceCommit, TheLastChangeOfARowWins) {
  Batch batch;
  batch.Put(Keyspace::kNames, "put then deleted", "1");
  batch.Delete(Keyspace::kNames, "put then deleted");
  batch.Delete(Keyspace::kNames, "deleted then put");
  batch.Put(Keyspace::kNames, "deleted then put", "2");
  batch.Put(Keyspace::kNames, "put twice", "3");
  batch.Put(Keyspace::kNames, "put twice", "4");
  MustCommit(batch);
  EXPECT_THAT(Scan(*Take(), Keyspace::kNames, "", "\xff"),
              ElementsAre(Pair("deleted then put", "2"), Pair("put twice", "4")));
}

TEST_P(ConformanceCommit, DeletingWhatIsNotThereIsNoError) {
  MustDelete(Keyspace::kNames, "nobody");
  EXPECT_EQ(Head(), 1u);
}

TEST_P(ConformanceCommit, AnEmptyBatchMovesTheHead) {
  ASSERT_TRUE(engine().Commit(Batch(), 0, 7, Durability::kSynced).ok());
  EXPECT_EQ(Head(), 7u);
  ASSERT_TRUE(engine().Commit(Batch(), 7, 7, Durability::kSynced).ok());
  Reopen();
  EXPECT_EQ(Head(), 7u);
}

TEST_P(ConformanceCommit, AnotherHeadIsRefused) {
  MustPut(Keyspace::kNames, "a", "1");
  Batch batch;
  batch.Put(Keyspace::kNames, "a", "2");
  for (const uint64_t expected : {uint64_t{0}, uint64_t{2}, ~uint64_t{0}}) {
    const absl::Status status = engine().Commit(batch, expected, ~uint64_t{0}, Durability::kSynced);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  }
  EXPECT_EQ(Head(), 1u);
  EXPECT_THAT(Get(*Take(), Keyspace::kNames, "a"), Optional(std::string("1")));
  EXPECT_TRUE(engine().Commit(batch, 1, ~uint64_t{0}, Durability::kSynced).ok());
  Reopen();
  EXPECT_EQ(Head(), ~uint64_t{0});
}

TEST_P(ConformanceCommit, TheHeadNeverGoesBack) {
  ASSERT_TRUE(engine().Commit(Batch(), 0, 5, Durability::kSynced).ok());
  const absl::Status status = engine().Commit(Batch(), 5, 4, Durability::kSynced);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(Head(), 5u);
}

TEST_P(ConformanceCommit, TheRowOfTheHeadIsTheEngines) {
  for (const bool put : {true, false}) {
    Batch batch;
    batch.Put(Keyspace::kMeta, "other", "1");
    if (put) {
      batch.Put(Keyspace::kMeta, kHeadKey, "12345678");
    } else {
      batch.Delete(Keyspace::kMeta, kHeadKey);
    }
    const absl::Status status = engine().Commit(batch, 0, 1, Durability::kSynced);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  }
  EXPECT_EQ(Head(), 0u);
  EXPECT_EQ(Get(*Take(), Keyspace::kMeta, "other"), std::nullopt);
  Batch elsewhere;  // the same key in another keyspace is a row like any other
  elsewhere.Put(Keyspace::kRequests, kHeadKey, "fine");
  MustCommit(elsewhere);
  EXPECT_THAT(Get(*Take(), Keyspace::kMeta, kHeadKey),
              Optional(std::string("\0\0\0\0\0\0\0\1", 8)));
}

TEST_P(ConformanceCommit, WhatWasCommittedIsThereAfterReopening) {
  Batch buffered;
  buffered.Put(Keyspace::kLog, "buffered", "1");
  MustCommit(buffered, Durability::kBuffered);
  EXPECT_EQ(Head(), 1u);
  ASSERT_TRUE(engine().Sync().ok());
  MustPut(Keyspace::kBlobs, "synced", "2");
  Reopen();
  EXPECT_EQ(Head(), 2u);
  EXPECT_THAT(Get(*Take(), Keyspace::kLog, "buffered"), Optional(std::string("1")));
  EXPECT_THAT(Get(*Take(), Keyspace::kBlobs, "synced"), Optional(std::string("2")));
  MustDelete(Keyspace::kBlobs, "synced");
  Reopen();
  Reopen();
  EXPECT_EQ(Head(), 3u);
  EXPECT_EQ(Get(*Take(), Keyspace::kBlobs, "synced"), std::nullopt);
}

TEST_P(ConformanceCommit, RecoverWithoutAFailureDoesNothing) {
  MustPut(Keyspace::kNames, "a", "1");
  const auto before = Take();
  EXPECT_TRUE(engine().Recover().ok());
  EXPECT_THAT(Get(*before, Keyspace::kNames, "a"), Optional(std::string("1")));
  MustPut(Keyspace::kNames, "a", "2");
  EXPECT_EQ(Head(), 2u);
  EXPECT_TRUE(engine().Sync().ok());
}

TEST_P(ConformanceCommit, ACheckpointIsAStoreOfItsOwn) {
  const std::string directory = scratch().path("checkpoint");
  MustPut(Keyspace::kNames, "a", "1");
  MustPut(Keyspace::kBlobs, "b", std::string(100'000, 'b'));
  if (!engine().features().checkpoints) {
    EXPECT_EQ(engine().Checkpoint(directory).code(), absl::StatusCode::kUnimplemented);
    return;
  }
  const absl::Status status = engine().Checkpoint(directory);
  ASSERT_TRUE(status.ok()) << status;
  MustPut(Keyspace::kNames, "a", "2");
  EXPECT_EQ(engine().Checkpoint(directory).code(), absl::StatusCode::kAlreadyExists);
  const auto copy = OpenAt(directory);
  ASSERT_NE(copy, nullptr);
  {
    const auto snapshot = copy->TakeSnapshot();
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ((*snapshot)->head(), 2u);
    EXPECT_THAT(Get(**snapshot, Keyspace::kNames, "a"), Optional(std::string("1")));
    EXPECT_THAT(Get(**snapshot, Keyspace::kBlobs, "b"), Optional(SizeIs(100'000)));
  }
  Batch batch;
  batch.Put(Keyspace::kNames, "c", "3");
  EXPECT_TRUE(copy->Commit(batch, 2, 3, Durability::kSynced).ok());
  EXPECT_EQ(Get(*Take(), Keyspace::kNames, "c"), std::nullopt);
}

// Every batch writes the same number to rows in several keyspaces and removes the rows of the one
// before, so a snapshot that tears a batch shows two numbers or a row too many.
TEST_P(ConformanceCommit, ReadersBesideTheWriterSeeWholeCommits) {
  constexpr int kCommits = 300;
  std::atomic<bool> done{false};
  std::atomic<int> looks{0};
  const auto reader = [&] {
    uint64_t last_head = 0;
    do {
      const auto snapshot = Take();
      EXPECT_GE(snapshot->head(), last_head);
      last_head = snapshot->head();
      if (last_head == 0) continue;
      const std::string number = absl::StrCat(last_head);
      EXPECT_THAT(Get(*snapshot, Keyspace::kLog, "n"), Optional(number));
      EXPECT_THAT(Get(*snapshot, Keyspace::kNames, "a name, n"), Optional(number));
      EXPECT_THAT(Scan(*snapshot, Keyspace::kIndexes, "", "\xff"),
                  ElementsAre(Pair(absl::StrCat("a", number), number),
                              Pair(absl::StrCat("z", number), number)));
      ++looks;
    } while (!done);
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(reader);
  for (int i = 1; i <= kCommits; ++i) {
    const std::string number = absl::StrCat(i);
    Batch batch;
    batch.Put(Keyspace::kLog, "n", number);
    batch.Put(Keyspace::kNames, "a name, n", number);
    for (const char* end : {"a", "z"}) {
      batch.Delete(Keyspace::kIndexes, absl::StrCat(end, i - 1));
      batch.Put(Keyspace::kIndexes, absl::StrCat(end, i), number);
    }
    MustCommit(batch, i % 10 == 0 ? Durability::kSynced : Durability::kBuffered);
  }
  while (looks < 10) std::this_thread::yield();
  done = true;
  for (std::thread& thread : readers) thread.join();
  EXPECT_EQ(Head(), static_cast<uint64_t>(kCommits));
}

TEST_P(ConformanceCommit, SnapshotsMayBeReleasedByAnyThread) {
  MustPut(Keyspace::kLog, "a", "1");
  auto snapshot = Take();
  MustPut(Keyspace::kLog, "a", "2");
  std::thread([held = std::move(snapshot)] {
    EXPECT_THAT(Get(*held, Keyspace::kLog, "a"), Optional(std::string("1")));
  }).join();
}

TEST(WouldBlockTest, IsKnownFromEveryOtherStatus) {
  EXPECT_TRUE(IsWouldBlock(WouldBlock()));
  EXPECT_FALSE(IsWouldBlock(absl::OkStatus()));
  EXPECT_FALSE(IsWouldBlock(absl::UnavailableError(WouldBlock().message())));
  EXPECT_FALSE(IsWouldBlock(absl::DataLossError("")));
}

TEST(BatchTest, GivesBackWhatWasPutIn) {
  Batch batch;
  EXPECT_TRUE(batch.empty());
  for (int i = 0; i < 1000; ++i) {
    batch.Put(Keyspace::kLog, absl::StrCat("key", i), std::string(i, 'v'));
    batch.Delete(Keyspace::kBlobs, absl::StrCat("gone", i));
  }
  ASSERT_EQ(batch.size(), 2000u);
  for (int i = 0; i < 1000; ++i) {
    const Batch::Change put = batch[2 * i];
    EXPECT_TRUE(put.is_put);
    EXPECT_EQ(put.keyspace, Keyspace::kLog);
    EXPECT_EQ(put.key, absl::StrCat("key", i));
    EXPECT_EQ(put.value, std::string(i, 'v'));
    const Batch::Change deletion = batch[2 * i + 1];
    EXPECT_FALSE(deletion.is_put);
    EXPECT_EQ(deletion.key, absl::StrCat("gone", i));
    EXPECT_EQ(deletion.value, "");
  }
  const Batch copy = batch;
  batch.Clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.bytes(), 0u);
  EXPECT_EQ(copy[2].key, "key1");
}

}  // namespace
}  // namespace headwater::kv::testing
