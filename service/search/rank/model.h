// What the figures of a comparison weigh.
#ifndef HEADWATER_SEARCH_RANK_MODEL_H_
#define HEADWATER_SEARCH_RANK_MODEL_H_

#include <vector>

#include "absl/types/span.h"
#include "search/rank/features.h"

namespace headwater::search {

// At or above this likelihood a candidate is called a match. README.md says how often that is
// right.
extern const double kMatchThreshold;

// What each candidate of one query is ranked by: higher is better.
std::vector<double> RankOf(absl::Span<const Features> candidates);

// How likely the query repeats the candidate, 0 to 1.
double LikelihoodOf(const Features& features);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_MODEL_H_
