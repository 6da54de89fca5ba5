// What reads keep in memory from one to the next. A revision never changes once it can be read, and
// what is made from revisions alone follows from them: none of that has ever to be taken back.
// Names found under a term say since when they hold.
#ifndef HEADWATER_DATABASE_READ_CACHES_H_
#define HEADWATER_DATABASE_READ_CACHES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/lru_cache.h"
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
  std::string bytes;           // v1::Assessment without read_sequence, in wire format
};

// What stands under a term that resources of one kind alone bring. It holds at every state from
// `since`, the last write of that kind when it was looked up, to the next.
struct KeptNames {
  uint64_t since = 0;
  std::vector<keys::Name> names;
};

// Thread-safe.
struct ReadCaches {
  // Half for revisions, a quarter for names, a quarter for assessments.
  explicit ReadCaches(size_t bytes)
      : revisions(bytes / 2), names(bytes / 4), assessments(bytes / 4) {}

  LruCache<uint64_t, ParsedRevision> revisions;
  // By the term, and the begin of the names' keys.
  LruCache<std::string, KeptNames> names;
  // By claim and published_until, joined by a line feed, which neither can hold.
  LruCache<std::string, KeptAssessment> assessments;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_READ_CACHES_H_
