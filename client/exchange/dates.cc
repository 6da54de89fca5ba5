#include "exchange/dates.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMost = 64;  // what a date's field takes

struct Moment {
  int year = 0;
  int month = 0;  // 0: not said
  int day = 0;    // 0: not said
  bool has_time = false;
  bool has_seconds = false;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string zone;  // "Z", "+05:30" or nothing
};

// Takes `least` to `most` digits, all that stand there; -1 where they are fewer or more.
int TakeNumber(size_t least, size_t most, absl::string_view* text) {
  size_t digits = 0;
  while (digits < text->size() && absl::ascii_isdigit((*text)[digits])) ++digits;
  int number;
  if (digits < least || digits > most || !absl::SimpleAtoi(text->substr(0, digits), &number)) {
    return -1;
  }
  text->remove_prefix(digits);
  return number;
}

bool TakeChar(char c, absl::string_view* text) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

void TakeSpaces(absl::string_view* text) {
  while (TakeChar(' ', text)) {
  }
}

absl::string_view TakeWord(absl::string_view* text) {
  size_t letters = 0;
  while (letters < text->size() && absl::ascii_isalpha((*text)[letters])) ++letters;
  const absl::string_view word = text->substr(0, letters);
  text->remove_prefix(letters);
  return word;
}

bool IsDay(int year, int month, int day) {
  const absl::CivilDay civil(year, month, day);
  return month >= 1 && month <= 12 && day >= 1 && civil.year() == year && civil.month() == month &&
         civil.day() == day;
}

