#include "request/door/streams.h"

#include <gtest/gtest.h>

#include <thread>

namespace headwater::request {
namespace {

class FakeStream final : public Streams::Stream {
 public:
  void Cancel() override { ++cancels; }
  int cancels = 0;
};

TEST(Streams, AreBounded) {
  Streams streams({.most = 2, .idle = std::chrono::hours(1)});
  FakeStream a, b, c;
  EXPECT_TRUE(streams.Enter(&a));
  EXPECT_TRUE(streams.Enter(&b));
  EXPECT_FALSE(streams.Enter(&c));
  streams.Leave(&a);
  EXPECT_TRUE(streams.Enter(&c));
  EXPECT_EQ(a.cancels + b.cancels + c.cancels, 0);
}

TEST(Streams, TheOneThatHasMovedNothingForLongestGivesItsPlaceUp) {
  Streams streams({.most = 2, .idle = std::chrono::milliseconds(20)});
  FakeStream a, b, c, d, e;
  EXPECT_TRUE(streams.Enter(&a));
  EXPECT_TRUE(streams.Enter(&b));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  streams.Move(&a);
  EXPECT_TRUE(streams.Enter(&c));
  EXPECT_EQ(b.cancels, 1);
  // a and c have moved lately, and b is not counted twice.
  EXPECT_FALSE(streams.Enter(&d));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_TRUE(streams.Enter(&d));
  EXPECT_EQ(a.cancels, 1);
  EXPECT_EQ(b.cancels, 1);
  // As many leave as may.
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(streams.Enter(&e));
  streams.Leave(&b);
  EXPECT_TRUE(streams.Enter(&e));
}

}  // namespace
}  // namespace headwater::request
