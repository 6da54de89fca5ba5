#include "database/exchange/settle_order.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::database {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(SettleOrder, WhatIsCitedGoesFirst) {
  SettleOrder order;
  order.Add("a", {"b", "elsewhere"});
  order.Add("b", {"c"});
  order.Add("c", {});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(2), ElementsAre(1), ElementsAre(0)));
}

TEST(SettleOrder, CirclesAreOneGroup) {
  SettleOrder order;
  order.Add("outside", {"a"});
  order.Add("a", {"b"});
  order.Add("b", {"c"});
  order.Add("c", {"a"});
  order.Add("self", {"self"});
  const std::vector<std::vector<uint32_t>> groups = order.Groups();
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_THAT(groups, UnorderedElementsAre(ElementsAre(1, 2, 3), ElementsAre(0), ElementsAre(4)));
  EXPECT_THAT(groups.front(), ElementsAre(1, 2, 3));
}

TEST(SettleOrder, RowsOfOneNameKeepTheirOrder) {
  SettleOrder order;
  order.Add("b", {"a"});
  order.Add("a", {});
  order.Add("a", {});
  order.Add("a", {});
  const std::vector<std::vector<uint32_t>> groups = order.Groups();
  std::vector<uint32_t> flat;
  for (const auto& group : groups) flat.insert(flat.end(), group.begin(), group.end());
  std::vector<uint32_t> of_a;
  for (uint32_t row : flat) {
    if (row != 0) of_a.push_back(row);
  }
  EXPECT_EQ(flat.size(), 4u);
  EXPECT_THAT(of_a, ElementsAre(1, 2, 3));
}

TEST(SettleOrder, NothingGivesNothing) { EXPECT_THAT(SettleOrder().Groups(), IsEmpty()); }

// A chain as deep as it gets, the wrong way round: neither slow nor a deep recursion.
TEST(SettleOrder, ALongChain) {
  constexpr uint32_t kRows = 200'000;
  SettleOrder order;
  for (uint32_t i = 0; i < kRows; ++i) order.Add(std::to_string(i), {std::to_string(i + 1)});
  const std::vector<std::vector<uint32_t>> groups = order.Groups();
  ASSERT_EQ(groups.size(), kRows);
  EXPECT_THAT(groups.front(), ElementsAre(kRows - 1));
  EXPECT_THAT(groups.back(), ElementsAre(0));
}

}  // namespace
}  // namespace headwater::database
