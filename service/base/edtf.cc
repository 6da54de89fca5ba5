#include "base/edtf.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"

namespace headwater {
namespace {

constexpr int32_t kSecondsPerDay = 24 * 60 * 60;

// One end of an interval, or a text without one: always a date.
struct Date {
  int32_t first_day;
  int32_t last_day;
  bool has_time = false;
  bool uncertain = false;
  bool approximate = false;
};

template <typename... Parts>
absl::Status Wrong(absl::string_view text, const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat("'", absl::Utf8SafeCEscape(text), "' ", parts...));
}

absl::Status NotADate(absl::string_view text) {
  return Wrong(text,
               "is not a date; write 2025-05, 2025-05-29, 2025-03/2025-06, 2025-08/.. or 2025-05~");
}

// Takes a text apart from its front.
class Scanner {
 public:
  explicit Scanner(absl::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }

  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits as a number; takes nothing when there are fewer.
  std::optional<int> TakeDigits(size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = 10 * value + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

 private:
  absl::string_view rest_;
};

int32_t DayOf(std::chrono::year_month_day date) {
  return static_cast<int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

int LastDayOfMonth(int year, int month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(month))};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

int32_t DayOf(int year, int month, int day) { return DayOf(std::chrono::year(year) / month / day); }

absl::Status CheckMonth(absl::string_view text, int month) {
  if (month >= 1 && month <= 12) return absl::OkStatus();
  if (month >= 21 && month <= 24) {
    return Wrong(text, "names a season; write its months, as in 2025-03/2025-05");
  }
  return Wrong(text, absl::StrFormat("has the month %02d; months are 01 to 12", month));
}

// The seconds by which the written time is ahead of UTC: 0 where nothing is said.
absl::StatusOr<int32_t> ReadOffset(absl::string_view text, Scanner& scanner) {
  if (scanner.done() || scanner.Take('Z')) return 0;
  const bool west = scanner.Take('-');
  if (!west && !scanner.Take('+')) {
    return Wrong(text,
                 "has more after its seconds than Z or an offset; write 2025-05-29T10:00:00Z");
  }
  const std::optional<int> hours = scanner.TakeDigits(2);
  const std::optional<int> minutes = scanner.Take(':') ? scanner.TakeDigits(2) : 0;
  if (!hours || !minutes || *hours > 23 || *minutes > 59) {
    return Wrong(text, "has no good offset from UTC; write Z, +07 or +07:00");
  }
  const int32_t seconds = *hours * 3600 + *minutes * 60;
  return west ? -seconds : seconds;
}

// What follows the 'T' of a date-time whose day is in `date`; widens it to the day in UTC.
absl::Status ReadTime(absl::string_view text, Scanner& scanner, Date& date) {
  const int hour = scanner.TakeDigits(2).value_or(-1);
  const int minute = scanner.Take(':') ? scanner.TakeDigits(2).value_or(-1) : -1;
  const int second = scanner.Take(':') ? scanner.TakeDigits(2).value_or(-1) : -1;
  if (hour < 0 || minute < 0 || second < 0) {
    return Wrong(text, "has no full time after its T; write 2025-05-29T10:00:00Z");
  }
  const bool leap_second = second == 60 && minute == 59;
  if (hour > 23 || minute > 59 || (second > 59 && !leap_second)) {
    return Wrong(text, "has a time that no clock shows; write 00:00:00 to 23:59:59");
  }
  HW_ASSIGN_OR_RETURN(const int32_t offset, ReadOffset(text, scanner));
  const int32_t in_utc = hour * 3600 + minute * 60 + std::min(second, 59) - offset;
  if (in_utc < 0) date.first_day = std::max(date.first_day - 1, kMinDay);
  if (in_utc >= kSecondsPerDay) date.last_day = std::min(date.last_day + 1, kMaxDay);
  date.has_time = true;
  return absl::OkStatus();
}

// A date or a date-time, without qualifier.
absl::StatusOr<Date> ReadDate(absl::string_view text) {
  Scanner scanner(text);
  const bool negative = scanner.Take('-');
  const std::optional<int> digits = scanner.TakeDigits(4);
  if (!digits) return NotADate(text);
  if (negative && *digits == 0) return Wrong(text, "is no year; 0000 is 1 BC, -0001 is 2 BC");
  const int year = negative ? -*digits : *digits;
  if (scanner.done()) return Date{DayOf(year, 1, 1), DayOf(year, 12, 31)};

  const std::optional<int> month = scanner.Take('-') ? scanner.TakeDigits(2) : std::nullopt;
  if (!month) return NotADate(text);
  HW_RETURN_IF_ERROR(CheckMonth(text, *month));
  const int days = LastDayOfMonth(year, *month);
  if (scanner.done()) return Date{DayOf(year, *month, 1), DayOf(year, *month, days)};

  const std::optional<int> day = scanner.Take('-') ? scanner.TakeDigits(2) : std::nullopt;
  if (!day) return NotADate(text);
  if (*day < 1 || *day > days) {
    return Wrong(text, absl::StrFormat("has the day %02d; that month has 01 to %d", *day, days));
  }
  Date date{DayOf(year, *month, *day), DayOf(year, *month, *day)};
  if (scanner.Take('T')) HW_RETURN_IF_ERROR(ReadTime(text, scanner, date));
  if (!scanner.done()) return NotADate(text);
  return date;
}

absl::StatusOr<Date> ReadQualifiedDate(absl::string_view text) {
  if (text.empty()) return NotADate(text);
  const char qualifier = text.back();
  if (qualifier != '?' && qualifier != '~' && qualifier != '%') return ReadDate(text);
  HW_ASSIGN_OR_RETURN(Date date, ReadDate(text.substr(0, text.size() - 1)));
  if (date.has_time) return Wrong(text, "qualifies a time; only dates take ?, ~ or %");
  date.uncertain = qualifier != '~';
  date.approximate = qualifier != '?';
  return date;
}

// nullopt for an end that is open or not known.
absl::StatusOr<std::optional<Date>> ReadEnd(absl::string_view text) {
  if (text.empty() || text == "..") return std::nullopt;
  HW_ASSIGN_OR_RETURN(const Date date, ReadQualifiedDate(text));
  if (date.has_time) return Wrong(text, "is a time; intervals run from a date to a date");
  return date;
}

absl::StatusOr<Edtf> ReadInterval(absl::string_view text, size_t slash) {
  const absl::string_view begin_text = text.substr(0, slash);
  const absl::string_view end_text = text.substr(slash + 1);
  if (absl::StrContains(end_text, '/')) {
    return Wrong(text, "has more than one '/'; write 2025-03/2025-06");
  }
  HW_ASSIGN_OR_RETURN(const std::optional<Date> begin, ReadEnd(begin_text));
  HW_ASSIGN_OR_RETURN(const std::optional<Date> end, ReadEnd(end_text));
  if (!begin && !end) return Wrong(text, "holds no date; write 2025-08/.. or ../2025, or nothing");
  if (begin && end && begin->first_day > end->last_day) {
    return Wrong(text, "ends before it begins; write ", absl::StrCat(end_text, "/", begin_text));
  }
  Edtf result;
  if (begin) result.earliest_day = begin->first_day;
  if (end) result.latest_day = end->last_day;
  result.uncertain = (begin && begin->uncertain) || (end && end->uncertain);
  result.approximate = (begin && begin->approximate) || (end && end->approximate);
  return result;
}

}  // namespace

absl::StatusOr<Edtf> ParseEdtf(absl::string_view text) {
  if (text.size() > kMaxEdtfLength) {
    return Wrong(absl::StrCat(text.substr(0, 16), "..."), "is not a date: it is longer than ",
                 kMaxEdtfLength, " bytes; write 2025-05, 2025-05-29 or 2025-03/2025-06");
  }
  const size_t slash = text.find('/');
  if (slash != absl::string_view::npos) return ReadInterval(text, slash);
  HW_ASSIGN_OR_RETURN(const Date date, ReadQualifiedDate(text));
  return Edtf{date.first_day, date.last_day, date.uncertain, date.approximate};
}

std::string DayToText(int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const int year = static_cast<int>(date.year());
  return absl::StrFormat("%s%04d-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year,
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<int32_t> DayFromText(absl::string_view text) {
  constexpr size_t kLength = 10;
  if (text.size() != kLength + (absl::StartsWith(text, "-") ? 1 : 0)) return std::nullopt;
  const absl::StatusOr<Date> date = ReadDate(text);
  if (!date.ok()) return std::nullopt;
  return date->first_day;
}

}  // namespace headwater
