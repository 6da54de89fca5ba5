// How many resources have each sequence of four letters in a word: what a shared sequence weighs,
// when words are compared that are not the same.
//
// Counted are not sequences but 65,536 hashes of them. One that shares its hash with others counts
// as somewhat more common than it is, and the table stays small whatever is written in whatever
// script. It is kept in rows of 16 counters, so that a step of one resource changes about a hundred
// small rows, and a query reads as many:
//
//   16 varints, the counters; no row where all are 0
#ifndef HEADWATER_SEARCH_INDEX_LETTER_COUNTS_H_
#define HEADWATER_SEARCH_INDEX_LETTER_COUNTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/batch.h"
#include "kv/engine.h"
#include "search/index/indexed.h"

namespace headwater::search {

inline constexpr size_t kLetterCounters = 1 << 16;

// Whether a word is a day in one spelling (text/dates.h), which shares its signs with other days.
inline bool IsDate(absl::string_view stem) { return !stem.empty() && stem[0] == '='; }

// Calls `visit` with each sequence of four bytes, as a number, of the stem with a mark at either
// end; a day has none. (In most scripts but Latin four bytes are a letter or two.)
template <typename Visit>
void ForEachSequence(absl::string_view stem, const Visit& visit) {
  if (IsDate(stem)) return;
  uint32_t sequence = '_';
  size_t taken = 1;
  const auto take = [&](char letter) {
    sequence = sequence << 8 | static_cast<uint8_t>(letter);
    if (++taken >= sizeof(sequence)) visit(sequence);
  };
  for (const char letter : stem) take(letter);
  take('_');
}

// The counter of a sequence. On disk: do not change it.
inline uint16_t CounterOf(uint32_t sequence) {
  return static_cast<uint16_t>(sequence * 0x9e3779b1u >> 16);
}

// What a step changes in the counters.
class LetterChanges {
 public:
  // Each of the resource's sequences counts once.
  void Add(const Indexed& indexed) { Count(indexed, 1); }
  void Remove(const Indexed& indexed) { Count(indexed, -1); }

  // By how much each counter changes, in its place; empty where none does.
  const std::vector<int32_t>& by_counter() const { return more_; }

  // Errors: those of the snapshot, kDataLoss.
  absl::Status AddRows(const kv::Snapshot& snapshot, keys::Corpus corpus, kv::Batch* batch) const;

 private:
  void Count(const Indexed& indexed, int32_t by);

  std::vector<int32_t> more_;   // by counter; empty before anything was counted
  std::vector<uint32_t> seen_;  // by counter: the last resource that had it, from 1
  uint32_t resources_ = 0;
};

// Each counter's value in its place. Errors: those of the snapshot, kDataLoss.
absl::StatusOr<std::vector<uint32_t>> ReadLetterCounts(const kv::Snapshot& snapshot,
                                                       keys::Corpus corpus,
                                                       absl::Span<const uint16_t> counters,
                                                       kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_LETTER_COUNTS_H_
