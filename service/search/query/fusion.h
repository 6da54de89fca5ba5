// Two orders of the same things as one.
#ifndef HEADWATER_SEARCH_QUERY_FUSION_H_
#define HEADWATER_SEARCH_QUERY_FUSION_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "search/index/top_k.h"
#include "search/vectors/vector_index.h"

namespace headwater::search {

// Reciprocal rank fusion: a place of r in an order, from 1 on, is worth 1 / (kFusionRanks + r).
// Scores of words and cosines can't be compared; places can.
inline constexpr size_t kFusionRanks = 60;
double FusionWorth(size_t rank);

// Best first, as FindBest() orders: by what both places are worth together, of equal ones the lower
// number. Each order is best first and has each number once.
std::vector<Scored> Fuse(absl::Span<const Scored> words, absl::Span<const Neighbour> near);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_QUERY_FUSION_H_
