#include "base/cancellation.h"

#include <gtest/gtest.h>

#include <thread>

namespace headwater {
namespace {

TEST(Cancellation, IsAskedOfTheInnermostScopeOfTheThread) {
  EXPECT_FALSE(IsCancelled());
  bool gone = false;
  const auto is_gone = [&] { return gone; };
  const CancellationScope scope(is_gone);
  EXPECT_FALSE(IsCancelled());
  gone = true;
  EXPECT_TRUE(IsCancelled());
  {
    const auto never = [] { return false; };
    const CancellationScope inner(never);
    EXPECT_FALSE(IsCancelled());
  }
  EXPECT_TRUE(IsCancelled());
  std::thread([] { EXPECT_FALSE(IsCancelled()); }).join();
}

TEST(Cancellation, EndsWithItsScope) {
  {
    const auto always = [] { return true; };
    const CancellationScope scope(always);
    EXPECT_TRUE(IsCancelled());
    EXPECT_EQ(UnlessCancelled().code(), absl::StatusCode::kCancelled);
  }
  EXPECT_FALSE(IsCancelled());
  EXPECT_TRUE(UnlessCancelled().ok());
}

}  // namespace
}  // namespace headwater
