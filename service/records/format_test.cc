#include "records/format.h"

#include "gtest/gtest.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using testing::Repeated;

bool Fits(const std::string& text, v1::Format format) {
  v1::FieldRule rule;
  rule.set_format(format);
  return !WhatIsWrongWith(text, rule).has_value();
}

std::string Wrong(const std::string& text, uint32_t max_length) {
  v1::FieldRule rule;
  rule.set_max_length(max_length);
  return WhatIsWrongWith(text, rule).value_or("");
}

struct Case {
  v1::Format format;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

TEST(Format, TakesWhatIsOfTheFormAndNothingElse) {
  const std::string sha(64, 'a');
  const std::vector<Case> cases = {
      {v1::FORMAT_VERBATIM, {"e\u0301", " \r\n", std::string("a\0b", 3)}, {"\xff"}},
      {v1::FORMAT_UNSPECIFIED, {"anything", " \n\r", "\x01"}, {}},
      {v1::FORMAT_LINE,
       {"a", "Tập đoàn Dữ Liệu", "a\u00a0b", "😀"},
       {" a", "a ", "\u00a0a", "a\u3000", "\u2003a", "a\nb", "a\tb", "a\x7f", "a\u0085", "a\u2028b",
        "a\u2029", std::string("a\0b", 3), " ", "\u3000"}},
      {v1::FORMAT_TEXT,
       {"a", "a\nb\tc", " a ", "\n a", "\u3000a", "à"},
       {" ", "\n\t ", "\u3000", "\u00a0 \u2028\n\u2029", "\r\n", "a\rb", "a\x01", "a\u009f",
        std::string("a\0", 2)}},
      {v1::FORMAT_DATE,
       {"2025", "2025-05", "2025-03/2025-06", "2025-08/..", "2025~", "-0043-03-15"},
       {"May 2025", "2025-13", "2025-5", "../..", "2025/2024", " 2025", "2025-02-30"}},
      {v1::FORMAT_LANGUAGE,
       {"vi", "en-GB", "zh-Hant-TW"},
       {"VI", "en_GB", "en-gb", "iw", "e", "-"}},
      {v1::FORMAT_URI,
       {"https://ft.com/a", "urn:isbn:1", "http://www.wikidata.org/entity/Q160120"},
       {"ft.com", "/a", "javascript:x", "data:,x", "https://", "https://a b", ":"}},
      {v1::FORMAT_DOMAIN,
       {"ft.com", "a-b.co.uk", "xn--bcher-kva.example"},
       {"ft", "FT.com", "ft.com.", ".com", "ft..com", "127.0.0.1", "ft.com/a", "bücher.example"}},
      {v1::FORMAT_COUNTRY, {"VN", "GB"}, {"vn", "V", "VNM", "V1", "Đ"}},
      {v1::FORMAT_SHA256,
       {sha, std::string(64, '0')},
       {sha.substr(1), sha + "a", std::string(64, 'A'), std::string(64, 'g')}},
      {v1::FORMAT_DECIMAL,
       {"0", "194000000", "7.5", "-3", "-0.05", "007", Repeated("9", 64)},
       {"-", ".", "5.", ".5", "+1", "1e5", "1,5", "1.2.3", "--1", " 1", "1 ", "0x1", "∞"}},
      {v1::FORMAT_ID,
       {"a", "h20", "export-controls", std::string(63, 'a')},
       {"-a", "a-", "A", "a_b", "a.b", "é", std::string(64, 'a')}},
  };
  for (const Case& one : cases) {
    for (const std::string& text : one.good)
      EXPECT_TRUE(Fits(text, one.format)) << v1::Format_Name(one.format) << " '" << text << "'";
    for (const std::string& text : one.bad)
      EXPECT_FALSE(Fits(text, one.format)) << v1::Format_Name(one.format) << " '" << text << "'";
  }
}

TEST(Format, AllTextIsUtf8AndAllButVerbatimInNormalFormC) {
  for (int format = 0; v1::Format_IsValid(format); ++format) {
    EXPECT_FALSE(Fits("a\xff", static_cast<v1::Format>(format))) << format;
    EXPECT_FALSE(Fits("\xc3", static_cast<v1::Format>(format))) << format;
    // á in two
    EXPECT_EQ(Fits("a\u0301", static_cast<v1::Format>(format)), format == v1::FORMAT_VERBATIM)
        << format;
  }
}

TEST(Format, LengthCountsCodePointsOfAnySize) {
  for (const char* one : {"a", "é", "ệ", "😀"}) {
    EXPECT_EQ(Wrong(Repeated(one, 7), 7), "");
    EXPECT_EQ(Wrong(Repeated(one, 8), 7), "is 8 code points long; at most 7 are allowed");
    EXPECT_EQ(Wrong(Repeated(one, 1000), 0), "");  // no bound
  }
  EXPECT_EQ(Wrong(Repeated("😀", 1'000'000), 1'000'000), "");
  EXPECT_EQ(Wrong(Repeated("😀", 1'000'001), 1'000'000),
            "is 1000001 code points long; at most 1000000 are allowed");
}

TEST(Format, WhatIsNotUtf8IsNotMeasured) {
  EXPECT_EQ(Wrong(std::string(100, '\x80'), 7), "is not UTF-8");
}

TEST(Format, WhatToWriteInsteadIsSaid) {
  v1::FieldRule rule;
  rule.set_format(v1::FORMAT_LANGUAGE);
  EXPECT_EQ(WhatIsWrongWith("zh-hant", rule),
            "'zh-hant' is not in canonical form; write 'zh-Hant'");
}

TEST(Shown, IsShortAndCanBeShown) {
  EXPECT_EQ(Shown("plain"), "plain");
  EXPECT_EQ(Shown(""), "");
  EXPECT_EQ(Shown("a\nb\x7f"), "a?b?");
  EXPECT_EQ(Shown("\xff"), "(not UTF-8)");
  EXPECT_EQ(Shown(Repeated("ệ", 60)), Repeated("ệ", 60));
  EXPECT_EQ(Shown(Repeated("😀", 61)), Repeated("😀", 60) + "…");
}

}  // namespace
}  // namespace headwater::records
