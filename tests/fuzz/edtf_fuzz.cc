// Dates, against a reading by regular expressions and counted days.
#include <cstdint>
#include <regex>

#include "base/edtf.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {
namespace {

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysIn(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Days from 1970-01-01 to the year's first, counted year by year.
int32_t FirstOf(int year) {
  int32_t day = 0;
  for (int y = 1970; y < year; ++y) day += IsLeap(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) day -= IsLeap(y) ? 366 : 365;
  return day;
}

int32_t DayOf(int year, int month, int day) {
  int32_t days = FirstOf(year) + day - 1;
  for (int m = 1; m < month; ++m) days += DaysIn(year, m);
  return days;
}

struct Span {
  int32_t first;
  int32_t last;
};

// A date of up to a day, qualified or not; nullopt for anything else, date-times too.
std::optional<Span> Read(const std::string& text) {
  static const std::regex* const pattern =
      new std::regex("(-?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?");
  std::smatch match;
  if (!std::regex_match(text, match, *pattern)) return std::nullopt;
  const bool negative = match[1].length() > 0;
  const int year = std::stoi(match[2]) * (negative ? -1 : 1);
  if (negative && year == 0) return std::nullopt;
  if (!match[3].matched) return Span{DayOf(year, 1, 1), DayOf(year, 12, 31)};
  const int month = std::stoi(match[3]);
  if (month < 1 || month > 12) return std::nullopt;
  if (!match[4].matched)
    return Span{DayOf(year, month, 1), DayOf(year, month, DaysIn(year, month))};
  const int day = std::stoi(match[4]);
  if (day < 1 || day > DaysIn(year, month)) return std::nullopt;
  return Span{DayOf(year, month, day), DayOf(year, month, day)};
}

// Whether the text is an interval, and of what.
bool ReadInterval(const std::string& text, std::optional<int32_t>* first,
                  std::optional<int32_t>* last) {
  const size_t slash = text.find('/');
  const std::string begin = text.substr(0, slash);
  const std::string end = text.substr(slash + 1);
  const bool open_begin = begin.empty() || begin == "..";
  const bool open_end = end.empty() || end == "..";
  const auto from = Read(begin);
  const auto until = Read(end);
  if ((!from && !open_begin) || (!until && !open_end) || (open_begin && open_end)) return false;
  if (from) *first = from->first;
  if (until) *last = until->last;
  return !from || !until || from->first <= until->last;
}

void TryDays(absl::string_view text) {
  if (const std::optional<int32_t> day = DayFromText(text)) HW_HOLDS(DayToText(*day) == text);
}

}  // namespace

void Try(absl::string_view input) {
  TryDays(input);
  const auto date = ParseEdtf(input);
  if (!date.ok()) {
    HW_HOLDS(date.status().code() == absl::StatusCode::kInvalidArgument);
    HW_HOLDS(date.status().message().size() < 600);
  } else {
    HW_HOLDS(date->earliest_day || date->latest_day);
    for (const auto& day : {date->earliest_day, date->latest_day}) {
      if (!day) continue;
      HW_HOLDS(*day >= kMinDay && *day <= kMaxDay);
      HW_HOLDS(DayFromText(DayToText(*day)) == *day);
    }
    if (date->earliest_day && date->latest_day) HW_HOLDS(*date->earliest_day <= *date->latest_day);
  }
  if (input.size() > kMaxEdtfLength) {
    HW_HOLDS(!date.ok());
    return;
  }
  const std::string text(input);
  if (text.find('T') != std::string::npos)
    return;  // a time of day: what it says stands in edtf_test.cc
  std::optional<int32_t> first;
  std::optional<int32_t> last;
  bool good = false;
  if (text.find('/') != std::string::npos) {
    good = ReadInterval(text, &first, &last);
  } else if (const auto span = Read(text)) {
    good = true;
    first = span->first;
    last = span->last;
  }
  HW_HOLDS(date.ok() == good);
  if (!good) return;
  HW_HOLDS(date->earliest_day == first && date->latest_day == last);
  HW_HOLDS(date->uncertain == (text.find_first_of("?%") != std::string::npos));
  HW_HOLDS(date->approximate == (text.find_first_of("~%") != std::string::npos));
}

}  // namespace headwater::fuzz
