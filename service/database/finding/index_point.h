// At which state a search is answered.
#ifndef HEADWATER_DATABASE_FINDING_INDEX_POINT_H_
#define HEADWATER_DATABASE_FINDING_INDEX_POINT_H_

#include "absl/status/statusor.h"
#include "database/finding/finding.h"
#include "database/finding/index_watermark.h"
#include "database/queries.h"
#include "headwater/v1/common.pb.h"

namespace headwater::database {

// One snapshot: the index in it, and the records in it as of the index's watermark.
struct IndexPoint {
  Reading reading;
  IndexWatermark watermark;

  const kv::Snapshot& snapshot() const { return *reading.point.view.snapshot; }
};

// The latest. Waits for the index where it is a little behind the log; up to two seconds for
// min_sequence. kInvalidArgument where `read` asks for one state; kUnavailable (SEARCH_BEHIND)
// where the index is not at min_sequence then, or is being built; Resolve()'s errors.
absl::StatusOr<IndexPoint> LatestIndex(const Finding& finding, const v1::ReadOptions& read);

// The state of a page before: with the index as it was written so many times, up to `sequence`.
// kAborted (PAGE_TOKEN_EXPIRED) where it is gone.
absl::StatusOr<IndexPoint> IndexAgain(const Finding& finding, uint64_t version, uint64_t sequence);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_INDEX_POINT_H_
