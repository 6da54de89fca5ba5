// Calendar knowledge of any precision, as EDTF text (ISO 8601-2): "2025", "2025-03/2025-06",
// "2025-08/..".
#ifndef HEADWATER_BASE_EDTF_H_
#define HEADWATER_BASE_EDTF_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater {

// What an EDTF text says in days. A day is counted from 1970-01-01 in the proleptic Gregorian
// calendar and may be negative.
struct Edtf {
  std::optional<int32_t> earliest_day;  // nullopt: open or not known on that side
  std::optional<int32_t> latest_day;    // inclusive; never before earliest_day
  // Said of the whole or of either end. The days above are then those of the text as if it were
  // exact.
  bool uncertain = false;    // '?' or '%'
  bool approximate = false;  // '~' or '%'

  friend bool operator==(const Edtf&, const Edtf&) = default;
};

// Longer text is refused unread.
inline constexpr size_t kMaxEdtfLength = 64;

// The first day of year -9999 and the last of year 9999: no date lies outside.
inline constexpr int32_t kMinDay = -4371587;
inline constexpr int32_t kMaxDay = 2932896;

// Reads level 0, and of level 1 the intervals, the qualifiers and negative years:
//  - a date: 2025, 2025-05, 2025-05-29, -0043-03-15. Years run from -9999 to 9999; 0000 is 1 BC.
//  - a date-time: 2025-05-29T10:00:00, then Z, +07, +07:00 or nothing. It spans the day as written
//  and, where
//    that is another, the day in UTC: neither may pass for certainly earlier.
//  - a qualifier after a date: ? (uncertain), ~ (approximate) or % (both).
//  - an interval: date/date. Either end may be qualified, open (..) or not known (empty), but one
//  is a date.
//    It spans from the first day of its begin to the last day of its end.
// kInvalidArgument says what is wrong with the text, and what would be right.
absl::StatusOr<Edtf> ParseEdtf(absl::string_view text);

// "2025-05-29"; "-0043-03-15" before year 0. Requires kMinDay <= day <= kMaxDay.
std::string DayToText(int32_t day);

// The reverse, for exactly that form; nullopt for any other text and for days that no month has.
std::optional<int32_t> DayFromText(absl::string_view text);

}  // namespace headwater

#endif  // HEADWATER_BASE_EDTF_H_
