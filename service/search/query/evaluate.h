// A search field's query, answered from the index.
#ifndef HEADWATER_SEARCH_QUERY_EVALUATE_H_
#define HEADWATER_SEARCH_QUERY_EVALUATE_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/top_k.h"
#include "search/query/parse.h"
#include "search/text/analyzer.h"
#include "search/vectors/vector_index.h"

namespace headwater::search {

struct SearchOptions {
  std::string language = "und";  // of the query
  size_t most = 20;              // hits
  std::optional<Scored> behind;  // the last hit of the page before
  // Filters that the caller gave the index (IndexedText::filters): of each group one has to hold,
  // of the others none may.
  std::vector<std::vector<std::string>> filters;
  std::vector<std::string> excluded_filters;
  // What else has to hold of a hit, by its id; null: nothing. Asked best first.
  std::function<absl::StatusOr<bool>(const std::string& id)> may_be_hit;
  // How many of the best are looked at for phrases, `may_be_hit` and facets.
  size_t most_examined = 5000;
  // Those whose vectors are near what is searched for, nearest first: both orders are joined
  // (fusion.h), that of words being cut at kFusedByWords, and nothing else is found.
  std::optional<std::vector<Neighbour>> near;
  size_t facet_hits = 0;  // of how many of the best filters are counted; 0: not at all
};

inline constexpr size_t kFusedByWords = 1000;

struct Hit {
  std::string id;
  Scored place;  // to go on behind
};

struct SearchResult {
  std::vector<Hit> hits;  // best first
  // False where as many as may be were examined and more might be found: go on behind
  // `last_examined`.
  bool is_complete = true;
  std::optional<Scored> last_examined;
  std::set<std::string> stems;             // to highlight
  std::map<std::string, uint64_t> facets;  // how often each filter stands among the best
};

// Ranked by the weight of the words that are there (one is enough, or a near vector), words of
// phrases and prefixes included. Phrases, prefixes and all that is excluded hold for near ones too.
// Without words to rank by the result is empty: listings are for that. A prefix stands for the 50
// most frequent words that begin so, fewer where more than eight prefixes share in 400. Errors:
// those of the snapshot, of `may_be_hit`, kDataLoss.
absl::StatusOr<SearchResult> Evaluate(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                      const ParsedQuery& query, const SearchOptions& options,
                                      Analyzer* analyzer, kv::Patience patience);

// The words of the index, by their stems, that begin with `folded`, the most frequent first, at
// most `most`; of very many only the first 40 times as many are looked at.
absl::StatusOr<std::vector<FoundTerm>> ExpandPrefix(const kv::Snapshot& snapshot,
                                                    keys::Corpus corpus, absl::string_view folded,
                                                    size_t most, kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_QUERY_EVALUATE_H_
