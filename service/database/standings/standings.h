// How claims stand, as the follower keeps it (keyspace standings): reading it, and the rows that
// one more assessment makes.
#ifndef HEADWATER_DATABASE_STANDINGS_STANDINGS_H_
#define HEADWATER_DATABASE_STANDINGS_STANDINGS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "database/queries.h"
#include "kv/batch.h"
#include "records/standing_row.h"

namespace headwater::database {

// A row, and since which sequence it holds: that of the change that made it so.
struct StandingSince {
  records::StandingRow row;
  uint64_t since = 0;  // 0: it has none, and stands nowhere
};

// What the rows say of the claim at `sequence`, which must not be above the watermark. A claim that
// is unsettled there has still to be assessed.
absl::StatusOr<StandingSince> StandingAt(const kv::Snapshot& snapshot, const std::string& claim,
                                         uint64_t sequence, kv::Patience patience);

// Assesses the claim at the read point: what its row would be. Never unsettled.
absl::StatusOr<records::StandingRow> AssessStanding(const Reading& reading,
                                                    const std::string& claim);

// Adds to `batch` what makes `after` hold from `sequence` on, where `before` is what held until
// then and does not itself hold from there. Live rows become closed ones where a term is given up.
void AddStanding(const std::string& claim, const StandingSince& before, uint64_t sequence,
                 const records::StandingRow& after, kv::Batch* batch);

// Takes the version row of that sequence away. Its live rows are the caller's to replace.
void RemoveStanding(const std::string& claim, uint64_t sequence, kv::Batch* batch);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_STANDINGS_H_
