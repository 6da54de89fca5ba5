#include "search/rank/model.h"

#include <algorithm>
#include <cmath>

namespace headwater::search {
namespace {

// What a figure weighs, and what its share in the highest among the candidates weighs.
struct Weight {
  double own;
  double share;
};
constexpr Weight kWeights[kFeatures] = {{0.1, 10}};

}  // namespace

const double kMatchThreshold = 0.5;

std::vector<double> RankOf(absl::Span<const Features> candidates) {
  Features highest{};
  for (const Features& features : candidates) {
    for (size_t i = 0; i < kFeatures; ++i) highest[i] = std::max(highest[i], features[i]);
  }
  std::vector<double> ranks(candidates.size(), 0);
  for (size_t c = 0; c < candidates.size(); ++c) {
    for (size_t i = 0; i < kFeatures; ++i) {
      const double value = candidates[c][i];
      ranks[c] += kWeights[i].own * value + kWeights[i].share * value / (highest[i] + 1e-6);
    }
  }
  return ranks;
}

double LikelihoodOf(const Features& features) { return features[kStatementCoverage]; }

}  // namespace headwater::search
