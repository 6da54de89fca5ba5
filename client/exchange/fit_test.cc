#include "exchange/fit.h"

#include "exchange/html_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/review.pb.h"
#include "headwater/v1/source.pb.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;

std::string Date(absl::string_view text, DayOrder order = DayOrder::kDayFirst) {
  return DateFromText(text, order).value_or("none");
}

TEST(Dates, OfManyShapes) {
  EXPECT_EQ(Date("2020-06-23"), "2020-06-23");
  EXPECT_EQ(Date("2020-06-23 20:02"), "2020-06-23");
  EXPECT_EQ(Date("2020-08-31 17:22:16"), "2020-08-31T17:22:16");
  EXPECT_EQ(Date("2020-07-06T12:35:18+01:00"), "2020-07-06T12:35:18+01:00");
  EXPECT_EQ(Date("2023-01-24T13:32:06.838Z"), "2023-01-24T13:32:06Z");
  EXPECT_EQ(Date("2020-07-06T12:35:18+0530"), "2020-07-06T12:35:18+05:30");
  EXPECT_EQ(Date("25-8-2020"), "2020-08-25");
  EXPECT_EQ(Date("3/4/2020"), "2020-04-03");
  EXPECT_EQ(Date("3/4/2020", DayOrder::kMonthFirst), "2020-03-04");
  EXPECT_EQ(Date("3/14/2020"), "2020-03-14");
  EXPECT_EQ(Date("June 23, 2020"), "2020-06-23");
  EXPECT_EQ(Date("Tue, 23 Jun 2020 20:02:11 GMT"), "2020-06-23T20:02:11Z");
  EXPECT_EQ(Date("June 2020"), "2020-06");
  EXPECT_EQ(Date("20200623"), "2020-06-23");
  EXPECT_EQ(Date("2025-08/.."), "2025-08/..");
  for (const char* bad :
       {"", "soon", "2020-13-01", "30-02-2020", "2020-06-23 25:00:00", "1234567"}) {
    EXPECT_EQ(Date(bad), "none") << bad;
  }
}

TEST(Html, IsWhatReadersSee) {
  EXPECT_EQ(HtmlToText("Tom &amp; Jerry&#8217;s"), "Tom & Jerry’s");
  EXPECT_EQ(HtmlToText("a &amp;quot;b&amp;quot;"), "a \"b\"");
  EXPECT_EQ(HtmlToText("<p>One <b>two</b></p><p>Three</p>"), "One two\nThree");
  EXPECT_EQ(HtmlToText("1 < 2 && 3 > 2"), "1 < 2 && 3 > 2");
}

TEST(Fitter, KeepsWhatItChanges) {
  v1::Source source;
  Fitter fitter(&source, "test");
  EXPECT_TRUE(fitter.Set("display_name", "Pete Evans\u200f"));
  EXPECT_TRUE(fitter.Set("kind", "news outlet"));
  EXPECT_FALSE(fitter.Set("country", "Neverland"));
  EXPECT_FALSE(fitter.Set("note", "  "));
  EXPECT_TRUE(fitter.Add("domains", "https://www.ft.com/x"));
  EXPECT_TRUE(fitter.Add("domains", "ft.com"));
  EXPECT_EQ(source.display_name(), "Pete Evans");
  EXPECT_EQ(source.kind(), v1::SOURCE_KIND_NEWS_OUTLET);
  EXPECT_THAT(source.domains(), ElementsAre("ft.com"));
  EXPECT_EQ(source.original().format(), "test");
  ASSERT_EQ(source.original().values_size(), 3);
  EXPECT_EQ(source.original().values(0).field(), "display_name");
  EXPECT_EQ(source.original().values(0).value(), "Pete Evans\u200f");
  EXPECT_EQ(source.original().values(1).value(), "Neverland");
  EXPECT_EQ(source.original().values(2).value(), "https://www.ft.com/x");
  EXPECT_TRUE(CheckRules(source).ok()) << CheckRules(source);
}

TEST(Fitter, NumbersNestedFieldsAndLongTexts) {
  v1::Review review;
  Fitter fitter(&review, "test");
  EXPECT_TRUE(fitter.Set("rating.value", "-1"));
  EXPECT_FALSE(fitter.Set("rating.best", "five"));
  EXPECT_FALSE(fitter.Set("item_reviewed.first_appearance", "see below"));
  EXPECT_FALSE(review.has_item_reviewed());
  EXPECT_TRUE(fitter.Set("claim_reviewed", std::string(6000, 'x')));
  EXPECT_EQ(review.rating().value(), -1);
  EXPECT_FALSE(review.rating().has_best());
  EXPECT_EQ(review.claim_reviewed(), std::string(4999, 'x') + "…");
  EXPECT_EQ(review.original().values(2).value(), std::string(6000, 'x'));
}

TEST(FitValue, OfEachFormat) {
  const auto fit = [](v1::Format format, absl::string_view value) {
    v1::FieldRule rule;
    rule.set_format(format);
    rule.set_max_length(200);
    const std::string fitted = FitValue(rule, value).value_or("none");
    EXPECT_TRUE(fitted == "none" || CheckValue(rule, fitted).ok()) << fitted;
    return fitted;
  };
  EXPECT_EQ(fit(v1::FORMAT_LINE, " a\r\n b\xff "), "a b\uFFFD");
  EXPECT_EQ(fit(v1::FORMAT_LINE, "e\u0301\u202e"), "é");
  EXPECT_EQ(fit(v1::FORMAT_TEXT, "a\r\nb\x01"), "a\nb");
  EXPECT_EQ(fit(v1::FORMAT_LANGUAGE, "pt_BR"), "pt-BR");
  EXPECT_EQ(fit(v1::FORMAT_LANGUAGE, "Portuguese language"), "none");
  EXPECT_EQ(fit(v1::FORMAT_URI, "ft.com/a b|c"), "https://ft.com/a%20b%7Cc");
  EXPECT_EQ(fit(v1::FORMAT_URI, "/a/b"), "none");
  EXPECT_EQ(fit(v1::FORMAT_URI, "javascript:alert(1)"), "none");
  EXPECT_EQ(fit(v1::FORMAT_URI, "https://x.org/100%"), "https://x.org/100%25");
  EXPECT_EQ(fit(v1::FORMAT_DECIMAL, "1,234.50"), "1234.50");
  EXPECT_EQ(fit(v1::FORMAT_COUNTRY, "vn"), "VN");
  EXPECT_EQ(fit(v1::FORMAT_ID, "Export Controls!"), "export-controls");
}

}  // namespace
}  // namespace headwater::exchange
