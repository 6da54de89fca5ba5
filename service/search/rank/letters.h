// Words that are not the same but have much in common, by their sequences of four letters. For
// features.cc.
#ifndef HEADWATER_SEARCH_RANK_LETTERS_H_
#define HEADWATER_SEARCH_RANK_LETTERS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/rank/query_words.h"

namespace headwater::search {

// The sequences of a query's words, numbered from 0.
class QueryLetters {
 public:
  struct Sequence {
    uint32_t letters = 0;
    float rarity = 0;           // what it weighs in the index: RarityWeight
    float weight = 0;           // that of the weightiest word that it is in
    std::vector<size_t> words;  // of the query, that others may be similar to
  };

  // Errors: those of the snapshot, kDataLoss.
  static absl::StatusOr<QueryLetters> Read(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                           const QueryWords& query, kv::Patience patience);

  const std::vector<Sequence>& sequences() const { return sequences_; }
  // How many different ones each of the query's words has.
  const std::vector<uint32_t>& sizes() const { return sizes_; }
  // The number of a sequence, -1 where the query does not have it.
  int Find(uint32_t letters) const;

 private:
  explicit QueryLetters(const QueryWords& query);
  int32_t& SlotOf(uint32_t letters);

  std::vector<Sequence> sequences_;
  std::vector<uint32_t> sizes_;
  std::vector<int32_t> slots_;  // an open hash table of numbers; its size is a power of two
  int shift_ = 0;
};

// What a word has in common with the query.
struct CommonLetters {
  int word = -1;         // the query's that has most in common with it; -1: none has enough
  float similarity = 0;  // to that, 0 to 1
  uint32_t all = 0;      // how many sequences the word has
};

class LetterComparison {
 public:
  // `letters` must outlive this.
  explicit LetterComparison(const QueryLetters& letters);

  // Appends to `shared` the numbers of the sequences that are in both. `may_be_similar` is false
  // where only those are wanted.
  CommonLetters Compare(absl::string_view stem, bool may_be_similar, std::vector<uint32_t>* shared);

 private:
  const QueryLetters& letters_;
  std::vector<uint32_t> counts_;  // by word of the query; all 0 between calls
  std::vector<size_t> counted_;   // whose count is not 0
};

// Whether words of this kind and length are compared by their letters.
bool MayBeSimilar(TokenKind kind, absl::string_view stem);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_LETTERS_H_
