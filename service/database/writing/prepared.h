// A request's changes, worked out against one state and ready to be committed onto it or onto any
// later one in which what they rely on still holds.
#ifndef HEADWATER_DATABASE_WRITING_PREPARED_H_
#define HEADWATER_DATABASE_WRITING_PREPARED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/hash/hash.h"
#include "keys/name.h"
#include "records/change.h"
#include "records/reader.h"

namespace headwater::database {

// Stands for a name where two that are taken for one do no harm but that a write is prepared again:
// once in 2^64. Differs from process to process.
using NameHash = uint64_t;
inline NameHash HashOf(const keys::Name& name) {
  return absl::HashOf(name.kind, name.claim, name.id);
}

// What the changes rely on.
struct Reliance {
  std::vector<NameHash> unchanged;  // must not have been written since
  std::vector<NameHash> live;       // must not have been deleted since: these are newly referred to
  std::vector<NameHash> unreferenced;  // must not have been newly referred to since
  // Made by the group of the same import before this one: must not have been written since that.
  std::vector<NameHash> unchanged_after;
};

// One resource of the answer.
struct Answer {
  std::optional<size_t> change;  // it is what this change makes of it
  std::string body;  // the resource's bytes, where the change does not store them itself
  std::optional<records::Stored> existing;  // it is as it stood
};

struct Prepared {
  uint64_t head = 0;   // the state it was worked out against
  uint64_t after = 0;  // the last sequence of the import's group before this one, if there is one
  std::vector<records::Change> changes;
  Reliance reliance;
  std::vector<Answer> answers;
  int unchanged_count = 0;  // of a creation: how many were there already
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_PREPARED_H_