// 1 to 12 for an English name of a month or the beginning of one; 0 for all else.
int MonthOf(absl::string_view word) {
  static constexpr absl::string_view kMonths[] = {"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
  const std::string lower = absl::AsciiStrToLower(word);
  if (lower.size() < 3) return 0;
  for (size_t i = 0; i < std::size(kMonths); ++i) {
    if (absl::StartsWith(kMonths[i], lower)) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool IsWeekday(absl::string_view word) {
  static constexpr absl::string_view kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
  const std::string lower = absl::AsciiStrToLower(word);
  return lower.size() >= 3 && std::any_of(std::begin(kDays), std::end(kDays),
                                          [&](auto day) { return absl::StartsWith(day, lower); });
}

// 2020-06-23, 2020/6, 2020
bool TakeYearFirst(absl::string_view* text, Moment* moment) {
  moment->year = TakeNumber(4, 4, text);
  if (moment->year < 0) return false;
  for (char separator : {'-', '/', '.'}) {
    if (!TakeChar(separator, text)) continue;
    moment->month = TakeNumber(1, 2, text);
    if (moment->month < 1) return false;
    if (!TakeChar(separator, text)) return true;
    moment->day = TakeNumber(1, 2, text);
    return moment->day > 0;
  }
  return true;
}

// 23-6-2020, or 6/23/2020
bool TakeYearLast(DayOrder order, absl::string_view* text, Moment* moment) {
  int first = TakeNumber(1, 2, text);
  if (first < 1 || text->empty()) return false;
  const char separator = text->front();
  if (separator != '-' && separator != '/' && separator != '.') return false;
  text->remove_prefix(1);
  int second = TakeNumber(1, 2, text);
  if (second < 1 || !TakeChar(separator, text)) return false;
  moment->year = TakeNumber(4, 4, text);
  // Where one of the two can't be a month, there is nothing to choose. Points are for days first.
  const bool month_first =
      second > 12 || (order == DayOrder::kMonthFirst && first <= 12 && separator != '.');
  if (month_first) std::swap(first, second);
  moment->day = first;
  moment->month = second;
  return moment->year >= 0;
}

// 23 June 2020, 23rd of June, 2020; June 23, 2020; June 2020
bool TakeWords(absl::string_view* text, Moment* moment) {
  absl::string_view rest = *text;
  absl::string_view word = TakeWord(&rest);
  if (IsWeekday(word)) {
    TakeChar('.', &rest);
    TakeChar(',', &rest);
    TakeSpaces(&rest);
    *text = rest;
    word = TakeWord(&rest);
  }
  if (word.empty()) {
    moment->day = TakeNumber(1, 2, &rest);
    if (moment->day < 1) return false;
    for (absl::string_view end : {"st", "nd", "rd", "th", "."}) absl::ConsumePrefix(&rest, end);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-')) rest.remove_prefix(1);
    absl::ConsumePrefix(&rest, "of ");
    word = TakeWord(&rest);
  }
  moment->month = MonthOf(word);
  if (moment->month == 0) return false;
  TakeChar('.', &rest);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == ',' || rest.front() == '-')) {
    rest.remove_prefix(1);
  }
  if (moment->day == 0) {
    absl::string_view ahead = rest;
    const int day = TakeNumber(1, 2, &ahead);
    if (day > 0) {
      moment->day = day;
      for (absl::string_view end : {"st", "nd", "rd", "th"}) absl::ConsumePrefix(&ahead, end);
      rest = ahead;
      TakeChar(',', &rest);
      TakeSpaces(&rest);
    }
  }
  moment->year = TakeNumber(4, 4, &rest);
  *text = rest;
  return moment->year >= 0;
}

bool TakeDate(DayOrder order, absl::string_view* text, Moment* moment) {
  const absl::string_view whole = *text;
  if (TakeYearFirst(text, moment)) return true;
  *text = whole;
  *moment = Moment();
  if (TakeYearLast(order, text, moment)) return true;
  *text = whole;
  *moment = Moment();
  if (TakeWords(text, moment)) return true;
  *text = whole;
  *moment = Moment();
  const int digits = TakeNumber(8, 8, text);
  *moment = Moment{digits / 10000, digits / 100 % 100, digits % 100};
  return digits >= 0 && moment->month > 0 && moment->day > 0;
}

// "Z", "UTC", "+05:30", "+0530", "-03"
bool TakeZone(absl::string_view* text, std::string* zone) {
  TakeSpaces(text);
  for (absl::string_view utc : {"UTC", "GMT", "Z", "z"}) {
    if (absl::ConsumePrefix(text, utc)) {
      *zone = "Z";
      return true;
    }
  }
  const char sign = text->empty() ? ' ' : text->front();
  if (sign != '+' && sign != '-') return true;  // no zone at all
  text->remove_prefix(1);
  absl::string_view digits = *text;
  int hour;
  int minute = 0;
  if (digits.size() >= 4 && absl::ascii_isdigit(digits[2])) {
    const int both = TakeNumber(4, 4, text);
    hour = both / 100;
    minute = both % 100;
    if (both < 0) return false;
  } else {
    hour = TakeNumber(2, 2, text);
    if (TakeChar(':', text)) minute = TakeNumber(2, 2, text);
  }
  if (hour < 0 || hour > 14 || minute < 0 || minute > 59) return false;
  *zone = absl::StrFormat("%c%02d:%02d", sign, hour, minute);
  return true;
}

bool TakeTime(absl::string_view* text, Moment* moment) {
  if (!TakeChar('T', text) && !TakeChar('t', text)) {
    TakeChar(',', text);
    TakeSpaces(text);
    absl::ConsumePrefix(text, "at ");
  }
  moment->hour = TakeNumber(1, 2, text);
  if (moment->hour < 0 || moment->hour > 23 || !TakeChar(':', text)) return false;
  moment->minute = TakeNumber(2, 2, text);
  if (moment->minute < 0 || moment->minute > 59) return false;
  moment->has_time = true;
  if (TakeChar(':', text)) {
    moment->second = TakeNumber(2, 2, text);
    if (moment->second < 0 || moment->second > 60) return false;
    moment->has_seconds = moment->second < 60;
    if (TakeChar('.', text) && TakeNumber(1, 9, text) < 0) return false;
  }
  absl::string_view half = *text;
  TakeSpaces(&half);
  const std::string word = absl::AsciiStrToLower(half.substr(0, 2));
  if (word == "am" || word == "pm") {
    if (moment->hour < 1 || moment->hour > 12) return false;
    moment->hour = moment->hour % 12 + (word == "pm" ? 12 : 0);
    *text = half.substr(2);
  }
  return TakeZone(text, &moment->zone);
}

std::optional<Moment> Parse(absl::string_view text, DayOrder order) {
  const std::string collapsed = Collapsed(ToUtf8(text.substr(0, 4 * kMost)));
  absl::string_view rest = collapsed;
  Moment moment;
  if (text.size() > 4 * kMost || !TakeDate(order, &rest, &moment)) return std::nullopt;
  if (!rest.empty() && !TakeTime(&rest, &moment)) return std::nullopt;
  if (!rest.empty() || (moment.has_time && moment.day == 0)) return std::nullopt;
  if (moment.month > 12 || (moment.day > 0 && !IsDay(moment.year, moment.month, moment.day))) {
    return std::nullopt;
  }
  return moment;
}

// One date of EDTF, with a qualifier where it has one.
bool IsEdtfDate(absl::string_view text) {
  if (!text.empty() && absl::StrContains("?~%", text.back())) text.remove_suffix(1);
  absl::ConsumePrefix(&text, "-");
  absl::string_view rest = text;
  const int year = TakeNumber(4, 4, &rest);
  if (year < 0) return false;
  if (rest.empty()) return true;
  if (!TakeChar('-', &rest)) return false;
  const int month = TakeNumber(2, 2, &rest);
  if (month < 1 || month > 12) return false;
  if (rest.empty()) return true;
  if (!TakeChar('-', &rest)) return false;
  const int day = TakeNumber(2, 2, &rest);
  return rest.empty() && IsDay(year, month, day);
}

bool IsEdtfTime(absl::string_view text) {
  if (text.size() < 19 || text[10] != 'T' || !IsEdtfDate(text.substr(0, 10))) return false;
  absl::string_view rest = text.substr(11);
  const int hour = TakeNumber(2, 2, &rest);
  if (!TakeChar(':', &rest)) return false;
  const int minute = TakeNumber(2, 2, &rest);
  if (!TakeChar(':', &rest)) return false;
  const int second = TakeNumber(2, 2, &rest);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  if (rest.empty() || rest == "Z") return true;
  if (!TakeChar('+', &rest) && !TakeChar('-', &rest)) return false;
  const int zone_hour = TakeNumber(2, 2, &rest);
  const int zone_minute = TakeChar(':', &rest) ? TakeNumber(2, 2, &rest) : 0;
  return rest.empty() && zone_hour >= 0 && zone_hour <= 14 && zone_minute >= 0 && zone_minute <= 59;
}

// A sortable form of an end of an interval: its first or last day.
int64_t EndOf(absl::string_view text, bool last) {
  if (!text.empty() && absl::StrContains("?~%", text.back())) text.remove_suffix(1);
  const bool before_christ = absl::ConsumePrefix(&text, "-");
  int64_t year = TakeNumber(4, 4, &text);
  if (before_christ) year = -year;
  const int64_t month = TakeChar('-', &text) ? TakeNumber(2, 2, &text) : (last ? 12 : 1);
  const int64_t day = TakeChar('-', &text) ? TakeNumber(2, 2, &text) : (last ? 31 : 1);
  return (year * 12 + month) * 31 + day;
}

}  // namespace

