// How a claim stands from one sequence on, as the follower that assesses claims keeps it.
//
//   01         layout of what follows
//   standing   one byte: headwater.v1.Standing
//   flags      one byte: headwater.v1.FlagKind k is bit k - 1
//   state      one byte: StandingState
//
// Those enums' numbers are on disk.
#ifndef HEADWATER_RECORDS_STANDING_ROW_H_
#define HEADWATER_RECORDS_STANDING_ROW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "headwater/v1/assessment.pb.h"

namespace headwater::records {

// Do not change these numbers: they are on disk.
enum class StandingState : uint8_t {
  kSettled = 0,
  // It changed more often in a short time than it was assessed: up to the next row's sequence it is
  // to be worked out anew for each. Standing and flags are 0.
  kUnsettled = 1,
  // There is more on record than is assessed. Standing and flags are 0.
  kTooMuch = 2,
};

struct StandingRow {
  uint8_t standing = 0;  // 0 where the claim is no fact, or is not there
  uint8_t flags = 0;
  StandingState state = StandingState::kSettled;

  bool unsettled() const { return state == StandingState::kUnsettled; }
  friend bool operator==(const StandingRow&, const StandingRow&) = default;
};

uint8_t FlagBit(v1::FlagKind flag);

std::string StandingValue(const StandingRow& row);
// nullopt where the bytes are damaged.
std::optional<StandingRow> ParseStanding(absl::string_view value);

std::string TermOf(v1::Standing standing);
std::string TermOf(v1::FlagKind flag);
// Under which terms a claim that stands so is found, sorted. An unsettled one stands under all, as
// it may be found under any.
std::vector<std::string> StandingTerms(const StandingRow& row);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_STANDING_ROW_H_
