// HEADWATER_SEED=n repeats the round that failed; HEADWATER_LONG=1 goes on for ten minutes a test
// with seeds never tried before.
#include "crowd.h"

#include <gtest/gtest.h>

#include "seeds.h"
#include "stores.h"

namespace headwater::model {
namespace {

constexpr int kRequests = 400;

TEST(CrowdTest, InMemory) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    Crowd(&store, seed).Run(kRequests);
  });
}

TEST(CrowdTest, OnRocksDb) {
  ForEachSeed([](uint64_t seed) {
    RocksDbStore store(seed);
    Crowd(&store, seed).Run(kRequests);
  });
}

}  // namespace
}  // namespace headwater::model
