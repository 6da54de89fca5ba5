// How a claim stands from one sequence on, as the follower that assesses claims keeps it.
//
//   01               layout of what follows
//   standing         one byte, its number; 0: the claim is not there, or there is too much to
//   assess flags            one byte, a bit each unsettled        one byte: 1 where it changed more
//   often in a short time than it was assessed.
//                    Then it is to be worked out for each sequence anew, up to the next row's
#ifndef HEADWATER_RECORDS_STANDING_ROW_H_
#define HEADWATER_RECORDS_STANDING_ROW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace headwater::records {

struct StandingRow {
  uint8_t standing = 0;
  uint8_t flags = 0;
  bool unsettled = false;

  friend bool operator==(const StandingRow&, const StandingRow&) = default;
};

std::string StandingValue(const StandingRow& row);
// nullopt where the bytes are damaged.
std::optional<StandingRow> ParseStanding(absl::string_view value);

// Under which terms a claim that stands so is found (keys::Term), sorted. An unsettled one stands
// under all, as it may be found under any.
std::vector<std::string> StandingTerms(const StandingRow& row);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_STANDING_ROW_H_
