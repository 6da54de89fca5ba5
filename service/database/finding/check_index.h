// The part of the offline check that is about the search index.
#ifndef HEADWATER_DATABASE_FINDING_CHECK_INDEX_H_
#define HEADWATER_DATABASE_FINDING_CHECK_INDEX_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "kv/engine.h"

namespace headwater::database {

struct IndexReport {
  uint64_t watermark = 0;  // 0 too where the index is to be built, or was not built to its end
  uint64_t resources = 0;  // of which what is indexed was worked out again and compared
  uint64_t postings = 0;   // compared
  uint64_t vectors = 0;    // compared
  bool is_stale = false;   // it is of another version's rules, to be dropped, and was not looked at
};

// Works out anew what is indexed of every resource, at the watermark (or, where a request was being
// worked off in pieces, at its end), and compares; then holds the postings, their counts and those
// of names against what is indexed: none missing, none different, none too many, by a sum over
// digests; and the rows of vectors. `problem` hears what is wrong, in words. Memory is that of one
// claim and of one block.
absl::StatusOr<IndexReport> CheckIndex(std::shared_ptr<const kv::Snapshot> snapshot,
                                       const std::function<void(std::string)>& problem);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_CHECK_INDEX_H_