bool IsEdtf(absl::string_view text) {
  if (text.empty() || text.size() > kMost) return false;
  const size_t slash = text.find('/');
  if (slash == text.npos) return IsEdtfDate(text) || IsEdtfTime(text);
  const absl::string_view begin = text.substr(0, slash);
  const absl::string_view end = text.substr(slash + 1);
  const bool begins = IsEdtfDate(begin);
  const bool ends = IsEdtfDate(end);
  if ((!begins && !begin.empty() && begin != "..") || (!ends && !end.empty() && end != "..")) {
    return false;
  }
  if (begins && ends) return EndOf(begin, false) <= EndOf(end, true);
  return begins || ends;
}

std::optional<std::string> DateFromText(absl::string_view text, DayOrder order) {
  if (IsEdtf(text)) return std::string(text);
  const std::optional<Moment> moment = Parse(text, order);
  if (!moment) return std::nullopt;
  std::string date = absl::StrFormat("%04d", moment->year);
  if (moment->month > 0) absl::StrAppendFormat(&date, "-%02d", moment->month);
  if (moment->day > 0) absl::StrAppendFormat(&date, "-%02d", moment->day);
  if (moment->has_seconds) {
    absl::StrAppendFormat(&date, "T%02d:%02d:%02d%s", moment->hour, moment->minute, moment->second,
                          moment->zone);
  }
  if (!IsEdtf(date)) return std::nullopt;
  return date;
}

std::optional<google::protobuf::Timestamp> TimeFromText(absl::string_view text) {
  const std::optional<Moment> moment = Parse(text, DayOrder::kDayFirst);
  if (!moment || !moment->has_time || moment->year < 1) return std::nullopt;
  const absl::CivilSecond civil(moment->year, moment->month, moment->day, moment->hour,
                                moment->minute, moment->second);
  int64_t seconds = absl::ToUnixSeconds(absl::FromCivil(civil, absl::UTCTimeZone()));
  if (moment->zone.size() == 6) {
    int hours = 0;
    int minutes = 0;
    if (!absl::SimpleAtoi(moment->zone.substr(1, 2), &hours) ||
        !absl::SimpleAtoi(moment->zone.substr(4, 2), &minutes)) {
      return std::nullopt;
    }
    const int offset = hours * 3600 + minutes * 60;
    seconds -= moment->zone.front() == '-' ? -offset : offset;
  }
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  return time;
}

}  // namespace headwater::exchange
