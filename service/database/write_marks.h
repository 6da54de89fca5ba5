// When what a read rests on was last written, so that what was made from it before can be known to
// hold still without reading anything again.
#ifndef HEADWATER_DATABASE_WRITE_MARKS_H_
#define HEADWATER_DATABASE_WRITE_MARKS_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "keys/name.h"
#include "records/change.h"

namespace headwater::database {

// Where the mark of something is kept. Different things may share one; then each seems written
// when the other is.
using MarkPlace = uint32_t;

// For each of a fixed number of places, the last sequence that wrote something kept there; perhaps
// later than it was (another thing, or a write that failed), never earlier. So what was read at a
// sequence S from things whose Last() is at or below S is the same at every state from S on that
// could be read when Last() was asked. Thread-safe.
class WriteMarks {
 public:
  // Takes up to `bytes`, and 8 at least.
  explicit WriteMarks(size_t bytes);

  // Of a resource: its revisions.
  MarkPlace OfName(const keys::Name& name) const;
  // Of all children of one kind that a claim has: keys::NameKeyPrefix of both.
  MarkPlace OfChildren(absl::string_view prefix) const;
  // Of a term that sources or relations alone bring: which of them have it and are not deleted.
  MarkPlace OfTerm(absl::string_view term) const;

  // The last sequence that wrote there.
  uint64_t Last(MarkPlace place) const {
    return std::max(floor_.load(std::memory_order_acquire),
                    places_[place].load(std::memory_order_acquire));
  }

  // `change` is about to get `sequence`; to be called before the engine gets it.
  void Note(const records::Change& change, uint64_t sequence);
  // What `head` and those before it wrote is not known; at the start.
  void AssumeAllWritten(uint64_t head) { floor_.store(head, std::memory_order_release); }

 private:
  MarkPlace PlaceOf(size_t hash) const { return static_cast<MarkPlace>(hash & mask_); }
  void Mark(MarkPlace place, uint64_t sequence);

  const size_t mask_;
  const std::unique_ptr<std::atomic<uint64_t>[]> places_;
  std::atomic<uint64_t> floor_{0};
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITE_MARKS_H_
