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

TEST(KeptStates, KeepsTheFirstNeighboursOfAStateAsLongAsTheState) {
  ManualClock clock;
  KeptStates states(&clock);
  const auto near = [](uint32_t number) {
    return std::make_shared<const KeptStates::Near>(1, search::Neighbour{number, 0.5});
  };
  states.KeepNear(1, "a", near(7));
  EXPECT_EQ(states.FindNear(1, "a"), nullptr);  // there is no such state
  states.Keep(1, At(10));
  states.KeepNear(1, "a", near(7));
  states.KeepNear(1, "a", near(8));
  ASSERT_NE(states.FindNear(1, "a"), nullptr);
  EXPECT_EQ(states.FindNear(1, "a")->front().number, 7u);
  EXPECT_EQ(states.FindNear(1, "b"), nullptr);
  EXPECT_EQ(states.FindNear(2, "a"), nullptr);
  for (uint32_t i = 0; i < 63; ++i) states.KeepNear(1, std::to_string(i), near(i));
  EXPECT_NE(states.FindNear(1, "a"), nullptr);
  states.KeepNear(1, "one more", near(1));
  EXPECT_NE(states.FindNear(1, "a"), nullptr);
  EXPECT_EQ(states.FindNear(1, "0"), nullptr);
  states.Drop();
  EXPECT_EQ(states.FindNear(1, "a"), nullptr);
}

}  // namespace
}  // namespace headwater::database
