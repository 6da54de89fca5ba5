#include "base/ids.h"

#include <regex.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

TEST(IsValidIdTest, AgreesWithItsRegularExpression) {
  regex_t pattern;
  ASSERT_EQ(regcomp(&pattern, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", REG_EXTENDED | REG_NOSUB), 0);
  SeededRandom random(7);
  constexpr absl::string_view kAlphabet = "abz09--A_. /";
  for (int round = 0; round < 20000; ++round) {
    uint8_t bytes[6];
    random.Fill(absl::MakeSpan(bytes));
    std::string id;
    for (int i = 0; i < bytes[0] % 6; ++i) id.push_back(kAlphabet[bytes[i + 1] % kAlphabet.size()]);
    EXPECT_EQ(IsValidId(id), regexec(&pattern, id.c_str(), 0, nullptr, 0) == 0) << id;
  }
  regfree(&pattern);
}

TEST(IsValidIdTest, EveryByteAlone) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool expected = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    EXPECT_EQ(IsValidId(std::string(1, static_cast<char>(byte))), expected) << byte;
    // In the middle '-' may stand too.
    EXPECT_EQ(IsValidId(std::string("a") + static_cast<char>(byte) + "b"), expected || byte == '-');
  }
}

TEST(IsValidIdTest, Lengths) {
  EXPECT_FALSE(IsValidId(""));
  EXPECT_TRUE(IsValidId("a"));
  EXPECT_TRUE(IsValidId(std::string(63, 'a')));
  EXPECT_FALSE(IsValidId(std::string(64, 'a')));
  EXPECT_TRUE(IsValidId("a" + std::string(61, '-') + "b"));
  EXPECT_FALSE(IsValidId("a" + std::string(62, '-')));
}

// Eight bytes of one value, whoever asks.
class ConstantRandom final : public Random {
 public:
  explicit ConstantRandom(uint8_t value) : value_(value) {}
  void Fill(absl::Span<uint8_t> bytes) override {
    for (uint8_t& byte : bytes) byte = value_;
  }

 private:
  uint8_t value_;
};

TEST(NewUuidV7Test, HasTheFieldsOfTheStandard) {
  // The instant of RFC 9562's own example, 2022-02-22T19:22:22Z.
  ManualClock clock(absl::FromUnixMillis(0x017F22E279B0));
  ConstantRandom zeros(0);
  ConstantRandom ones(0xff);
  EXPECT_EQ(NewUuidV7(clock, zeros), "017f22e2-79b0-7000-8000-000000000000");
  EXPECT_EQ(NewUuidV7(clock, ones), "017f22e2-79b0-7000-bfff-ffffffffffff");
  clock.Advance(absl::Microseconds(500));  // half a millisecond is 0x800 4096ths
  EXPECT_EQ(NewUuidV7(clock, zeros), "017f22e2-79b0-7800-8000-000000000000");
  clock.Advance(absl::Nanoseconds(499999));
  EXPECT_EQ(NewUuidV7(clock, zeros), "017f22e2-79b0-7fff-8000-000000000000");
}

TEST(NewUuidV7Test, BearsTimesNoUuidCanHold) {
  ConstantRandom zeros(0);
  ManualClock clock(absl::FromUnixMillis(-1));
  EXPECT_EQ(NewUuidV7(clock, zeros), "00000000-0000-7000-8000-000000000000");
  clock.Set(absl::InfinitePast());
  EXPECT_EQ(NewUuidV7(clock, zeros), "00000000-0000-7000-8000-000000000000");
  clock.Set(absl::InfiniteFuture());
  EXPECT_EQ(NewUuidV7(clock, zeros), "ffffffff-ffff-7000-8000-000000000000");
}

TEST(NewUuidV7Test, TextOrderIsTimeOrderAndTextsDiffer) {
  ManualClock clock(absl::FromUnixSeconds(1'700'000'000));
  SeededRandom random(3);
  std::string last;
  for (int i = 0; i < 5000; ++i) {
    const std::string id = NewUuidV7(clock, random);
    ASSERT_GT(id, last);
    ASSERT_TRUE(IsValidId(id)) << id;
    ASSERT_EQ(id[14], '7');
    ASSERT_NE(absl::string_view("89ab").find(id[19]), absl::string_view::npos);
    last = id;
    clock.Advance(absl::Nanoseconds(250 + 997 * i));  // a quarter of a microsecond is enough
  }
  std::set<std::string> seen;
  for (int i = 0; i < 5000; ++i) seen.insert(NewUuidV7(clock, *SecureRandom()));
  EXPECT_EQ(seen.size(), 5000u);
}

}  // namespace
}  // namespace headwater
