#include "database/finding/kept_states.h"

#include "gtest/gtest.h"

namespace headwater::database {
namespace {

View At(uint64_t head) {
  View view;
  view.head = head;
  return view;
}

TEST(KeptStates, GivesBackWhatItWasGiven) {
  ManualClock clock;
  KeptStates states(&clock);
  EXPECT_FALSE(states.Find(1));
  states.Keep(1, At(10));
  states.Keep(2, At(20));
  ASSERT_TRUE(states.Find(1));
  EXPECT_EQ(states.Find(1)->head, 10u);
  EXPECT_EQ(states.Find(2)->head, 20u);
}

TEST(KeptStates, FiveMinutesSinceOneWasLastAskedFor) {
  ManualClock clock;
  KeptStates states(&clock);
  states.Keep(1, At(10));
  states.Keep(2, At(20));
  clock.Advance(absl::Minutes(4));
  EXPECT_TRUE(states.Find(1));
  clock.Advance(absl::Minutes(4));
  states.Sweep();
  EXPECT_TRUE(states.Find(1));
  EXPECT_FALSE(states.Find(2));
}

TEST(KeptStates, SixteenAtMostTheLongestUnaskedGoFirst) {
  ManualClock clock;
  KeptStates states(&clock);
  for (uint64_t version = 1; version <= 16; ++version) states.Keep(version, At(version));
  EXPECT_TRUE(states.Find(1));
  states.Keep(17, At(17));
  EXPECT_TRUE(states.Find(1));
  EXPECT_FALSE(states.Find(2));
  states.Drop();
  EXPECT_FALSE(states.Find(1));
}

}  // namespace
}  // namespace headwater::database
