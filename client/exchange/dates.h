// Dates as people and programs write them, as EDTF.
#ifndef HEADWATER_EXCHANGE_DATES_H_
#define HEADWATER_EXCHANGE_DATES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"

namespace headwater::exchange {

// How 03/04/2020 is to be read. 03/14/2020 can be read in one way only, whatever is said here.
enum class DayOrder { kDayFirst, kMonthFirst };

// The date in EDTF that a text says. Read are
//   2020, 2020-06, 2020-06-23, 2020/6/23, 2020.06.23, 20200623
//   2020-06-23T20:02:11Z, …T20:02:11.123+05:30, …+0530, 2020-06-23 20:02:11, 2020-06-23T20:02
//   23-6-2020, 23/06/2020, 23.06.2020
//   23 June 2020, Jun 23, 2020, June 2020, Tue, 23 Jun 2020 20:02:11 +0200 (English months)
//   and dates in EDTF already (2020-06-23/.., 2020~).
// A time with seconds stays ("2020-06-23T20:02:11+05:30"); one without is dropped, since EDTF does
// not know it. nullopt for all else, and for days that no month has.
std::optional<std::string> DateFromText(absl::string_view text,
                                        DayOrder order = DayOrder::kDayFirst);

// The moment that a text says: one of the shapes above with a time and a zone, or in UTC where it
// names no zone. nullopt for a date alone.
std::optional<google::protobuf::Timestamp> TimeFromText(absl::string_view text);

// Whether a text is in the part of EDTF that the server takes: what DateFromText returns is.
bool IsEdtf(absl::string_view text);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_DATES_H_
