#include "database/view.h"

#include <gmock/gmock.h>

#include <future>

#include "gtest/gtest.h"
#include "keys/register.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"
#include "records/change.h"

namespace headwater::database {
namespace {

using kv::Patience;
using ::testing::HasSubstr;

class ViewTest : public ::testing::Test {
 protected:
  // Commits a request of `changes` changes at a time in seconds. As the committer does it.
  void Commit(int changes, int64_t seconds) {
    const int64_t micros = views_.BeginCommit(seconds * 1'000'000);
    const uint64_t first = head_ + 1;
    const uint64_t last = head_ + static_cast<uint64_t>(changes);
    kv::Batch batch;
    for (uint64_t sequence = first; sequence <= last; ++sequence) {
      records::Change change;
      change.name = keys::Name{keys::Kind::kSource, "", std::to_string(sequence)};
      change.operation = v1::OPERATION_CREATE;
      change.salt = change.digest = std::string(32, 's');
      records::Fill(change, {sequence, first, last, micros, ""}, &batch);
    }
    ASSERT_TRUE(engine_.Commit(batch, head_, last, kv::Durability::kSynced).ok());
    head_ = last;
    views_.EndCommit();
  }

  // The sequence that is read at, or the error's code.
  std::string At(const std::function<void(v1::ReadOptions*)>& set) {
    v1::ReadOptions options;
    set(&options);
    const auto point = Resolve(options, &views_, &clock_, Patience::kMayWait);
    if (!point.ok()) return absl::StatusCodeToString(point.status().code());
    EXPECT_EQ(point->view.head, head_);
    return std::to_string(point->sequence) + (point->latest() ? "!" : "");
  }
  std::string AtSequence(int64_t sequence) {
    return At([&](v1::ReadOptions* options) { options->set_sequence(sequence); });
  }
  std::string AtLeast(int64_t sequence) {
    return At([&](v1::ReadOptions* options) { options->set_min_sequence(sequence); });
  }
  std::string AtTime(int64_t seconds, int32_t nanos = 0) {
    return At([&](v1::ReadOptions* options) {
      options->mutable_time()->set_seconds(seconds);
      options->mutable_time()->set_nanos(nanos);
    });
  }

