#include "records/standing_row.h"

#include "base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(StandingRowTest, TestVector) {
  const StandingRow row{6, 0x05, false};
  EXPECT_EQ(ToHex(StandingValue(row)), "01060500");
  EXPECT_EQ(ParseStanding(StandingValue(row)), row);
  const StandingRow unsettled{0, 0, true};
  EXPECT_EQ(ToHex(StandingValue(unsettled)), "01000001");
  EXPECT_EQ(ParseStanding(StandingValue(unsettled)), unsettled);
}

TEST(StandingRowTest, RefusesDamage) {
  for (absl::string_view bytes :
       {absl::string_view(""), absl::string_view("\1\6\0", 3), absl::string_view("\2\6\0\0", 4),
        absl::string_view("\1\10\0\0", 4), absl::string_view("\1\6\0\2", 4),
        absl::string_view("\1\6\0\0\0", 5)}) {
    EXPECT_EQ(ParseStanding(bytes), std::nullopt) << ToHex(bytes);
  }
}

TEST(StandingRowTest, StandsUnderItsStandingAndEachFlag) {
  std::vector<std::string> hex;
  for (const std::string& term : StandingTerms({6, 0x05, false})) hex.push_back(ToHex(term));
  EXPECT_THAT(hex, ElementsAre("1006", "1100", "1102"));
  EXPECT_THAT(StandingTerms({}), IsEmpty());
  EXPECT_THAT(StandingTerms({0, 0, true}), SizeIs(15));
}

}  // namespace
}  // namespace headwater::records
