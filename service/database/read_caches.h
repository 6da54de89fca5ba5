// What reads keep in memory from one to the next. A revision never changes once it can be read, and
// what is made from revisions alone follows from them: none of that has ever to be taken back.
// Names found under a term, and assessments, say since when they hold, and marks until when.
#ifndef HEADWATER_DATABASE_READ_CACHES_H_
#define HEADWATER_DATABASE_READ_CACHES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/lru_cache.h"
#include "database/write_marks.h"
#include "google/protobuf/message.h"
#include "keys/name.h"

namespace headwater::database {

struct ParsedRevision {
  std::unique_ptr<const google::protobuf::Message> resource;  // of its kind
  bool deleted = false;
};

// An assessment, and all that it was made from.
struct KeptAssessment {
  std::vector<uint64_t> seen;  // revisions in the order in which they were read; GatherBudget::seen
  std::vector<MarkPlace> relied;  // each once; GatherBudget::relied
  std::string bytes;              // v1::Assessment without read_sequence, in wire format
  // It was made at this state, or came out the same there when it was gathered again; it holds from
  // there until something is written at a place of `relied`.
  mutable std::atomic<uint64_t> since{0};
};

// What stood under a term, at the state `since`; it holds from there until something is written
// there.
struct KeptNames {
  uint64_t since = 0;
  std::vector<keys::Name> names;
};

// Thread-safe.
struct ReadCaches {
  // Half for assessments, which are asked for before anything else is; what these are made from
  // gets a quarter and less.
  explicit ReadCaches(size_t bytes)
      : revisions(bytes / 4), names(bytes / 16 * 3), assessments(bytes / 2), marks(bytes / 16) {}

  LruCache<uint64_t, ParsedRevision> revisions;
  // By the term, and the begin of the names' keys.
  LruCache<std::string, KeptNames> names;
  // By claim and published_until, joined by a line feed, which neither can hold.
  LruCache<std::string, KeptAssessment> assessments;
  // Kept by the committer.
  WriteMarks marks;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_READ_CACHES_H_
