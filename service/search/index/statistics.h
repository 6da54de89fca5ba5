// What is counted of an index.
//
//   varint   how many resources are in it
//   varint   the number that the next new one gets; numbers are not used again
#ifndef HEADWATER_SEARCH_INDEX_STATISTICS_H_
#define HEADWATER_SEARCH_INDEX_STATISTICS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "keys/register.h"
#include "kv/batch.h"
#include "kv/engine.h"

namespace headwater::search {

struct IndexStatistics {
  uint32_t count = 0;
  uint32_t next_number = 0;
};

// Zeros where there is no index yet. Errors: those of the snapshot, kDataLoss.
absl::StatusOr<IndexStatistics> ReadStatistics(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                               kv::Patience patience);
void AddStatistics(keys::Corpus corpus, const IndexStatistics& statistics, kv::Batch* batch);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_STATISTICS_H_
