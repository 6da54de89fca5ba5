// What the RocksDB engine does beyond the conformance suite: memory bounds, reads that may not
// wait, the directory. (Failed writes and full disks: rocksdb_recovery_test.cc.)
#include "kv/rocksdb_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "kv/conformance.h"
#include "kv/directory_lock.h"
#include "kv/foreign_keyspace.h"
#include "kv/head.h"

namespace headwater::kv::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Optional;

constexpr int kRows = 2000;

std::string Name(int i) { return absl::StrCat("claims/number-", i); }
std::string Version(uint64_t sequence) { return EncodeHead(~sequence); }
std::string Value(int i) { return absl::StrCat(i, std::string(300 + i % 7, 'v')); }

class RocksDbEngineTest : public ::testing::Test {
 protected:
  RocksDbEngineTest() { options_.directory = scratch_.path("store"); }

  absl::StatusOr<std::unique_ptr<Engine>> Open() { return OpenRocksDb(options_); }
  std::unique_ptr<Engine> MustOpen() {
    auto engine = Open();
    EXPECT_TRUE(engine.ok()) << engine.status();
    return *std::move(engine);
  }
  // Rows in the log, of names, and a text, all in files.
  void Fill() {
    {
      const auto engine = MustOpen();
      Batch batch;
      for (int i = 0; i < kRows; ++i) {
        batch.Put(Keyspace::kLog, EncodeHead(i), Value(i));
        batch.Put(Keyspace::kNames, Name(i) + Version(i), Value(i));
      }
      batch.Put(Keyspace::kBlobs, "text", std::string(50'000, 't'));
      ASSERT_TRUE(engine->Commit(batch, 0, kRows, Durability::kSynced).ok());
    }
    MustOpen();  // an opening moves what the log held to files
  }
  std::vector<std::filesystem::path> Files(const std::string& extension) {
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(options_.directory)) {
      if (file.path().extension() == extension) files.push_back(file.path());
    }
    return files;
  }

  ScratchDirectory scratch_;
  RocksDbOptions options_;
};

TEST_F(RocksDbEngineTest, ASecondEngineIsRefused) {
  auto first = MustOpen();
  const absl::Status refusal = Open().status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refusal)) << refusal;
  EXPECT_THAT(std::string(refusal.message()),
              AllOf(HasSubstr("in use by another headwaterd"), HasSubstr(options_.directory),
                    HasSubstr(absl::StrCat("process ", getpid()))));
  options_.read_only = true;
  EXPECT_TRUE(absl::IsFailedPrecondition(Open().status()));
  options_.read_only = false;
  EXPECT_TRUE((*first->TakeSnapshot())->Get(Keyspace::kLog, "a", Patience::kMayWait).ok());
  first.reset();
  EXPECT_TRUE(Open().ok());
}

