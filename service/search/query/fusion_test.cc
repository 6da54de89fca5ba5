#include "search/query/fusion.h"

#include "gtest/gtest.h"

namespace headwater::search {
namespace {

std::vector<uint32_t> Order(const std::vector<Scored>& fused) {
  std::vector<uint32_t> numbers;
  for (const Scored& each : fused) numbers.push_back(each.number);
  return numbers;
}

TEST(Fuse, PutsWhatIsInBothOrdersBeforeWhatIsInOne) {
  const std::vector<Scored> words = {{1, 900}, {2, 800}, {3, 10}};
  const std::vector<Neighbour> near = {{4, 0.9}, {3, 0.8}};
  EXPECT_EQ(Order(Fuse(words, near)), (std::vector<uint32_t>{3, 1, 4, 2}));
}

TEST(Fuse, OfOneOrderIsThatOrder) {
  EXPECT_EQ(Order(Fuse({{7, 3}, {2, 2}, {9, 1}}, {})), (std::vector<uint32_t>{7, 2, 9}));
  EXPECT_EQ(Order(Fuse({}, {{7, 0.3}, {2, 0.2}})), (std::vector<uint32_t>{7, 2}));
  EXPECT_TRUE(Fuse({}, {}).empty());
}

TEST(Fuse, GoesByPlacesAndNotByScores) {
  EXPECT_EQ(Fuse({{1, 1}, {2, 1}}, {{2, -1}, {1, -1}}), Fuse({{1, 9}, {2, 8}}, {{2, 1}, {1, 0}}));
  EXPECT_DOUBLE_EQ(FusionWorth(1), 1.0 / 61);
}

}  // namespace
}  // namespace headwater::search
