// Words that are not the same but have much in common, by their sequences of four letters. For
// features.cc.
#ifndef HEADWATER_SEARCH_RANK_LETTERS_H_
#define HEADWATER_SEARCH_RANK_LETTERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "search/index/indexed.h"
#include "search/rank/query_words.h"

namespace headwater::search {

struct Similar {
  int word = -1;  // of the query; -1: none has enough in common
  float similarity = 0;
};

class LetterComparison {
 public:
  // The query must outlive it.
  explicit LetterComparison(const QueryWords& query);

  // The query's word that has most in common with this one.
  Similar MostSimilar(const IndexedWord& word);

  // The weight of the sequences that the query has too, each that of the weightiest word in which
  // it is there; less in long texts.
  float Compare(std::vector<const IndexedField*> texts);

 private:
  struct Sequence {
    float weight = 0;
    std::vector<int> words;  // of the query, that may be similar
  };
  struct WordSequences {
    std::vector<uint32_t> hashes;
  };
  const WordSequences& SequencesOf(const std::string& stem);

  absl::flat_hash_map<uint32_t, Sequence> sequences_;  // of the query
  std::vector<size_t> sizes_;                          // sequences of each of its words
  absl::flat_hash_map<std::string, WordSequences> words_;
  absl::flat_hash_map<std::string, Similar> similar_;
  absl::flat_hash_map<uint32_t, float> counts_;  // within Compare
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_LETTERS_H_
