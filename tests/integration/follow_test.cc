// How claims are listed to stand is what an assessment says, at every sequence, and the search
// index is what the records make: whatever the history, however the follower came to work it off,
// and whatever befell it meanwhile.
//
// HEADWATER_SEED=n repeats the round that failed; HEADWATER_LONG=1 goes on for ten minutes a test
// with seeds never tried before.
#include <gtest/gtest.h>

#include "follow_trial.h"
#include "seeds.h"

namespace headwater::model {
namespace {

constexpr int kRequests = 120;

// Every change is worked off before the next.
TEST(FollowTest, ExactWithItsCauseWhereChangesAreSlow) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    FollowTrial trial(&store, seed);
    database::FollowLimits limits = trial.RandomLimits();
    limits.assessments = 1;
    trial.Open(&limits);
    while (trial.head() < kRequests / 2 && !::testing::Test::HasFailure()) {
      trial.Change(1);
      trial.CatchUp();
    }
    trial.CheckAll(trial.head(), /*exactly_since=*/true);
    trial.CheckStore();
    trial.ChangeNames();
  });
}

TEST(FollowTest, ExactWhereChangesAreFast) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    FollowTrial trial(&store, seed);
    const database::FollowLimits limits = trial.RandomLimits();
    trial.Open(&limits);
    for (int i = 0; i < 4 && !::testing::Test::HasFailure(); ++i) {
      trial.Change(kRequests / 4);
      trial.CheckOnTheWay();
    }
    if (!::testing::Test::HasFailure()) trial.CatchUp();
    trial.CheckAll(trial.head(), /*exactly_since=*/false);
    trial.CheckFound();
    trial.CheckNear();
    trial.CheckStore();
  });
}

void ExactAfterwards(Store* store, uint64_t seed) {
  FollowTrial trial(store, seed);
  trial.Open(nullptr);
  trial.Change(kRequests);
  trial.Close();
  if (::testing::Test::HasFailure()) return;
  trial.CatchUpInTrouble();
  trial.CheckAll(trial.head(), /*exactly_since=*/false);
  trial.CheckNear();
  trial.CheckStore();
  if (!::testing::Test::HasFailure()) trial.Rebuild();
  if (!::testing::Test::HasFailure()) trial.CatchUp();
  trial.CheckAll(trial.head(), /*exactly_since=*/false);
  trial.CheckFound();
  trial.CheckNear();
  trial.CheckStore();
}

TEST(FollowTest, ExactAfterTroubleAndRebuilding) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    ExactAfterwards(&store, seed);
  });
}

TEST(FollowTest, ExactAfterTroubleAndRebuildingInRocksDb) {
  ForEachSeed([](uint64_t seed) {
    RocksDbStore store(seed);
    ExactAfterwards(&store, seed);
  });
}

}  // namespace
}  // namespace headwater::model
