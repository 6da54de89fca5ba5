#include "records/quoted_text.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "gtest/gtest.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Parsed;

v1::Quote Quote(const std::string& text) { return Parsed<v1::Quote>(text); }

v1::Quote At(const std::string& exact, int start, const std::string& more = "") {
  v1::Quote quote = Quote(more);
  quote.set_exact(exact);
  quote.mutable_position()->set_start(start);
  quote.mutable_position()->set_end(start + static_cast<int>(CodePoints(exact)));
  return quote;
}

// "field: words", or "" for one that holds.
std::string Wrong(const QuotedText& text, const v1::Quote& quote) {
  if (text.Holds(quote)) return "";
  const Violation wrong = text.WhatIsWrongWith(quote);
  return absl::StrCat(wrong.field, ": ", wrong.description);
}

// Characters of one to four bytes, so that bytes, code points and UTF-16 units all differ.
TEST(QuotedText, CountsCodePoints) {
  const QuotedText text("Lời 😀 nói của ông: “chưa rõ”.");
  EXPECT_EQ(Wrong(text, At("Lời", 0)), "");
  EXPECT_EQ(Wrong(text, At("nói", 6)), "");
  EXPECT_EQ(Wrong(text, At("chưa rõ", 20)), "");
  EXPECT_EQ(Wrong(text, At("”.", 27)), "") << "up to the end";
  EXPECT_EQ(Wrong(text, At("nói", 7)),
            "position: spans other words; nearest, the quote stands at 6 to 9");
  EXPECT_EQ(Wrong(text, At("nói", 999'999)),
            "position: spans other words; nearest, the quote stands at 6 to 9");
  EXPECT_EQ(Wrong(text, At("Nói", 6)),
            "position: spans other words; the quote does not stand in the text of its document at "
            "all");
}

TEST(QuotedText, NamesTheNearestOfManyPlaces) {
  const QuotedText text("no. no, no! no? no");
  for (const int place : {0, 4, 8, 12, 16}) {
    EXPECT_EQ(Wrong(text, At("no", place)), "");
    EXPECT_THAT(Wrong(text, At("no", place + 1)),
                HasSubstr(absl::StrCat("stands at ", place, " to ", place + 2)));
  }
  EXPECT_THAT(Wrong(text, At("no", 3)), HasSubstr("stands at 4 to 6"));
  EXPECT_THAT(Wrong(text, At("no", 2)), HasSubstr("stands at 0 to 2"))
      << "the first of two as near";
  EXPECT_THAT(Wrong(text, At("no", 17)), HasSubstr("stands at 16 to 18"));
}

// An occurrence may begin inside of another.
TEST(QuotedText, LooksInsideOfWhatItFound) {
  const QuotedText text("xabababx");
  EXPECT_EQ(Wrong(text, At("abab", 3)), "");
  EXPECT_THAT(Wrong(text, At("abab", 4)), HasSubstr("stands at 3 to 7"));
  EXPECT_THAT(Wrong(text, At("abab", 0)), HasSubstr("stands at 1 to 5"));
}

TEST(QuotedText, WithoutAPositionItStandsAnywhere) {
  const QuotedText text("He said no. She said nothing.");
  EXPECT_EQ(Wrong(text, Quote("exact: 'said no'")), "");
  EXPECT_EQ(Wrong(text, Quote("exact: 'said yes'")),
            "exact: does not stand in the text of its document at all");
  EXPECT_EQ(Wrong(text, Quote("exact: 'no' prefix: 'She said '")), "");
  EXPECT_EQ(Wrong(text, Quote("exact: 'no' prefix: 'She said ' suffix: 'thing'")), "");
  EXPECT_EQ(Wrong(text, Quote("exact: 'no' prefix: 'She said ' suffix: '.'")),
            "prefix: does not fit: the quote stands at 8 to 10, but nowhere with the words given "
            "around it");
  EXPECT_THAT(Wrong(text, Quote("exact: 'no' suffix: '?'")), HasSubstr("suffix: does not fit"));
}

TEST(QuotedText, PrefixAndSuffixAreExactlyWhatStandsBesideThePosition) {
  const QuotedText text("He said no. She said nothing.");
  EXPECT_EQ(Wrong(text, At("no", 8, "prefix: 'He said ' suffix: '.'")), "");
  EXPECT_EQ(Wrong(text, At("no", 21, "prefix: 'said ' suffix: 'thing.'")), "");
  EXPECT_EQ(Wrong(text, At("no", 8, "prefix: 'She said '")),
            "prefix: does not fit: other words stand there around the quote; with those given it "
            "stands at 21 to 23");
  EXPECT_EQ(Wrong(text, At("no", 8, "prefix: 'said'")),
            "prefix: does not fit: other words stand there around the quote; with those given it "
            "stands nowhere")
      << "the space between counts";
  EXPECT_THAT(Wrong(text, At("no", 8, "prefix: 'said ' suffix: 'thing'")),
              HasSubstr("suffix: does not fit"));
  EXPECT_EQ(Wrong(text, At("no", 9, "prefix: 'She said '")),
            "position: spans other words; nearest, the quote stands at 21 to 23");
  EXPECT_EQ(Wrong(text, At("no", 9, "prefix: 'They said '")),
            "position: spans other words; nearest, the quote stands at 8 to 10, though not with "
            "the words given around it");
  EXPECT_THAT(Wrong(text, At("He", 0, "prefix: 'a much longer prefix than there is room for'")),
              HasSubstr("prefix: does not fit"));
  EXPECT_THAT(Wrong(text, At("thing.", 23, "suffix: ' The end.'")),
              HasSubstr("suffix: does not fit"));
}

// Beside a search that tries every code point, over texts of few letters, in which much repeats.
TEST(QuotedText, AgreesWithTryingEveryPlace) {
  const std::vector<std::string> letters = {"a", "b", "ế", "😀"};
  std::mt19937 random(7);
  const auto some = [&](size_t most) {
    std::vector<std::string> word;
    for (size_t i = random() % (most + 1); i > 0; --i)
      word.push_back(letters[random() % (1 + random() % letters.size())]);
    return word;
  };
  const auto join = [](const std::vector<std::string>& word) {
    std::string all;
    for (const std::string& letter : word) all += letter;
    return all;
  };
  for (int round = 0; round < 3000; ++round) {
    const std::vector<std::string> text = some(round % 10 == 0 ? 900 : 30);
    std::vector<std::string> exact = some(3);
    if (exact.empty()) exact = {"a"};
    const std::vector<std::string> prefix = some(2);
    const size_t near = random() % (text.size() + 3);
    std::vector<std::string> whole = prefix;
    whole.insert(whole.end(), exact.begin(), exact.end());
    std::optional<size_t> nearest;
    for (size_t i = 0; i + whole.size() <= text.size(); ++i) {
      if (!std::equal(whole.begin(), whole.end(), text.begin() + static_cast<long>(i))) continue;
      const size_t place = i + prefix.size();
      const auto distance = [near](size_t from) { return from > near ? from - near : near - from; };
      if (!nearest || distance(place) < distance(*nearest)) nearest = place;
    }
    const QuotedText quoted(join(text));
    v1::Quote quote = At(join(exact), static_cast<int>(near));
    quote.set_prefix(join(prefix));
    const std::string wrong = Wrong(quoted, quote);
    ASSERT_EQ(wrong.empty(), nearest == near) << join(text) << " | " << quote.DebugString();
    if (nearest && nearest != near) {
      ASSERT_THAT(wrong, HasSubstr(absl::StrCat("stands at ", *nearest, " to ")))
          << join(text) << " | " << quote.DebugString();
      ASSERT_THAT(wrong, Not(HasSubstr("though")));
    }
    quote.clear_position();
    ASSERT_EQ(quoted.Holds(quote), nearest.has_value()) << join(text) << quote.DebugString();
  }
}

// The longest text and quote, which repeat themselves all over: a search that starts afresh at
// every place would take minutes.
TEST(QuotedText, LooksThroughTheLongestTextAtOnce) {
  std::string all;
  for (int i = 0; i < 1'000'000; ++i) all += "ế";
  const auto before = std::chrono::steady_clock::now();
  const QuotedText text(std::move(all));
  std::string words;
  for (int i = 0; i < 4999; ++i) words += "ế";
  EXPECT_EQ(Wrong(text, At(words, 990'000)), "");
  EXPECT_THAT(Wrong(text, At(words + "x", 990'000)), HasSubstr("at all"));
  EXPECT_THAT(Wrong(text, At(words, 999'999)), HasSubstr("stands at 995001 to 1000000"));
  v1::Quote anywhere = Quote("");
  anywhere.set_exact(words + "x");
  EXPECT_THAT(Wrong(text, anywhere), HasSubstr("at all"));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

}  // namespace
}  // namespace headwater::records
