#include "rpc/arrivals.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <thread>

#include "rpc/testing.h"

namespace headwater::rpc {
namespace {

using std::chrono::milliseconds;
using testing::Eventually;

// A message whose answer the test gives, or that answers itself.
class FakeMessage final : public Arrivals::Message {
 public:
  explicit FakeMessage(Arrivals* arrivals, bool answers = true)
      : arrivals_(arrivals), answers_(answers) {}

  void Keep() override { ++kept; }
  void Release() override { --kept; }
  void AskWhetherArrived() override {
    asked = true;
    if (answers_) arrivals_->Confirm(this);
  }
  void Refuse() override { refused = true; }

  std::atomic<int> kept = 0;
  std::atomic<bool> asked = false;
  std::atomic<bool> refused = false;

 private:
  Arrivals* const arrivals_;
  const bool answers_;
};

TEST(Arrivals, AsManyMayBeSlowAsMay) {
  Arrivals arrivals({.most_slow = 3, .slow = milliseconds(1)});
  std::deque<FakeMessage> messages;
  for (int i = 0; i < 3; ++i) arrivals.Enter(&messages.emplace_back(&arrivals));
  std::this_thread::sleep_for(milliseconds(100));
  for (FakeMessage& message : messages) {
    EXPECT_FALSE(message.asked);
    EXPECT_TRUE(arrivals.Leave(&message));
  }
}

TEST(Arrivals, OfTooManyTheNewestAreRefused) {
  Arrivals arrivals({.most_slow = 2, .slow = milliseconds(1)});
  std::deque<FakeMessage> messages;
  for (int i = 0; i < 5; ++i) arrivals.Enter(&messages.emplace_back(&arrivals));
  EXPECT_TRUE(Eventually([&] { return messages[2].refused.load(); }));
  EXPECT_TRUE(Eventually([&] { return messages[2].kept == 0; }));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(messages[i].refused, i >= 2) << i;
    EXPECT_EQ(arrivals.Leave(&messages[i]), i < 2) << i;
    EXPECT_EQ(messages[i].kept, 0) << i;
  }
  arrivals.WaitForNone();
}

TEST(Arrivals, WhoHeldAPlaceForLongIsRefusedFirst) {
  Arrivals arrivals({.most_slow = 1, .slow = milliseconds(1), .turn = milliseconds(50)});
  FakeMessage old(&arrivals);
  arrivals.Enter(&old);
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(old.refused) << "alone, it may take its time";
  FakeMessage young(&arrivals);
  arrivals.Enter(&young);
  EXPECT_TRUE(Eventually([&] { return old.refused.load(); }));
  EXPECT_FALSE(young.refused);
  EXPECT_FALSE(arrivals.Leave(&old));
  EXPECT_TRUE(arrivals.Leave(&young));
  arrivals.Stop();
}

// A busy server hears late of what has come long ago.
TEST(Arrivals, NoneIsRefusedBeforeItIsKnownNotToHaveArrived) {
  Arrivals arrivals({.most_slow = 0, .slow = milliseconds(1)});
  FakeMessage late(&arrivals, /*answers=*/false);
  arrivals.Enter(&late);
  EXPECT_TRUE(Eventually([&] { return late.asked.load(); }));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(late.refused);
  EXPECT_TRUE(arrivals.Leave(&late));
  arrivals.Confirm(&late);
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_FALSE(late.refused);
}

TEST(Arrivals, ManyThatComeAndGoAreWatchedStill) {
  Arrivals arrivals({.most_slow = 0, .slow = milliseconds(1)});
  for (int i = 0; i < 20'000; ++i) {
    FakeMessage quick(&arrivals);
    arrivals.Enter(&quick);
    if (!arrivals.Leave(&quick)) {
      EXPECT_TRUE(Eventually([&] { return quick.refused.load() && quick.kept == 0; }));
    }
    EXPECT_TRUE(Eventually([&] { return quick.kept == 0; }));
  }
  FakeMessage slow(&arrivals);
  arrivals.Enter(&slow);
  EXPECT_TRUE(Eventually([&] { return slow.refused && slow.kept == 0; }));
  EXPECT_FALSE(arrivals.Leave(&slow));
}

}  // namespace
}  // namespace headwater::rpc
