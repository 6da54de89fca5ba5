#include "records/index_row.h"

#include <random>

#include "base/sha256.h"
#include "gtest/gtest.h"

namespace headwater::records {
namespace {

TEST(IndexRow, TestVectors) {
  EXPECT_EQ(ToHex(LiveValue({1, 300, false})), "01ac0200");
  EXPECT_EQ(ToHex(LiveValue({128, 129, true})), "8001810101");
  EXPECT_EQ(ToHex(ClosedValue({5, false})), "0500");
  EXPECT_EQ(ToHex(ClosedValue({300, true})), "ac0201");
}

TEST(IndexRow, ReadsBack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 5000; ++round) {
    const LiveRow live{random() >> (random() % 64), random() >> (random() % 64), random() % 2 == 0};
    const std::optional<LiveRow> read = ParseLive(LiveValue(live));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->from, live.from);
    EXPECT_EQ(read->head, live.head);
    EXPECT_EQ(read->deleted, live.deleted);
    const ClosedRow closed{random() >> (random() % 64), random() % 2 == 0};
    const std::optional<ClosedRow> read_closed = ParseClosed(ClosedValue(closed));
    ASSERT_TRUE(read_closed);
    EXPECT_EQ(read_closed->to, closed.to);
    EXPECT_EQ(read_closed->deleted, closed.deleted);
  }
}

TEST(IndexRow, RefusesWhatIsCutOffOrGoesOn) {
  const std::string live = LiveValue({300, 400, true});
  for (size_t size = 0; size < live.size(); ++size)
    EXPECT_FALSE(ParseLive(absl::string_view(live).substr(0, size))) << size;
  EXPECT_FALSE(ParseLive(live + '\0'));
  const std::string closed = ClosedValue({300, true});
  for (size_t size = 0; size < closed.size(); ++size)
    EXPECT_FALSE(ParseClosed(absl::string_view(closed).substr(0, size))) << size;
  EXPECT_FALSE(ParseClosed(closed + '\0'));
}

}  // namespace
}  // namespace headwater::records
