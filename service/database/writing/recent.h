// What was written, deleted and referred to lately: the committer's memory, in which it looks up
// whether what a prepared request relied on still holds, instead of reading the disk.
#ifndef HEADWATER_DATABASE_WRITING_RECENT_H_
#define HEADWATER_DATABASE_WRITING_RECENT_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "database/writing/prepared.h"

namespace headwater::database {

// Belongs to the committer's thread. Remembers at least the last `generation` names and at most
// twice as many (some 50 bytes each); what is older is forgotten, and whatever was prepared before
// that counts as stale.
class Recent {
 public:
  explicit Recent(size_t generation = 200'000) : generation_(generation) {}

  // Whether all that the request relied on is as it was at `prepared.head`, and what the import's
  // group before made as it was at `prepared.after`.
  bool StillHolds(const Prepared& prepared) const;

  // Notes the request's changes, as committed with sequences from `first_sequence` on.
  void Note(const Prepared& prepared, uint64_t first_sequence);

  // Forgets all: nothing prepared before `head` was published holds any more.
  void Reset(uint64_t head);

 private:
  struct Marks {
    uint64_t written = 0;
    uint64_t deleted = 0;
    uint64_t referenced = 0;
  };
  using Map = absl::flat_hash_map<NameHash, Marks>;

  template <class Mark>
  bool IsAtMost(NameHash name, Mark mark, uint64_t head) const;
  Marks& At(NameHash name);
  void Turn(uint64_t sequence);

  const size_t generation_;
  Map young_;
  Map old_;
  uint64_t floor_ = 0;        // what was noted up to here may be forgotten
  uint64_t young_since_ = 0;  // what was noted up to here is not in young_
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_RECENT_H_
