#include "exchange/import_order.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;

TEST(ImportOrder, OfNothing) { EXPECT_THAT(ImportOrder().Groups(), ElementsAre()); }

TEST(ImportOrder, KeepsTheOrderOfWhatCitesNothing) {
  ImportOrder order;
  order.Add("a", {});
  order.Add("b", {"elsewhere"});
  order.Add("c", {});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
}

TEST(ImportOrder, PutsTheCitedFirst) {
  ImportOrder order;
  order.Add("tri-dat", {"ft"});
  order.Add("ft", {"three-people"});
  order.Add("three-people", {});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(2), ElementsAre(1), ElementsAre(0)));
}

TEST(ImportOrder, KeepsACircleTogether) {
  ImportOrder order;
  order.Add("reader", {"b"});
  order.Add("a", {"b", "base"});
  order.Add("b", {"a"});
  order.Add("base", {});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(3), ElementsAre(1, 2), ElementsAre(0)));
}

TEST(ImportOrder, CitingItselfIsACircleOfOne) {
  ImportOrder order;
  order.Add("a", {"a"});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(0)));
}

TEST(ImportOrder, ASecondRowOfANameComesLater) {
  ImportOrder order;
  order.Add("a", {"b"});
  order.Add("a", {"b"});
  order.Add("b", {"a"});
  EXPECT_THAT(order.Groups(), ElementsAre(ElementsAre(0, 2), ElementsAre(1)));
}

// Chains deeper than any stack would bear, and every citation pointing backwards in the result.
TEST(ImportOrder, HoldsForLongChainsAndManyCircles) {
  ImportOrder order;
  constexpr int kRows = 200'000;
  std::vector<std::vector<int>> cites(kRows);
  for (int i = 0; i < kRows; ++i) {
    if (i + 1 < kRows) cites[i].push_back(i + 1);
    if (i % 10 == 9) cites[i].push_back(i - 3);
    std::vector<std::string> names;
    for (int cited : cites[i]) names.push_back(absl::StrCat(cited));
    order.Add(absl::StrCat(i), names);
  }
  std::vector<size_t> place(kRows, kRows);
  const auto groups = order.Groups();
  for (size_t g = 0; g < groups.size(); ++g) {
    for (uint32_t row : groups[g]) place[row] = g;
  }
  for (int i = 0; i < kRows; ++i) {
    ASSERT_LT(place[i], static_cast<size_t>(kRows));
    for (int cited : cites[i]) ASSERT_LE(place[cited], place[i]);
  }
  EXPECT_EQ(place[6], place[9]);
  EXPECT_NE(place[5], place[6]);
}

}  // namespace
}  // namespace headwater::exchange
