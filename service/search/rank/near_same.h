// Which resources say the same as one that is indexed: word by word, or but for small words that
// say nothing of their own. For suggesting that two records are one: what is not certain is not
// found.
//
// Compared are wordings, which are a claim's text and its translations; quotes, reviews and titles
// are others' words. The same text apart from case, marks and punctuation is one look-up. Otherwise
// all telling words must be there in the same order, but for one part that may have moved from one
// end to the other: so figures, dates, names and denials agree. A rare word that nobody else has
// ends the search before it begins.
#ifndef HEADWATER_SEARCH_RANK_NEAR_SAME_H_
#define HEADWATER_SEARCH_RANK_NEAR_SAME_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/indexed.h"

namespace headwater::search {

struct NearSame {
  std::string id;
  bool is_same_text = false;  // apart from case, marks and punctuation

  friend bool operator==(const NearSame&, const NearSame&) = default;
};

// Of so many texts that are the same the first in the index are looked at, and of so many that have
// the same rare words.
inline constexpr size_t kMostSameTexts = 64;
inline constexpr size_t kMostSameWords = 16;

// Those of the resource `id`, without itself, in no particular order; none where the index does not
// have it. Wordings of fewer than four telling words are not compared, of many translations the
// first eight. Errors: those of the snapshot, kDataLoss.
absl::StatusOr<std::vector<NearSame>> FindNearSame(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus, absl::string_view id,
                                                   kv::Patience patience);

// How the resource `other` says the same as `id`; nullopt where it does not, or where the index has
// one of them no more. Errors likewise.
absl::StatusOr<std::optional<NearSame>> CompareSame(const kv::Snapshot& snapshot,
                                                    keys::Corpus corpus, absl::string_view id,
                                                    absl::string_view other, kv::Patience patience);

// Whether two wordings say the same in the same telling words.
bool AreNearSame(const IndexedField& a, const IndexedField& b);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_NEAR_SAME_H_
