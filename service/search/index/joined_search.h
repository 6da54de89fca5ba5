// The best of a search that is led by what it requires.
#ifndef HEADWATER_SEARCH_INDEX_JOINED_SEARCH_H_
#define HEADWATER_SEARCH_INDEX_JOINED_SEARCH_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/top_k.h"

namespace headwater::search {

// Whether FindBestJoined is the quicker way: few terms in each group, and one group that is rarer
// than all terms together.
bool IsBetterJoined(absl::Span<const WeightedTerm> terms, const Restriction& restriction);

// FindBest, for a restriction with groups. Goes through the rarest group's resources in the order
// of their numbers, from one that the other groups have too to the next, and adds up what the terms
// weigh in it alone; what could not lift it over the k-th best so far is not looked up. A term has
// one reader, however often it occurs.
absl::StatusOr<std::vector<Scored>> FindBestJoined(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus,
                                                   absl::Span<const WeightedTerm> terms,
                                                   const Restriction& restriction, size_t k,
                                                   kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_JOINED_SEARCH_H_
