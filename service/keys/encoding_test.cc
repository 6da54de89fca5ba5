#include "keys/encoding.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace headwater::keys {
namespace {

using ::testing::Test;

template <class Number, class Append>
std::string Encoded(Append append, Number number) {
  std::string out;
  append(number, &out);
  return out;
}

TEST(Ascending, KeepsOrderAndReadsBack) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 10000; ++round) {
    const uint64_t a = random() >> (random() % 64);
    const uint64_t b = random() >> (random() % 64);
    const std::string x = Encoded(AppendAscending, a);
    const std::string y = Encoded(AppendAscending, b);
    EXPECT_EQ(a < b, x < y);
    EXPECT_EQ(ReadAscending(x), a);
  }
}

TEST(Descending, TurnsOrderRoundAndReadsBack) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 10000; ++round) {
    const uint64_t a = random() >> (random() % 64);
    const uint64_t b = random() >> (random() % 64);
    EXPECT_EQ(a > b, Encoded(AppendDescending, a) < Encoded(AppendDescending, b));
    EXPECT_EQ(ReadDescending(Encoded(AppendDescending, a)), a);
  }
}

TEST(Ordered, KeepsOrderOverNegativeNumbers) {
  const std::vector<int32_t> numbers = {INT32_MIN, -719528, -1, 0, 1, 20000, INT32_MAX};
  for (int32_t a : numbers) {
    for (int32_t b : numbers)
      EXPECT_EQ(a < b, Encoded(AppendOrdered, a) < Encoded(AppendOrdered, b));
    EXPECT_EQ(ReadOrdered(Encoded(AppendOrdered, a)), a);
  }
}

TEST(Closed, NoValueIsAPrefixOfAnotherAndOrderHolds) {
  const std::vector<std::string> values = {
      "",   "a",  std::string("a\0", 2), std::string("a\0b", 3), "a\x01",
      "aa", "ab", std::string(96, 'x'),  std::string(96, 'y')};
  for (const std::string& a : values) {
    for (const std::string& b : values) {
      const std::string x = Encoded(AppendClosed, a);
      const std::string y = Encoded(AppendClosed, b);
      EXPECT_EQ(a < b, x < y);
      if (a != b) {
        EXPECT_NE(y.substr(0, x.size()), x);
      }
    }
  }
}

TEST(Closed, LongValuesAreCutButStayDifferent) {
  const std::string a(2000, 'a');
  const std::string b = a.substr(1) + "b";
  EXPECT_NE(Encoded(AppendClosed, a), Encoded(AppendClosed, b));
  EXPECT_EQ(Encoded(AppendClosed, a), Encoded(AppendClosed, a));
  EXPECT_LE(Encoded(AppendClosed, a).size(), 64 + 64 + 2);
}

TEST(Varint, ReadsBackAndRefusesWhatIsCutOff) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 10000; ++round) {
    const uint64_t number = random() >> (random() % 64);
    const std::string bytes = Encoded(AppendVarint, number);
    absl::string_view in = bytes;
    uint64_t read = 0;
    ASSERT_TRUE(TakeVarint(&in, &read));
    EXPECT_EQ(read, number);
    EXPECT_TRUE(in.empty());
    in = absl::string_view(bytes).substr(0, bytes.size() - 1);
    EXPECT_FALSE(TakeVarint(&in, &read));
  }
  const std::string endless(11, '\xff');
  absl::string_view in = endless;
  uint64_t read = 0;
  EXPECT_FALSE(TakeVarint(&in, &read));
}

TEST(Sized, RefusesALengthBeyondTheEnd) {
  std::string bytes;
  AppendSized("hello", &bytes);
  absl::string_view in = bytes;
  absl::string_view read;
  ASSERT_TRUE(TakeSized(&in, &read));
  EXPECT_EQ(read, "hello");
  in = absl::string_view(bytes).substr(0, 3);
  EXPECT_FALSE(TakeSized(&in, &read));
}

TEST(PrefixEnd, IsTheFirstKeyAfterThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace headwater::keys
