#include "base/text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/random.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

// The UTF-8 of any number, surrogates and overlong lengths included: `length` is 1 to 4.
std::string Encode(uint32_t value, int length) {
  if (length == 1) return std::string(1, static_cast<char>(value));
  std::string bytes;
  for (int i = 0; i < length - 1; ++i) {
    bytes.insert(bytes.begin(), static_cast<char>(0x80 | (value & 0x3f)));
    value >>= 6;
  }
  constexpr int kLeads[] = {0, 0, 0xc0, 0xe0, 0xf0};
  bytes.insert(bytes.begin(), static_cast<char>(kLeads[length] | value));
  return bytes;
}

int ShortestLength(uint32_t value) {
  if (value < 0x80) return 1;
  if (value < 0x800) return 2;
  return value < 0x10000 ? 3 : 4;
}

TEST(IsValidUtf8Test, EveryNumberInEveryLength) {
  for (uint32_t value = 0; value < 0x140000; ++value) {
    const bool is_scalar = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    for (int length = ShortestLength(value); length <= 4; ++length) {
      const bool expected = is_scalar && length == ShortestLength(value);
      ASSERT_EQ(IsValidUtf8(Encode(value, length)), expected) << value << " in " << length;
    }
  }
}

TEST(IsValidUtf8Test, WhereverTheErrorStands) {
  const std::string good[] = {"a", "\xc3\xa9", "\xe1\xba\xbf", "\xf0\x9f\x98\x80"};
  const std::string bad[] = {"\x80",
                             "\xbf",
                             "\xc3",
                             "\xe1\xba",
                             "\xf0\x9f\x98",
                             "\xc0\x80",
                             "\xc1\xbf",
                             "\xe0\x80\x80",
                             "\xed\xa0\x80",
                             "\xed\xbf\xbf",
                             "\xf4\x90\x80\x80",
                             "\xf5\x80\x80\x80",
                             "\xfe",
                             "\xff",
                             "\xf8\x88\x80\x80\x80"};
  for (size_t before = 0; before < 20; ++before) {
    for (const std::string& sequence : good) {
      EXPECT_TRUE(IsValidUtf8(std::string(before, 'x') + sequence));
      EXPECT_TRUE(IsValidUtf8(std::string(before, 'x') + sequence + std::string(9, 'y')));
    }
    for (const std::string& sequence : bad) {
      EXPECT_FALSE(IsValidUtf8(std::string(before, 'x') + sequence));
      EXPECT_FALSE(IsValidUtf8(std::string(before, 'x') + sequence + std::string(9, 'y')));
      EXPECT_FALSE(
          IsValidUtf8("\xe1\xba\xbf" + std::string(before, 'x') + sequence + "\xe1\xba\xbf"));
    }
  }
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8(absl::string_view("a\0b", 3)));
}

TEST(ControlsTest, EveryCodePoint) {
  for (uint32_t value = 0; value <= 0x10ffff; ++value) {
    if (value >= 0xd800 && value <= 0xdfff) continue;
    const std::string text = "x" + Encode(value, ShortestLength(value)) + "y";
    const bool is_control = value < 0x20 || (value >= 0x7f && value < 0xa0);
    ASSERT_EQ(HasDisallowedControls(text), is_control) << value;
    ASSERT_EQ(HasControlCharacters(text), is_control && value != '\n' && value != '\t') << value;
    const bool is_bidi =
        (value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069);
    ASSERT_EQ(HasBidiControls(text), is_bidi) << value;
  }
}

TEST(ControlsTest, FindsTheOneAmongMany) {
  const std::string dashes = "\xe2\x80\x94\xe2\x80\x94 \xe2\x81\xa0";
  EXPECT_FALSE(HasBidiControls(dashes));
  EXPECT_TRUE(HasBidiControls(dashes + "\xe2\x80\xae"));
  EXPECT_TRUE(HasControlCharacters("a\nb\tc\r\n"));
  EXPECT_FALSE(HasControlCharacters("a\nb\tc\n"));
  EXPECT_FALSE(HasDisallowedControls(""));
  // Cut-off sequences are read safely.
  EXPECT_FALSE(HasBidiControls("\xe2\x80"));
  EXPECT_FALSE(HasDisallowedControls("\xc2"));
}

TEST(LengthsTest, CountsCodePoints) {
  // a, é, ế, 😀: 1, 2, 3, 4 bytes.
  EXPECT_EQ(CodePoints("a\xc3\xa9\xe1\xba\xbf\xf0\x9f\x98\x80"), 4u);
  EXPECT_EQ(CodePoints(""), 0u);
}

TEST(OffsetsTest, EachOffsetOfOneText) {
  const std::string text = "a\xc3\xa9\xe1\xba\xbf\xf0\x9f\x98\x80";
  const std::vector<size_t> bytes = {0, 1, 3, 6, 10};
  for (size_t i = 0; i <= 4; ++i) EXPECT_EQ(CodePointToByte(text, i), bytes[i]);
  EXPECT_EQ(CodePointToByte(text, 5), std::nullopt);
  EXPECT_EQ(CodePointToByte(text, SIZE_MAX), std::nullopt);
  EXPECT_EQ(CodePointToByte("", 0), 0u);
}

TEST(OffsetsTest, IllFormedTextIsReadSafely) {
  for (const absl::string_view text : {"\xf0", "a\xe1\xba", "\x80\x80", "\xff\xff"}) {
    for (size_t offset = 0; offset < 6; ++offset) {
      const std::optional<size_t> byte = CodePointToByte(text, offset);
      EXPECT_LE(byte.value_or(0), text.size());
    }
  }
}

TEST(OffsetsTest, RandomTextsAgreeWithAWalk) {
  SeededRandom random(5);
  for (int round = 0; round < 300; ++round) {
    uint8_t choices[24];
    random.Fill(absl::MakeSpan(choices));
    std::string text;
    std::vector<size_t> begins = {0};
    for (const uint8_t choice : choices) {
      ASSERT_EQ(CodePoints(text), begins.size() - 1);
      const int length = 1 + choice % 4;
      constexpr uint32_t kFirsts[] = {0, 0x20, 0x80, 0x800, 0x10000};
      text += Encode(kFirsts[length] + choice % 90, length);
      begins.push_back(text.size());
    }
    ASSERT_TRUE(IsValidUtf8(text));
    for (size_t i = 0; i < begins.size(); ++i) ASSERT_EQ(CodePointToByte(text, i), begins[i]);
    ASSERT_EQ(CodePointToByte(text, begins.size()), std::nullopt);
  }
}

}  // namespace
}  // namespace headwater
