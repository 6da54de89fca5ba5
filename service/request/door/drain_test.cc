#include "request/door/drain.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace headwater::request {
namespace {

TEST(Drain, ClosesAtOnceWhenNothingRuns) {
  Drain drain;
  EXPECT_TRUE(drain.TryBegin());
  drain.End();
  EXPECT_TRUE(drain.Close(absl::ZeroDuration()));
  EXPECT_FALSE(drain.TryBegin());
  EXPECT_TRUE(drain.Close(absl::ZeroDuration()));
}

TEST(Drain, GivesUpWaitingButStaysClosed) {
  Drain drain;
  ASSERT_TRUE(drain.TryBegin());
  EXPECT_FALSE(drain.Close(absl::Milliseconds(10)));
  EXPECT_FALSE(drain.TryBegin());
  drain.End();
  EXPECT_TRUE(drain.Close(absl::ZeroDuration()));
}

TEST(Drain, LetsEveryCallThatBeganEnd) {
  Drain drain;
  std::atomic<int> running = 0;
  std::atomic<int> begun = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      while (drain.TryBegin()) {
        ++running;
        ++begun;
        std::this_thread::yield();
        --running;
        drain.End();
      }
    });
  }
  while (begun < 1000) std::this_thread::yield();
  EXPECT_TRUE(drain.Close(absl::InfiniteDuration()));
  EXPECT_EQ(running, 0);
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace headwater::request
