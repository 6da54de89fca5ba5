// A Restriction, applied to one part of all numbers after the other.
#ifndef HEADWATER_SEARCH_INDEX_RESTRICTION_GATE_H_
#define HEADWATER_SEARCH_INDEX_RESTRICTION_GATE_H_

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/posting_reader.h"
#include "search/index/top_k.h"

namespace headwater::search {

// A part of all numbers: [begin, end()). So many are worked on at a time that their sums stay in
// the cache next to the core.
struct Window {
  static constexpr uint32_t kSize = 1 << 13;

  uint64_t begin = 0;
  uint64_t end() const { return begin + kSize; }
};

// Some of a window's numbers, by how far they are behind its begin.
inline constexpr size_t kWindowWords = Window::kSize / 64;
using WindowBits = std::array<uint64_t, kWindowWords>;

template <typename Visit>
void ForEachBit(const WindowBits& bits, const Visit& visit) {
  for (size_t word = 0; word < kWindowWords; ++word) {
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      visit(static_cast<uint32_t>(word * 64) + static_cast<uint32_t>(std::countr_zero(left)));
    }
  }
}

// Belongs to one thread. The snapshot must outlive it.
class RestrictionGate {
 public:
  RestrictionGate(const kv::Snapshot& snapshot, keys::Corpus corpus, const Restriction& restriction,
                  kv::Patience patience);

  // How many resources the rarest group lets through at most; kNoNumber where there is no group.
  uint64_t most() const { return groups_.empty() ? kNoNumber : groups_.front().count; }

  // Whether it lets everything through.
  bool is_open() const { return groups_.empty() && excluded_.readers.empty(); }

  // Takes out of `bits` what may not be among the best. False where nothing is left. Windows come
  // in ascending order.
  bool Apply(const Window& window, WindowBits* bits);

  // OK, or the error that some reader met.
  absl::Status status() const;

 private:
  using Readers = std::vector<std::unique_ptr<PostingReader>>;
  struct Group {
    Readers readers;
    uint64_t count = 0;  // of their postings
    uint64_t last = 0;   // none is above it
  };
  static WindowBits Having(const Window& window, const Group& group, const WindowBits& asked);

  std::vector<Group> groups_;  // the rarest first: it may leave nothing to look at
  Group excluded_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_RESTRICTION_GATE_H_
