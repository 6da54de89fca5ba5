#include "search/text/dates.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "search/text/fold.h"

namespace headwater::search {
namespace {

struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
  size_t tokens = 0;  // that it is made of

  bool is_valid() const {
    return year >= 1000 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }
};

// One reading of tokens from `at` on; every Take goes on where it succeeds.
class Reading {
 public:
  using Months = absl::flat_hash_map<std::string, int>;
  Reading(absl::string_view text, const std::vector<Token>& tokens, size_t at, const Months& months)
      : text_(text), tokens_(tokens), begin_(at), at_(at), months_(months) {}

  bool TakeNumber(int* number) {
    if (at_ >= tokens_.size() || tokens_[at_].kind != TokenKind::kNumber) return false;
    if (tokens_[at_].stem.size() > 4 || !absl::SimpleAtoi(tokens_[at_].stem, number)) return false;
    ++at_;
    return true;
  }

  bool TakeMonth(int* month) {
    if (at_ >= tokens_.size()) return false;
    const auto found = months_.find(tokens_[at_].folded);
    if (found == months_.end()) return false;
    *month = found->second;
    ++at_;
    return true;
  }

  bool TakeWord(absl::string_view folded) {
    if (at_ >= tokens_.size() || tokens_[at_].folded != folded) return false;
    ++at_;
    return true;
  }

  // Whether just this stands between the token before and the next.
  bool IsBetween(absl::string_view sign) const {
    if (at_ == begin_ || at_ >= tokens_.size()) return false;
    const size_t end = tokens_[at_ - 1].end;
    return tokens_[at_].begin >= end && text_.substr(end, tokens_[at_].begin - end) == sign;
  }

  size_t taken() const { return at_ - begin_; }

 private:
  const absl::string_view text_;
  const std::vector<Token>& tokens_;
  const size_t begin_;
  size_t at_;
  const Months& months_;
};

bool ReadNamedMonth(Reading reading, Day* day) {
  if (reading.TakeMonth(&day->month)) {
    if (!reading.TakeNumber(&day->day)) return false;
  } else {
    if (!reading.TakeNumber(&day->day)) return false;
    reading.TakeWord("de") || reading.TakeWord("of");
    if (!reading.TakeMonth(&day->month)) return false;
  }
  reading.TakeWord("de");
  if (!reading.TakeNumber(&day->year)) return false;
  day->tokens = reading.taken();
  return true;
}

bool ReadVietnamese(Reading reading, Day* day) {
  reading.TakeWord("ngay");
  if (!reading.TakeNumber(&day->day) || !reading.TakeWord("thang") ||
      !reading.TakeNumber(&day->month)) {
    return false;
  }
  reading.TakeWord("nam");
  if (!reading.TakeNumber(&day->year)) return false;
  day->tokens = reading.taken();
  return true;
}

bool ReadChinese(Reading reading, Day* day) {
  if (!reading.TakeNumber(&day->year) || !reading.TakeWord("年") ||
      !reading.TakeNumber(&day->month) || !reading.TakeWord("月") ||
      !reading.TakeNumber(&day->day)) {
    return false;
  }
  day->tokens = reading.taken();
  return true;
}

bool ReadFigures(Reading reading, const std::string& language, Day* day) {
  int first;
  int second;
  int third;
  if (!reading.TakeNumber(&first)) return false;
  std::string sign;
  for (const char* each : {"-", "/", "."}) {
    if (reading.IsBetween(each)) sign = each;
  }
  if (sign.empty() || !reading.TakeNumber(&second) || !reading.IsBetween(sign) ||
      !reading.TakeNumber(&third)) {
    return false;
  }
  day->tokens = reading.taken();
  if (first >= 1000) {
    *day = {first, second, third, day->tokens};
    return true;
  }
  if (first != second && language == "en" && first <= 12 && second <= 12) return false;
  const bool is_month_first = second > 12;
  *day = {third, is_month_first ? first : second, is_month_first ? second : first, day->tokens};
  return true;
}

}  // namespace

const DateReader::Months& DateReader::MonthsOf(const std::string& language) {
  const auto known = by_language_.find(language);
  if (known != by_language_.end()) return known->second;
  Months months;
  UErrorCode error = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(language.c_str()), error);
  using Symbols = icu::DateFormatSymbols;
  for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
      if (U_FAILURE(error)) break;
      int32_t count = 0;
      const icu::UnicodeString* names = symbols.getMonths(count, context, width);
      for (int32_t i = 0; i < count; ++i) {
        std::string name;
        names[i].toUTF8String(name);
        while (!name.empty() && name.back() == '.') name.pop_back();
        std::string folded = FoldWord(name);
        // "tháng 1", "1月" are read otherwise.
        if (!folded.empty() && folded.find_first_of(" 0123456789") == std::string::npos) {
          months.emplace(std::move(folded), i + 1);
        }
      }
    }
  }
  return by_language_.emplace(language, std::move(months)).first->second;
}

void DateReader::AddDates(absl::string_view text, const std::string& language,
                          std::vector<Token>* tokens) {
  size_t figures = 0;
  for (const Token& token : *tokens) figures += token.kind == TokenKind::kNumber;
  if (figures < 2) return;
  const Months& months = MonthsOf(language);
  std::vector<Token> with_dates;
  with_dates.reserve(tokens->size() + 1);
  size_t until = 0;  // tokens before it are part of a day
  for (size_t i = 0; i < tokens->size(); ++i) {
    const Reading reading(text, *tokens, i, months);
    Day day;
    const bool is_day =
        i >= until && (ReadNamedMonth(reading, &day) || ReadVietnamese(reading, &day) ||
                       ReadChinese(reading, &day) || ReadFigures(reading, language, &day));
    if (is_day && day.is_valid()) {
      until = i + day.tokens;
      Token whole;
      whole.stem = absl::StrFormat("=%04d-%02d-%02d", day.year, day.month, day.day);
      whole.folded = whole.stem;
      whole.begin = (*tokens)[i].begin;
      whole.end = (*tokens)[until - 1].end;
      whole.position = (*tokens)[i].position;
      with_dates.push_back(std::move(whole));
    }
    with_dates.push_back(std::move((*tokens)[i]));
  }
  *tokens = std::move(with_dates);
}

}  // namespace headwater::search
