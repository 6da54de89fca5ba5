// Has this been said? The claims that a text may repeat, best first.
//
// In two steps. The index gives the candidates whose words weigh most (top_k.h); those are then
// compared with the text word by word (features.h), and ranked by a weighted sum of what came out.
// The weights (model.h) were learned once from pairs of posts and the claims that they repeat; they
// know no words.
#ifndef HEADWATER_SEARCH_RANK_MATCHER_H_
#define HEADWATER_SEARCH_RANK_MATCHER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/top_k.h"
#include "search/rank/agreement.h"
#include "search/text/analyzer.h"
#include "search/vectors/vector_index.h"

namespace headwater::search {

struct MatchOptions {
  size_t candidates = 100;  // that are compared; the cost of a call grows with them
  size_t most = 10;         // that are returned
  Restriction restriction;  // which may be candidates
  // Those whose vectors are near the text's, nearest first: candidates too, whatever their words.
  std::vector<Neighbour> near;
  // Tells of resources, by their ids and each in its place, which was recorded first: the lower the
  // number, the earlier. Of those that rank alike the earlier ones come first. It is asked of such
  // alone; without it the lesser ids come first.
  std::function<absl::StatusOr<std::vector<uint64_t>>(const std::vector<std::string>&)> ages;
};

struct Match {
  std::string id;
  // How likely the text repeats it, 0 to 1, in the measure of the data learned from: at or above
  // kMatchThreshold it is to be called a match, else at best something on the same subject.
  double likelihood = 0;
  bool is_same_text = false;  // word by word, apart from case, marks and punctuation
  // Why: the stems of the text that it has, the weightiest first.
  std::vector<std::string> shared;
  Field field = Field::kStatement;  // the wording of it that agrees best
  Agreement agreement;              // with that wording
  double rank = 0;                  // what it was ranked by; only its order means something
  std::optional<double> cosine;     // of one that came by its vector
};

// Best first: the same text, then by rank, then by age, then by id. Where vectors join in: the same
// text, then those that are likely enough to be matches, and both in the joined order of ranks and
// nearness (query/fusion.h); how likely one is remains a question of words. Ties at the end of the
// candidates go to those that were indexed first. `language` is a tag of BCP 47, "und" to have it
// detected. Errors: those of the snapshot and of `ages`, kDataLoss.
absl::StatusOr<std::vector<Match>> FindMatches(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                               absl::string_view text, absl::string_view language,
                                               const MatchOptions& options, Analyzer* analyzer,
                                               kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_MATCHER_H_
