// A change to one resource, prepared as far as it can be before its sequence is known, and the rows
// that it becomes.
#ifndef HEADWATER_RECORDS_CHANGE_H_
#define HEADWATER_RECORDS_CHANGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "headwater/v1/revision.pb.h"
#include "keys/name.h"
#include "kv/batch.h"
#include "records/entry.h"
#include "records/index_row.h"

namespace headwater::records {

// What happens to the resource's row under one term.
struct TermChange {
  enum class What {
    kOpen,   // it takes the term on: a live row
    kKeep,   // it keeps the term: the live row points at the new revision
    kClose,  // it gives the term up: the live row becomes a closed one
    kTurn,   // it is deleted or undeleted: a closed row for what was, a live row for what is
  };
  What what;
  std::string term;
  uint64_t from = 0;  // of the live row that is there; not for kOpen
};

// Document text on its way to blobs.
struct Blob {
  std::string sha256;  // 32 bytes
  std::string frame;   // compressed
};

struct Change {
  keys::Name name;
  v1::Operation operation = v1::OPERATION_UNSPECIFIED;
  std::string stored;          // the entry's stored bytes
  uint64_t body_sequence = 0;  // as in Entry
  std::string salt;
  std::string digest;
  int64_t create_micros = 0;  // 0: this change makes the resource
  bool deleted = false;       // after the change
  std::vector<TermChange> terms;
  std::string edge;  // of an attribution: the edge's value; else empty
  std::vector<Blob> blobs;
};

// Where a change stands in the log.
struct Placement {
  uint64_t sequence = 0;
  uint64_t first_sequence = 0;
  uint64_t last_sequence = 0;
  int64_t commit_micros = 0;
  absl::string_view actor;
};

// Adds all rows of the change to the batch: entry, name, edge, index rows, blobs. Pure: reads
// nothing.
void Fill(const Change& change, const Placement& placement, kv::Batch* batch);

// How a resource's terms change from one revision to the next. `before` are the old revision's
// terms, sorted, with where their live rows begin; `after` the new one's, sorted. `turned` where
// the change deletes or undeletes.
struct StandingTerm {
  std::string term;
  uint64_t from = 0;
};
std::vector<TermChange> CompareTerms(std::vector<StandingTerm> before,
                                     std::vector<std::string> after, bool turned);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_CHANGE_H_
