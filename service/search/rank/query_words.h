// A text that is searched for: its words, and what each weighs in an index.
#ifndef HEADWATER_SEARCH_RANK_QUERY_WORDS_H_
#define HEADWATER_SEARCH_RANK_QUERY_WORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/top_k.h"
#include "search/text/analyzer.h"

namespace headwater::search {

// One stem of the text.
struct QueryWord {
  std::string stem;
  std::string folded;
  TokenKind kind = TokenKind::kWord;
  bool is_name = false;
  std::vector<uint32_t> places;     // in the text, counting words; the first sixteen
  std::vector<uint32_t> sentences;  // in which of the text's sentences; ascending, each once
  uint32_t resources = 0;           // how many hold it
  double share = 0;  // how much of its weight counts: 1, less where only a byline has it
  // WeightOf; of two words joined no more than the weightier of them. What the index does not have
  // weighs as if one resource had it.
  double weight = 0;
};

struct QueryWords {
  std::string language;  // in which it was read: PrimaryLanguage, or empty
  std::vector<QueryWord> words;
  std::vector<WeightedTerm> terms;  // of those that the index has, for FindBest
  uint32_t sentences = 0;
  uint32_t resources = 0;     // in the index
  bool has_own_term = false;  // the first term is that of the whole text: the index has it
};

// What the term of the whole text weighs: more than all words of any text.
inline constexpr uint32_t kWholeTextWeight = 1 << 28;

// Reads `text`, in `language` (BCP 47, "und" to have it detected), against the index. Words that
// the index has joined or apart ("bed bugs", "bedbugs") are taken both ways, together as one that
// weighs no more than the weightier of the two; where the language is
// not certain, a word's English stem is taken too. Of longer texts the 300 weightiest words count.
// Requires UTF-8. Errors: those of the snapshot.
absl::StatusOr<QueryWords> ReadQuery(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                     absl::string_view text, absl::string_view language,
                                     Analyzer* analyzer, kv::Patience patience);

// The heads of terms; empty strings where the index has none. Errors: those of the snapshot.
absl::StatusOr<std::vector<std::string>> ReadHeads(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus,
                                                   absl::Span<const std::string> terms,
                                                   kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_QUERY_WORDS_H_
