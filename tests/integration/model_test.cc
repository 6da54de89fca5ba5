// Holds the database against a plain model of it (model.h): every change, random and often wrong,
// is answered as the model says, and whatever is read, now or as of before, page by page while
// others write, is what the model holds.
//
// HEADWATER_SEED=n repeats the round that failed; HEADWATER_LONG=1 goes on for ten minutes a test
// with seeds never tried before.
#include <gtest/gtest.h>

#include "race.h"
#include "seeds.h"
#include "stores.h"
#include "trial.h"

namespace headwater::model {
namespace {

TEST(ModelTest, InMemory) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    Trial(&store, seed).Run(400);
  });
}

TEST(ModelTest, InRocksDb) {
  ForEachSeed([](uint64_t seed) {
    RocksDbStore store(seed);
    Trial(&store, seed).Run(400);
  });
}

TEST(ModelTest, InManyThreads) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    Race(&store, seed).Run(/*threads=*/4, /*requests=*/100);
  });
}

TEST(ModelTest, InManyThreadsOnRocksDb) {
  ForEachSeed([](uint64_t seed) {
    RocksDbStore store(seed);
    Race(&store, seed).Run(/*threads=*/4, /*requests=*/100);
  });
}

}  // namespace
}  // namespace headwater::model
