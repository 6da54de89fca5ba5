#include "base/lru_cache.h"

#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace headwater {
namespace {

using Cache = LruCache<int, std::string>;

void Put(Cache* cache, int key, const std::string& value, size_t bytes = 1000) {
  cache->Insert(key, std::make_shared<const std::string>(value), bytes);
}

TEST(LruCache, GivesBackWhatWasPutIn) {
  Cache cache(1 << 20);
  EXPECT_EQ(cache.Find(1), nullptr);
  Put(&cache, 1, "one");
  Put(&cache, 2, "two");
  EXPECT_EQ(*cache.Find(1), "one");
  EXPECT_EQ(*cache.Find(2), "two");
}

TEST(LruCache, TheLastOfAKeyStands) {
  Cache cache(1 << 20);
  Put(&cache, 1, "before");
  Put(&cache, 1, "after");
  EXPECT_EQ(*cache.Find(1), "after");
}

TEST(LruCache, WhatIsAskedForStaysAndTheRestGoes) {
  Cache cache(16 * 20'000);
  Put(&cache, 0, "asked for");
  int kept = 0;
  for (int i = 1; i < 2000; ++i) {
    Put(&cache, i, "passing");
    ASSERT_NE(cache.Find(0), nullptr) << i;
  }
  for (int i = 1; i < 2000; ++i) kept += cache.Find(i) != nullptr ? 1 : 0;
  EXPECT_GT(kept, 16 * 20 / 2);
  EXPECT_LE(kept, 16 * 20);
}

TEST(LruCache, KeepsNothingTooLargeAndNothingWithoutRoom) {
  Cache small(16 * 2000);
  Put(&small, 1, "too large", 2000);
  EXPECT_EQ(small.Find(1), nullptr);
  Cache none(0);
  Put(&none, 1, "one", 0);
  EXPECT_EQ(none.Find(1), nullptr);
}

TEST(LruCache, ManyThreadsAtOnce) {
  Cache cache(16 * 10'000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&cache, t] {
      for (int i = 0; i < 20'000; ++i) {
        const int key = (i * 7 + t) % 300;
        const Cache::Shared found = cache.Find(key);
        if (found != nullptr) {
          ASSERT_EQ(*found, std::to_string(key));
        } else {
          Put(&cache, key, std::to_string(key));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace headwater
