#include "request/door/request_memory.h"

#include <gtest/gtest.h>

namespace headwater::request {
namespace {

constexpr size_t kMiB = 1 << 20;

TEST(RequestMemory, LargeRequestsLeaveRoomForSmallOnes) {
  RequestMemory memory(64 * kMiB);
  EXPECT_TRUE(memory.TryTake(3 * kMiB));   // 24 of the 32 MiB for large ones
  EXPECT_FALSE(memory.TryTake(2 * kMiB));  // 16 more
  EXPECT_TRUE(memory.TryTake(kMiB));       // 8 more
  EXPECT_TRUE(memory.TryTake(kLargeRequestBytes));
  memory.Give(3 * kMiB);
  EXPECT_TRUE(memory.TryTake(2 * kMiB));
}

TEST(RequestMemory, SmallRequestsLeaveRoomForLargeOnes) {
  RequestMemory memory(64 * kMiB);
  size_t taken = 0;
  while (memory.TryTake(kLargeRequestBytes)) ++taken;
  EXPECT_EQ(taken, 8 * kMiB / (kLargeRequestBytes * kWorkFactor));
  EXPECT_TRUE(memory.TryTake(4 * kMiB));
  memory.Give(kLargeRequestBytes);
  EXPECT_TRUE(memory.TryTake(kLargeRequestBytes));
}

TEST(RequestMemory, OneLargeRequestIsAlwaysLetIn) {
  RequestMemory memory(kMiB);
  EXPECT_TRUE(memory.TryTake(16 * kMiB));
  EXPECT_FALSE(memory.TryTake(16 * kMiB));
  EXPECT_TRUE(memory.TryTake(1000));
  memory.Give(16 * kMiB);
  EXPECT_TRUE(memory.TryTake(16 * kMiB));
}

TEST(RequestMemory, AQuarterIsForWhatArrives) {
  EXPECT_EQ(RequestMemory(512 * kMiB).MostArriving(16 * kMiB), 8u);
  EXPECT_EQ(RequestMemory(kMiB).MostArriving(16 * kMiB), 1u);
}

TEST(RequestMemory, AnEighthIsForWhatArrivesByHttp) {
  RequestMemory memory(64 * kMiB);
  EXPECT_TRUE(memory.TryArrive(0, 7 * kMiB));
  EXPECT_FALSE(memory.TryArrive(0, 2 * kMiB));
  EXPECT_TRUE(memory.TryArrive(0, kMiB));
  EXPECT_TRUE(memory.TryTake(4 * kMiB)) << "the work has a part of its own";
  memory.Arrived(8 * kMiB);
  EXPECT_TRUE(memory.TryArrive(0, 5 * kMiB));
  EXPECT_TRUE(memory.TryArrive(5 * kMiB, 11 * kMiB)) << "one message is always let in";
  EXPECT_FALSE(memory.TryArrive(0, 1)) << "but no other beside it";
}

TEST(RequestMemory, AQuarterMoreIsForAnswersOnTheirWay) {
  RequestMemory memory(64 * kMiB);
  EXPECT_TRUE(memory.TryAnswer(15 * kMiB));
  EXPECT_FALSE(memory.TryAnswer(2 * kMiB));
  EXPECT_TRUE(memory.TryAnswer(kMiB));
  EXPECT_TRUE(memory.TryTake(4 * kMiB)) << "which takes nothing from the requests";
  memory.Answer(2 * kMiB);  // what must be given is counted all the same
  memory.Answered(2 * kMiB);
  EXPECT_FALSE(memory.TryAnswer(kMiB));
  memory.Answered(16 * kMiB);
  EXPECT_TRUE(memory.TryAnswer(64 * kMiB)) << "one answer can always be given";
}

}  // namespace
}  // namespace headwater::request