  kv::FaultEngine engine_{kv::NewMemoryEngine()};
  Views views_{&engine_, 0};
  ManualClock clock_{absl::FromUnixSeconds(1000)};
  uint64_t head_ = 0;
};

TEST_F(ViewTest, OfAnEmptyStore) {
  EXPECT_EQ(At([](v1::ReadOptions*) {}), "0!");
  EXPECT_EQ(AtSequence(0), "0!");
  EXPECT_EQ(AtSequence(1), "OUT_OF_RANGE");
  EXPECT_EQ(AtLeast(0), "0!");
  EXPECT_EQ(AtLeast(1), "UNAVAILABLE");
  EXPECT_EQ(AtTime(500), "0!");
  EXPECT_EQ(AtTime(-62135596800), "0!");
}

TEST_F(ViewTest, ASequenceInsideARequestIsRoundedDownToTheOneBefore) {
  Commit(1, 10);
  Commit(3, 20);
  Commit(2, 30);
  EXPECT_EQ(AtSequence(0), "0");
  EXPECT_EQ(AtSequence(1), "1");
  EXPECT_EQ(AtSequence(2), "1");
  EXPECT_EQ(AtSequence(3), "1");
  EXPECT_EQ(AtSequence(4), "4");
  EXPECT_EQ(AtSequence(5), "4");
  EXPECT_EQ(AtSequence(6), "6!");
  EXPECT_EQ(AtSequence(7), "OUT_OF_RANGE");
  EXPECT_EQ(AtSequence(-1), "INVALID_ARGUMENT");
  EXPECT_EQ(AtSequence(INT64_MAX), "OUT_OF_RANGE");
}

TEST_F(ViewTest, AtLeastASequenceIsTheLatest) {
  Commit(3, 10);
  EXPECT_EQ(At([](v1::ReadOptions*) {}), "3!");
  EXPECT_EQ(AtLeast(1), "3!");
  EXPECT_EQ(AtLeast(3), "3!");
  EXPECT_EQ(AtLeast(4), "UNAVAILABLE");
  EXPECT_EQ(AtLeast(-1), "INVALID_ARGUMENT");
}

TEST_F(ViewTest, ATimeIsTheLastRequestCommittedByThen) {
  Commit(2, 10);
  Commit(1, 20);
  Commit(3, 20);
  Commit(1, 30);
  EXPECT_EQ(AtTime(9, 999'999'999), "0");
  EXPECT_EQ(AtTime(10), "2");
  EXPECT_EQ(AtTime(10, 999), "2");
  EXPECT_EQ(AtTime(19, 999'999'999), "2");
  EXPECT_EQ(AtTime(20), "6");
  EXPECT_EQ(AtTime(29), "6");
  EXPECT_EQ(AtTime(30), "7!");
  EXPECT_EQ(AtTime(1000), "7!");
  EXPECT_EQ(AtTime(1000, 1), "OUT_OF_RANGE");
  EXPECT_EQ(AtTime(253402300799), "OUT_OF_RANGE");
}

TEST_F(ViewTest, EveryTimeAgreesWithTheTimesOfTheCommits) {
  std::vector<std::pair<int64_t, uint64_t>> ends;  // of requests: time, last sequence
  for (int i = 0; i < 40; ++i) {
    const int64_t seconds = 10 + 2 * (i / 2);  // pairs of requests at one time
    Commit(1 + i % 4, seconds);
    ends.emplace_back(seconds, head_);
  }
  for (int64_t seconds = 5; seconds < 55; ++seconds) {
    uint64_t wanted = 0;
    for (const auto& [time, last] : ends) {
      if (time <= seconds) wanted = last;
    }
    EXPECT_EQ(AtTime(seconds), std::to_string(wanted) + (wanted == head_ ? "!" : "")) << seconds;
  }
}

TEST_F(ViewTest, CommitTimesNeverGoBackAndLieAfterEveryTimeRead) {
  const auto commit = [&](int64_t now) {
    const int64_t micros = views_.BeginCommit(now);
    views_.EndCommit();
    return micros;
  };
  EXPECT_EQ(commit(50), 50);
  EXPECT_EQ(commit(40), 50);  // the clock was set back
  ASSERT_TRUE(views_.ForTime(70, Patience::kCacheOnly).ok());
  EXPECT_EQ(commit(60), 71);
  ASSERT_TRUE(views_.ForTime(65, Patience::kCacheOnly).ok());
  EXPECT_EQ(commit(60), 71);
  EXPECT_EQ(commit(80), 80);
}

TEST_F(ViewTest, AReadByTimeWaitsForACommitThatMayBelongToIt) {
  EXPECT_EQ(views_.BeginCommit(50), 50);
  EXPECT_TRUE(kv::IsWouldBlock(views_.ForTime(50, Patience::kCacheOnly).status()));
  EXPECT_TRUE(views_.ForTime(49, Patience::kCacheOnly).ok());
  EXPECT_TRUE(views_.ForTime(49, Patience::kMayWait).ok());
  auto read =
      std::async(std::launch::async, [&] { return views_.ForTime(50, Patience::kMayWait)->head; });
  // It must not be there before the commit has ended.
  EXPECT_EQ(read.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  kv::Batch batch;
  batch.Put(kv::Keyspace::kLog, "x", "y");
  ASSERT_TRUE(engine_.Commit(batch, 0, 9, kv::Durability::kSynced).ok());
  views_.EndCommit();
  EXPECT_EQ(read.get(), 9u);
}

TEST_F(ViewTest, ExactlyAsAPageTokenPinsIt) {
  const auto code = [&](uint64_t sequence) {
    return ResolveToken(sequence, views_, Patience::kMayWait).status().code();
  };
  Commit(3, 10);
  EXPECT_TRUE(ResolveToken(3, views_, Patience::kMayWait)->latest());
  EXPECT_EQ(code(2), absl::StatusCode::kInvalidArgument);  // inside a request: no listing gave it
  EXPECT_EQ(code(4), absl::StatusCode::kInvalidArgument);
  Commit(1, 20);
  EXPECT_EQ(ResolveToken(3, views_, Patience::kMayWait)->sequence, 3u);
  EXPECT_FALSE(ResolveToken(3, views_, Patience::kMayWait)->latest());
}

TEST_F(ViewTest, DoesNotWaitForTheDiskWhereItMayNot) {
  Commit(3, 10);
  Commit(1, 20);
  engine_.RefuseCacheOnly(true);
  v1::ReadOptions options;
  EXPECT_TRUE(Resolve(options, &views_, &clock_, Patience::kCacheOnly).ok());
  options.set_sequence(2);
  EXPECT_TRUE(kv::IsWouldBlock(Resolve(options, &views_, &clock_, Patience::kCacheOnly).status()));
  options.mutable_time()->set_seconds(15);
  EXPECT_TRUE(kv::IsWouldBlock(Resolve(options, &views_, &clock_, Patience::kCacheOnly).status()));
  EXPECT_TRUE(Resolve(options, &views_, &clock_, Patience::kMayWait).ok());
}

TEST_F(ViewTest, TellsAMissingEntry) {
  Commit(3, 10);
  kv::Batch batch;
  batch.Delete(kv::Keyspace::kLog, keys::LogKey(2));
  ASSERT_TRUE(engine_.Commit(batch, 3, 3, kv::Durability::kSynced).ok());
  EXPECT_EQ(AtSequence(2), "DATA_LOSS");
}

}  // namespace
}  // namespace headwater::database
