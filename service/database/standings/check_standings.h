// The part of the offline check that is about how claims stand.
#ifndef HEADWATER_DATABASE_STANDINGS_CHECK_STANDINGS_H_
#define HEADWATER_DATABASE_STANDINGS_CHECK_STANDINGS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "kv/engine.h"

namespace headwater::database {

struct StandingsReport {
  uint64_t watermark = 0;
  uint64_t rows = 0;   // compared
  bool stale = false;  // they are of another version's rules, to be dropped, and were not looked at
};

// Assesses each claim at the watermark, at the sequence of each of its rows and just before the
// next one's, and compares; works the live and closed rows out from those and compares; counts that
// there are no others. Rows that say a claim is unsettled are worked out by whoever reads, so that
// there is nothing to compare them with. `problem` hears what is wrong, in words. Memory is that of
// one claim. An assessment a row and more: some thousand rows a second.
absl::StatusOr<StandingsReport> CheckStandings(std::shared_ptr<const kv::Snapshot> snapshot,
                                               const std::function<void(std::string)>& problem);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_CHECK_STANDINGS_H_