TEST_F(RocksDbEngineTest, AnotherProcessIsRefused) {
  const auto engine = MustOpen();
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = DirectoryLock::Take(options_.directory, DirectoryLock::Mode::kExclusive);
    _exit(absl::IsFailedPrecondition(lock.status()) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(RocksDbEngineTest, ColdReadsThatMayNotWaitReadNothing) {
  Fill();
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  const uint64_t before = engine->BlocksReadByThisThread();
  const auto read = [&](Patience patience) {
    const std::vector<std::string> keys = {EncodeHead(5), EncodeHead(6)};
    const auto cursor =
        snapshot->Range(Keyspace::kNames, Name(7), Name(7) + std::string(9, '\xff'), patience);
    return std::vector<absl::Status>{
        snapshot->Get(Keyspace::kLog, EncodeHead(5), patience).status(),
        snapshot->MultiGet(Keyspace::kLog, keys, patience).status(),
        snapshot->Version(Keyspace::kNames, Name(7), Version(kRows), patience).status(),
        snapshot->Version(Keyspace::kNames, Name(7), std::string(8, '\0'), patience).status(),
        cursor->status(),
        snapshot->Get(Keyspace::kBlobs, "text", patience).status(),
    };
  };
  for (const absl::Status& status : read(Patience::kCacheOnly)) {
    EXPECT_TRUE(IsWouldBlock(status)) << status;
  }
  EXPECT_EQ(engine->BlocksReadByThisThread(), before);
  for (const absl::Status& status : read(Patience::kMayWait)) EXPECT_TRUE(status.ok()) << status;
  const uint64_t after = engine->BlocksReadByThisThread();
  EXPECT_GT(after, before);
  for (const absl::Status& status : read(Patience::kCacheOnly)) EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(engine->BlocksReadByThisThread(), after);
}

TEST_F(RocksDbEngineTest, AFileThatIsNotOpenIsNoEmptyValue) {
  constexpr Keyspace kAll[] = {Keyspace::kLog,     Keyspace::kNames,    Keyspace::kEdges,
                               Keyspace::kIndexes, Keyspace::kRequests, Keyspace::kBlobs};
  {
    const auto engine = MustOpen();
    Batch batch;
    for (Keyspace keyspace : kAll) batch.Put(keyspace, "row", "value");
    ASSERT_TRUE(engine->Commit(batch, 0, 1, Durability::kSynced).ok());
  }
  MustOpen();                    // an opening moves what the log held to files
  options_.max_open_files = 20;  // RocksDB's least, of which a start opens two
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  int refused = 0;
  for (Keyspace keyspace : kAll) {
    const auto one = snapshot->Get(keyspace, "row", Patience::kCacheOnly);
    const auto many = snapshot->MultiGet(keyspace, {"row"}, Patience::kCacheOnly);
    refused += IsWouldBlock(one.status()) && IsWouldBlock(many.status()) ? 1 : 0;
    if (one.ok()) {
      EXPECT_THAT(*one, Optional(std::string("value")));
    }
    if (many.ok()) {
      EXPECT_THAT(many->front(), Optional(std::string("value")));
    }
    EXPECT_THAT(*snapshot->Get(keyspace, "row", Patience::kMayWait),
                Optional(std::string("value")));
  }
  EXPECT_GT(refused, 0);
}

TEST_F(RocksDbEngineTest, BlocksAreCountedByThread) {
  Fill();
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  const uint64_t before = engine->BlocksReadByThisThread();
  std::thread([&] {
    const uint64_t start = engine->BlocksReadByThisThread();
    EXPECT_TRUE(snapshot->Get(Keyspace::kLog, EncodeHead(9), Patience::kMayWait).ok());
    EXPECT_GT(engine->BlocksReadByThisThread(), start);
  }).join();
  EXPECT_EQ(engine->BlocksReadByThisThread(), before);
}

TEST_F(RocksDbEngineTest, WhatWasJustWrittenIsReadWithoutWaiting) {
  Fill();
  const auto engine = MustOpen();
  Batch batch;
  batch.Put(Keyspace::kLog, "new", "1");
  ASSERT_TRUE(engine->Commit(batch, kRows, kRows + 1, Durability::kBuffered).ok());
  const auto value = (*engine->TakeSnapshot())->Get(Keyspace::kLog, "new", Patience::kCacheOnly);
  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_THAT(*value, Optional(std::string("1")));
}

TEST_F(RocksDbEngineTest, AnswersAreCompleteWithHardlyAnyCache) {
  options_.block_cache_bytes = 4096;
  Fill();
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  int count = 0;
  const auto cursor = snapshot->Range(Keyspace::kLog, "", "\xff", Patience::kMayWait);
  for (; cursor->Valid(); cursor->Next(), ++count) EXPECT_EQ(cursor->value(), Value(count));
  EXPECT_TRUE(cursor->status().ok()) << cursor->status();
  EXPECT_EQ(count, kRows);
  for (int i = 0; i < kRows; i += 13) {
    const auto value = snapshot->Get(Keyspace::kLog, EncodeHead(i), Patience::kMayWait);
    ASSERT_TRUE(value.ok()) << value.status();
    EXPECT_THAT(*value, Optional(Value(i)));
    const auto row =
        snapshot->Version(Keyspace::kNames, Name(i), Version(kRows), Patience::kMayWait);
    ASSERT_TRUE(row.ok()) << row.status();
    ASSERT_TRUE(row->has_value());
    EXPECT_EQ((*row)->value, Value(i));
  }
  EXPECT_LT(engine->usage().block_cache_bytes, uint64_t{1} << 20);
}

// A row that was read by point stays when its block goes, and whatever is committed beside it.
TEST_F(RocksDbEngineTest, ARowOutlastsItsBlock) {
  options_.block_cache_bytes = 256 << 10;  // the rows of the log do not fit
  Fill();
  const auto engine = MustOpen();
  const auto get = [&](int i, Patience patience) {
    return (*engine->TakeSnapshot())->Get(Keyspace::kLog, EncodeHead(i), patience);
  };
  ASSERT_TRUE(get(5, Patience::kMayWait).ok());
  for (int i = kRows; i < kRows + 3; ++i) {
    Batch batch;
    batch.Put(Keyspace::kLog, EncodeHead(i), Value(i));
    ASSERT_TRUE(engine->Commit(batch, i, i + 1, Durability::kBuffered).ok());
    const auto snapshot = *engine->TakeSnapshot();
    const auto cursor =
        snapshot->Range(Keyspace::kLog, EncodeHead(kRows / 2), "\xff", Patience::kMayWait);
    while (cursor->Valid()) cursor->Next();
    EXPECT_TRUE(IsWouldBlock(get(6, Patience::kCacheOnly).status()));  // of the same block
    const auto row = get(5, Patience::kCacheOnly);
    ASSERT_TRUE(row.ok()) << row.status();
    EXPECT_THAT(*row, Optional(Value(5)));
  }
}

// Of a row that changes from file to file, each snapshot goes on showing its own.
TEST_F(RocksDbEngineTest, ARowThatIsRememberedIsThatOfTheSnapshot) {
  Fill();
  uint64_t head = kRows;
  const auto change = [&](Engine& engine, const std::string& value) {
    Batch batch;
    if (value.empty()) {
      batch.Delete(Keyspace::kLog, EncodeHead(5));
    } else {
      batch.Put(Keyspace::kLog, EncodeHead(5), value);
    }
    ASSERT_TRUE(engine.Commit(batch, head, head + 1, Durability::kSynced).ok());
    ++head;
  };
  for (const std::string value : {"one", "", "two", "three", ""}) {
    {
      const auto engine = MustOpen();  // what was committed before stands in a file of its own
      const auto before = *engine->TakeSnapshot();
      const auto seen = before->Get(Keyspace::kLog, EncodeHead(5), Patience::kMayWait);
      ASSERT_TRUE(seen.ok()) << seen.status();
      change(*engine, value);
      for (int again = 0; again < 3; ++again) {
        const auto now =
            (*engine->TakeSnapshot())->Get(Keyspace::kLog, EncodeHead(5), Patience::kMayWait);
        ASSERT_TRUE(now.ok()) << now.status();
        EXPECT_EQ(now->value_or(""), value);
        EXPECT_EQ(*before->Get(Keyspace::kLog, EncodeHead(5), Patience::kMayWait), *seen);
      }
    }
    const auto engine = MustOpen();
    for (const Patience patience : {Patience::kMayWait, Patience::kCacheOnly}) {
      const auto now = (*engine->TakeSnapshot())->Get(Keyspace::kLog, EncodeHead(5), patience);
      ASSERT_TRUE(now.ok()) << now.status();
      EXPECT_EQ(now->value_or(""), value);
    }
  }
}

TEST_F(RocksDbEngineTest, AnAbsentNameCostsNoRows) {
  Fill();
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  const auto absent = [&](int i) {
    const auto row =
        snapshot->Version(Keyspace::kNames, Name(i) + "-not", Version(kRows), Patience::kMayWait);
    EXPECT_TRUE(row.ok() && !row->has_value());
  };
  const uint64_t before = engine->BlocksReadByThisThread();
  for (int i = 0; i < kRows; ++i) absent(i);
  // Partitions of the filter and few rows for its false answers; unfiltered, it would be every
  // block of the names.
  const uint64_t all_blocks = kRows * 330 / 4096;
  EXPECT_LT(engine->BlocksReadByThisThread() - before, all_blocks / 2);
}

TEST_F(RocksDbEngineTest, UsageTellsWhatIsThere) {
  Fill();
  const auto engine = MustOpen();
  EXPECT_GT(engine->usage().disk_bytes, 50'000u);
  Batch batch;
  batch.Put(Keyspace::kLog, "a", std::string(100'000, 'a'));
  const uint64_t before = engine->usage().memtable_bytes;
  ASSERT_TRUE(engine->Commit(batch, kRows, kRows + 1, Durability::kBuffered).ok());
  EXPECT_GE(engine->usage().memtable_bytes, before + 100'000);
}

TEST_F(RocksDbEngineTest, ADamagedFileIsDataLoss) {
  Fill();
  for (const auto& path : Files(".sst")) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);  // in the first block of rows
    file.write("damage damage damage", 20);
  }
  const auto engine = MustOpen();
  const auto snapshot = *engine->TakeSnapshot();
  const auto value = snapshot->Get(Keyspace::kLog, EncodeHead(0), Patience::kMayWait);
  EXPECT_TRUE(absl::IsDataLoss(value.status())) << value.status();
  const auto cursor = snapshot->Range(Keyspace::kNames, "", "\xff", Patience::kMayWait);
  while (cursor->Valid()) cursor->Next();
  EXPECT_TRUE(absl::IsDataLoss(cursor->status())) << cursor->status();
}

TEST_F(RocksDbEngineTest, MissingFilesAreDataLoss) {
  Fill();
  const auto tables = Files(".sst");
  ASSERT_FALSE(tables.empty());
  const std::string aside = scratch_.path("aside");
  std::filesystem::rename(tables[0], aside);
  EXPECT_TRUE(absl::IsDataLoss(Open().status())) << Open().status();
  std::filesystem::rename(aside, tables[0]);
  std::filesystem::rename(options_.directory + "/CURRENT", aside);
  EXPECT_TRUE(absl::IsDataLoss(Open().status())) << Open().status();
  std::filesystem::rename(aside, options_.directory + "/CURRENT");
  EXPECT_EQ((*MustOpen()->TakeSnapshot())->head(), static_cast<uint64_t>(kRows));
}

TEST_F(RocksDbEngineTest, AnUnknownKeyspaceIsRefused) {
  Fill();
  ASSERT_TRUE(AddForeignKeyspace(options_.directory, "vectors").ok());
  const absl::Status refusal = Open().status();
  EXPECT_TRUE(absl::IsUnimplemented(refusal)) << refusal;
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("\"vectors\""));
}

TEST_F(RocksDbEngineTest, ARowIsReadAgainAndAgain) {
  Fill();
  for (const bool read_only : {true, false}) {
    options_.read_only = read_only;
    const auto engine = MustOpen();
    const auto snapshot = *engine->TakeSnapshot();
    const auto cursor = snapshot->Range(Keyspace::kLog, "", "\xff", Patience::kMayWait);
    ASSERT_TRUE(cursor->Valid());
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(*snapshot->Get(Keyspace::kLog, cursor->key(), Patience::kMayWait), cursor->value())
          << (read_only ? "for reading alone, " : "") << i;
    }
  }
}

// A store of a version that knew fewer.
TEST_F(RocksDbEngineTest, AMissingKeyspaceIsMadeOrReadAsEmpty) {
  Fill();
  ASSERT_TRUE(RemoveKeyspace(options_.directory, "standings").ok());
  const auto is_empty = [](Engine& engine) {
    const auto snapshot = *engine.TakeSnapshot();
    EXPECT_EQ(snapshot->head(), static_cast<uint64_t>(kRows));
    const auto cursor = snapshot->Range(Keyspace::kStandings, "", "\xff", Patience::kMayWait);
    EXPECT_TRUE(cursor->status().ok()) << cursor->status();
    return !cursor->Valid() &&
           !snapshot->Get(Keyspace::kStandings, "x", Patience::kMayWait)->has_value();
  };
  options_.read_only = true;
  EXPECT_TRUE(is_empty(*MustOpen()));
  options_.read_only = false;
  const auto engine = MustOpen();
  EXPECT_TRUE(is_empty(*engine));
  Batch batch;
  batch.Put(Keyspace::kStandings, "x", "y");
  EXPECT_TRUE(engine->Commit(batch, kRows, kRows, Durability::kSynced).ok());
  EXPECT_FALSE(is_empty(*engine));
}

TEST_F(RocksDbEngineTest, AMissingStoreIsMadeOnlyWhenTold) {
  options_.create_if_missing = false;
  EXPECT_TRUE(absl::IsNotFound(Open().status())) << Open().status();
  EXPECT_FALSE(std::filesystem::exists(options_.directory));
  std::filesystem::create_directories(options_.directory);
  EXPECT_TRUE(absl::IsNotFound(Open().status())) << Open().status();
  options_.create_if_missing = true;
  options_.directory = scratch_.path("deep/er/store");
  EXPECT_TRUE(Open().ok());
}

TEST_F(RocksDbEngineTest, ReadOnlyReadsAndChangesNothing) {
  options_.read_only = true;
  EXPECT_TRUE(absl::IsNotFound(Open().status())) << Open().status();
  options_.read_only = false;
  Fill();
  {
    Batch batch;  // stays in the log
    batch.Put(Keyspace::kLog, "last", "1");
    ASSERT_TRUE(MustOpen()->Commit(batch, kRows, kRows + 1, Durability::kSynced).ok());
  }
  options_.read_only = true;
  const auto engine = MustOpen();
  const auto other = MustOpen();  // two may look at once
  const auto snapshot = *engine->TakeSnapshot();
  EXPECT_EQ(snapshot->head(), static_cast<uint64_t>(kRows) + 1);
  EXPECT_THAT(*snapshot->Get(Keyspace::kLog, "last", Patience::kMayWait),
              Optional(std::string("1")));
  const auto row = snapshot->Version(Keyspace::kNames, Name(3), Version(9), Patience::kMayWait);
  EXPECT_EQ(row.value().value().value, Value(3));
  EXPECT_TRUE(absl::IsFailedPrecondition(
      engine->Commit(Batch(), kRows + 1, kRows + 2, Durability::kSynced)));
  options_.read_only = false;
  EXPECT_TRUE(absl::IsFailedPrecondition(Open().status()));
}

}  // namespace
}  // namespace headwater::kv::testing
