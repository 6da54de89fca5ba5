// Up to which sequence the search index (keyspace postings) goes.
//
//   varint   by which rules it was made: search::kSearchRules
//   varint   the watermark: what is indexed is as of this sequence, which is a request's last; 0:
//            the index is still being built
//   varint   what is indexed of some resources is as of this sequence already: above the watermark
//            where a request is being worked off in pieces, or the index is being built
//   varint   how often the index was written since it was founded: the same number is the same
//   index bytes    being built: the key of the last name gone through (keys::Name::Key)
#ifndef HEADWATER_DATABASE_FINDING_INDEX_WATERMARK_H_
#define HEADWATER_DATABASE_FINDING_INDEX_WATERMARK_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "kv/batch.h"
#include "kv/engine.h"

namespace headwater::database {

struct IndexWatermark {
  uint64_t sequence = 0;
  uint64_t last = 0;
  uint64_t version = 0;
  std::string built;
  bool is_stale = false;  // the rows are of other rules and have to go; the sequences are 0 then
};

// A store that has none has everything before it.
absl::StatusOr<IndexWatermark> ReadIndexWatermark(const kv::Snapshot& snapshot,
                                                  kv::Patience patience);

void AddIndexWatermark(const IndexWatermark& watermark, kv::Batch* batch);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_INDEX_WATERMARK_H_
