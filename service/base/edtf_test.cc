#include "base/edtf.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

using ::testing::HasSubstr;

// The bounds as text, "earliest..latest", an open one as "-", then the flags.
std::string Read(absl::string_view text) {
  const absl::StatusOr<Edtf> edtf = ParseEdtf(text);
  if (!edtf.ok()) return std::string(edtf.status().message());
  const auto day = [](std::optional<int32_t> value) { return value ? DayToText(*value) : "-"; };
  return absl::StrCat(day(edtf->earliest_day), "..", day(edtf->latest_day),
                      edtf->uncertain ? " uncertain" : "", edtf->approximate ? " approximate" : "");
}

TEST(ParseEdtfTest, DatesOfEachPrecision) {
  EXPECT_EQ(Read("2025"), "2025-01-01..2025-12-31");
  EXPECT_EQ(Read("2025-05"), "2025-05-01..2025-05-31");
  EXPECT_EQ(Read("2025-05-29"), "2025-05-29..2025-05-29");
  EXPECT_EQ(Read("2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(Read("1900-02"), "1900-02-01..1900-02-28");
  EXPECT_EQ(Read("2000-02-29"), "2000-02-29..2000-02-29");
  EXPECT_EQ(Read("0000"), "0000-01-01..0000-12-31");
  EXPECT_EQ(Read("0000-02-29"), "0000-02-29..0000-02-29");
  EXPECT_EQ(Read("-0043-03-15"), "-0043-03-15..-0043-03-15");
  EXPECT_EQ(Read("-0004-02"), "-0004-02-01..-0004-02-29");
  EXPECT_EQ(ParseEdtf("1970-01-01").value(), (Edtf{0, 0, false, false}));
  EXPECT_EQ(ParseEdtf("1969-12-31").value(), (Edtf{-1, -1, false, false}));
  EXPECT_EQ(ParseEdtf("-9999").value().earliest_day, kMinDay);
  EXPECT_EQ(ParseEdtf("9999").value().latest_day, kMaxDay);
}

TEST(ParseEdtfTest, DateTimesSpanTheDayAsWrittenAndInUtc) {
  EXPECT_EQ(Read("2025-05-29T10:00:00"), "2025-05-29..2025-05-29");
  EXPECT_EQ(Read("2025-05-29T10:00:00Z"), "2025-05-29..2025-05-29");
  EXPECT_EQ(Read("2025-05-29T10:00:00+07"), "2025-05-29..2025-05-29");
  EXPECT_EQ(Read("2025-05-29T06:59:59+07:00"), "2025-05-28..2025-05-29");
  EXPECT_EQ(Read("2025-05-29T07:00:00+07:00"), "2025-05-29..2025-05-29");
  EXPECT_EQ(Read("2025-12-31T23:30:00-05:00"), "2025-12-31..2026-01-01");
  EXPECT_EQ(Read("2016-12-31T23:59:60Z"), "2016-12-31..2016-12-31");
  EXPECT_EQ(Read("9999-12-31T23:00:00-05:00"), "9999-12-31..9999-12-31");
  EXPECT_EQ(Read("-9999-01-01T00:00:00+05:00"), "-9999-01-01..-9999-01-01");
}

TEST(ParseEdtfTest, Qualifiers) {
  EXPECT_EQ(Read("2025-05~"), "2025-05-01..2025-05-31 approximate");
  EXPECT_EQ(Read("2025?"), "2025-01-01..2025-12-31 uncertain");
  EXPECT_EQ(Read("2025-05-29%"), "2025-05-29..2025-05-29 uncertain approximate");
  EXPECT_EQ(Read("2025?/2026~"), "2025-01-01..2026-12-31 uncertain approximate");
  EXPECT_EQ(Read("2025/2026~"), "2025-01-01..2026-12-31 approximate");
  EXPECT_EQ(Read("2025%/.."), "2025-01-01..- uncertain approximate");
}

TEST(ParseEdtfTest, Intervals) {
  EXPECT_EQ(Read("2025-03/2025-06"), "2025-03-01..2025-06-30");
  EXPECT_EQ(Read("2025-08/.."), "2025-08-01..-");
  EXPECT_EQ(Read("../2025"), "-..2025-12-31");
  EXPECT_EQ(Read("2025-08/"), "2025-08-01..-");
  EXPECT_EQ(Read("/2025-08-01"), "-..2025-08-01");
  EXPECT_EQ(Read("-0050/0014"), "-0050-01-01..0014-12-31");
  EXPECT_EQ(Read("2025/2025"), "2025-01-01..2025-12-31");
  // Precisions may mix; an end that holds the begin is no contradiction.
  EXPECT_EQ(Read("2025-05-29/2025-05"), "2025-05-29..2025-05-31");
  EXPECT_EQ(Read("2025-05/2025"), "2025-05-01..2025-12-31");
  EXPECT_EQ(Read("2025/2025-05"), "2025-01-01..2025-05-31");
}

TEST(ParseEdtfTest, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_EQ(Read("May 2025"),
            "'May 2025' is not a date; write 2025-05, 2025-05-29, 2025-03/2025-06, 2025-08/.. or "
            "2025-05~");
  EXPECT_EQ(Read("2025-13"), "'2025-13' has the month 13; months are 01 to 12");
  EXPECT_EQ(Read("2025-00-01"), "'2025-00-01' has the month 00; months are 01 to 12");
  EXPECT_EQ(Read("2025-02-29"), "'2025-02-29' has the day 29; that month has 01 to 28");
  EXPECT_EQ(Read("2025-04-00"), "'2025-04-00' has the day 00; that month has 01 to 30");
  EXPECT_EQ(Read("2025-21"), "'2025-21' names a season; write its months, as in 2025-03/2025-05");
  EXPECT_EQ(Read("-0000"), "'-0000' is no year; 0000 is 1 BC, -0001 is 2 BC");
  EXPECT_EQ(Read("2025-06/2025-03"),
            "'2025-06/2025-03' ends before it begins; write 2025-03/2025-06");
  EXPECT_EQ(Read("2025/2026/2027"),
            "'2025/2026/2027' has more than one '/'; write 2025-03/2025-06");
  for (const absl::string_view text : {"/", "../..", "/..", "../"}) {
    EXPECT_THAT(Read(text), HasSubstr("holds no date")) << text;
  }
  EXPECT_THAT(Read("2025-05-29T25:00:00Z"), HasSubstr("a time that no clock shows"));
  EXPECT_THAT(Read("2025-05-29T10:58:60Z"), HasSubstr("a time that no clock shows"));
  EXPECT_THAT(Read("2025-05-29T24:00:00Z"), HasSubstr("a time that no clock shows"));
  EXPECT_THAT(Read("2025-05-29T10:00Z"), HasSubstr("no full time after its T"));
  EXPECT_THAT(Read("2025-05-29T"), HasSubstr("no full time after its T"));
  EXPECT_THAT(Read("2025-05-29T10:00:00.5Z"), HasSubstr("more after its seconds than Z"));
  EXPECT_THAT(Read("2025-05-29T10:00:00z"), HasSubstr("more after its seconds than Z"));
  EXPECT_THAT(Read("2025-05-29T10:00:00+7"), HasSubstr("no good offset from UTC"));
  EXPECT_THAT(Read("2025-05-29T10:00:00+24:00"), HasSubstr("no good offset from UTC"));
  EXPECT_THAT(Read("2025-05-29T10:00:00+07:"), HasSubstr("no good offset from UTC"));
  EXPECT_THAT(Read("2025-05-29T10:00:00Z~"), HasSubstr("qualifies a time"));
  EXPECT_THAT(Read("2025-05-29T10:00:00Z/2025-06"), HasSubstr("intervals run from a date"));
}

TEST(ParseEdtfTest, RefusesEverythingElse) {
  for (const absl::string_view text : {"",
                                       " ",
                                       "2025 ",
                                       " 2025",
                                       "25",
                                       "202",
                                       "20255",
                                       "2025-5",
                                       "2025-05-9",
                                       "2025-05-299",
                                       "2025/05",
                                       "2025-",
                                       "2025-05-",
                                       "20250529",
                                       "--05",
                                       "+2025",
                                       "2025-05-29 10:00:00Z",
                                       "2025-05-29Z",
                                       "202X",
                                       "2025??",
                                       "?2025",
                                       "~",
                                       "2025~?",
                                       "Y12025",
                                       "..",
                                       "..2025",
                                       "2025..",
                                       "2025-08/...",
                                       "today",
                                       "2025-05-29T10:00:00ZZ",
                                       "2025-05-29T10:00:00+07:00Z",
                                       "2025-0a",
                                       "2025-05-\xd9\xa2\xd9\xa9",
                                       "\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x95"}) {
    const absl::StatusOr<Edtf> edtf = ParseEdtf(text);
    EXPECT_EQ(edtf.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(edtf.status().message()), HasSubstr("write ")) << text;
  }
}

TEST(ParseEdtfTest, EmbeddedNulAndLength) {
  EXPECT_FALSE(ParseEdtf(absl::string_view("2025\0", 5)).ok());
  // What is echoed is printable.
  EXPECT_THAT(Read(absl::string_view("20\n25", 5)), HasSubstr("'20\\n25'"));
  const std::string long_text(kMaxEdtfLength + 1, '2');
  EXPECT_THAT(Read(long_text), HasSubstr("longer than 64 bytes"));
  EXPECT_LT(Read(std::string(100000, 'x')).size(), 200u);
}

TEST(DayTextTest, EveryDayGoesThereAndBackInOrder) {
  std::string last_of_era;
  for (int32_t day = kMinDay; day <= kMaxDay; ++day) {
    // Every day around leap decisions and the turn of eras; elsewhere a stride prime to weeks and
    // years.
    const bool near =
        (day - kMinDay) % 36524 < 400 || (day > -720000 && day < -718000) || day > kMaxDay - 400;
    if (!near && day % 331 != 0) continue;
    const std::string text = DayToText(day);
    ASSERT_EQ(DayFromText(text), day) << text;
    const Edtf edtf = ParseEdtf(text).value();
    ASSERT_EQ(edtf, (Edtf{day, day, false, false})) << text;
    if (day >= -719528) {  // from year 0 on, text order is day order
      ASSERT_LT(last_of_era, text);
      last_of_era = text;
    }
  }
}

TEST(DayTextTest, KnownDays) {
  EXPECT_EQ(DayToText(0), "1970-01-01");
  EXPECT_EQ(DayToText(19782), "2024-02-29");
  EXPECT_EQ(DayToText(-719528), "0000-01-01");
  EXPECT_EQ(DayToText(-719529), "-0001-12-31");
  EXPECT_EQ(DayToText(kMinDay), "-9999-01-01");
  EXPECT_EQ(DayToText(kMaxDay), "9999-12-31");
}

TEST(DayTextTest, TakesNothingButAFullDate) {
  for (const absl::string_view text :
       {"", "2025", "2025-05", "2025-05-2", "2025-05-29~", "2025-02-29", "2025-05-29T10:00:00Z",
        "-2025-05-2", "2025-05-29 ", "2025/05/29", "-0000-01-01", "2025-05/.."}) {
    EXPECT_EQ(DayFromText(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace headwater
