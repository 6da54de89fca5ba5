#include "seeds.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/str_cat.h"

namespace headwater::model {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kShort = std::chrono::seconds(7);
constexpr auto kLong = std::chrono::minutes(10);

}  // namespace

void ForEachSeed(const std::function<void(uint64_t)>& round) {
  const char* only = std::getenv("HEADWATER_SEED");
  const bool is_long = std::getenv("HEADWATER_LONG") != nullptr;
  uint64_t seed = is_long ? std::random_device()() : 1;
  if (only != nullptr) seed = std::strtoull(only, nullptr, 10);
  const auto end = SteadyClock::now() + (is_long ? SteadyClock::duration(kLong) : kShort);
  int rounds = 0;
  do {
    SCOPED_TRACE(absl::StrCat("HEADWATER_SEED=", seed));
    round(seed);
    ++rounds;
    if (::testing::Test::HasFailure()) {
      std::cerr << "failed with HEADWATER_SEED=" << seed << "\n";
      return;
    }
    ++seed;
  } while (only == nullptr && SteadyClock::now() < end);
  std::cerr << rounds << " rounds, the last with HEADWATER_SEED=" << seed - 1 << "\n";
}

}  // namespace headwater::model
