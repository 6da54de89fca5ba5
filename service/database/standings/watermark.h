// Up to which sequence standings (keyspace standings) are right.
//
//   varint   by which rules they were worked out: kStandingRules
//   varint   the watermark: they are right at every sequence up to it, which is a request's last
//   varint   no row is of a later sequence than this; above the watermark where a request is being
//            worked off in pieces
#ifndef HEADWATER_DATABASE_STANDINGS_WATERMARK_H_
#define HEADWATER_DATABASE_STANDINGS_WATERMARK_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "kv/batch.h"
#include "kv/engine.h"

namespace headwater::database {

// Raise it whenever an assessment says otherwise than before of the same records, or rows look
// otherwise: rows of other rules are dropped and worked out anew. 0 is never used: it says that the
// rows are to be dropped.
inline constexpr uint64_t kStandingRules = 1;

struct Watermark {
  uint64_t sequence = 0;
  uint64_t last_row = 0;
  bool stale = false;  // the rows are of other rules and have to go; the sequences are 0 then
};

// A store that has none begins at 0.
absl::StatusOr<Watermark> ReadWatermark(const kv::Snapshot& snapshot, kv::Patience patience);

void AddWatermark(const Watermark& watermark, kv::Batch* batch);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_WATERMARK_H_
