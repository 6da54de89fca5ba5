// Words that are not the same but have much in common, by their sequences of four letters. For
// features.cc.
#ifndef HEADWATER_SEARCH_RANK_LETTERS_H_
#define HEADWATER_SEARCH_RANK_LETTERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "search/index/indexed.h"
#include "search/rank/query_words.h"

namespace headwater::search {

struct Similar {
  int word = -1;  // of the query; -1: none has enough in common
  float similarity = 0;
};

class LetterComparison {
 public:
  explicit LetterComparison(const QueryWords& query);

  // The query's word that has most in common with this one.
  Similar MostSimilar(const IndexedWord& word) const;

  // Which of the query's sequences a word has, by their numbers, as often as it has them; and how
  // many sequences it has in all.
  std::vector<uint32_t> Shared(const std::string& stem, size_t* all) const;

  // The weight of sequences of a text, ascending and as often as they are there; each weighs as the
  // weightiest word of the query that it is in, and less in a text of more sequences in all.
  float Weigh(absl::Span<const uint32_t> shared, size_t all) const;

 private:
  struct Sequence {
    float weight = 0;
    std::vector<int> words;  // of the query, that may be similar
  };

  absl::flat_hash_map<uint32_t, uint32_t> numbers_;  // of the query's sequences, by their bytes
  std::vector<Sequence> sequences_;                  // by number
  std::vector<size_t> sizes_;                        // sequences of each of the query's words
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_LETTERS_H_
