#include "records/standing_row.h"

#include "base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(StandingRowTest, TestVectors) {
  const uint8_t flags = FlagBit(v1::FLAG_KIND_ALSO_DENIED) | FlagBit(v1::FLAG_KIND_ANONYMOUS_ONLY);
  const StandingRow row{v1::STANDING_SEVERAL_LINES, flags, StandingState::kSettled};
  EXPECT_EQ(ToHex(StandingValue(row)), "01060500");
  EXPECT_EQ(ParseStanding(StandingValue(row)), row);
  const StandingRow unsettled{0, 0, StandingState::kUnsettled};
  EXPECT_EQ(ToHex(StandingValue(unsettled)), "01000001");
  EXPECT_EQ(ParseStanding(StandingValue(unsettled)), unsettled);
  const StandingRow too_much{0, 0, StandingState::kTooMuch};
  EXPECT_EQ(ToHex(StandingValue(too_much)), "01000002");
  EXPECT_EQ(ParseStanding(StandingValue(too_much)), too_much);
  EXPECT_EQ(FlagBit(v1::FLAG_KIND_CONTRADICTED), 0x80);
}

TEST(StandingRowTest, RefusesDamage) {
  for (absl::string_view bytes :
       {absl::string_view(""), absl::string_view("\1\6\0", 3), absl::string_view("\2\6\0\0", 4),
        absl::string_view("\1\7\0\0", 4), absl::string_view("\1\6\0\1", 4),
        absl::string_view("\1\0\0\3", 4), absl::string_view("\1\6\0\0\0", 5)}) {
    EXPECT_EQ(ParseStanding(bytes), std::nullopt) << ToHex(bytes);
  }
}

TEST(StandingRowTest, StandsUnderItsStandingAndEachFlag) {
  std::vector<std::string> hex;
  for (const std::string& term : StandingTerms({6, 0x05, StandingState::kSettled}))
    hex.push_back(ToHex(term));
  EXPECT_THAT(hex, ElementsAre("1006", "1101", "1103"));
  EXPECT_THAT(StandingTerms({}), IsEmpty());
  EXPECT_THAT(StandingTerms({0, 0, StandingState::kTooMuch}), IsEmpty());
  EXPECT_THAT(StandingTerms({0, 0, StandingState::kUnsettled}), SizeIs(14));
}

}  // namespace
}  // namespace headwater::records
