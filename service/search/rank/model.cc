#include "search/rank/model.h"

#include <algorithm>
#include <cmath>

namespace headwater::search {
namespace {

// Learned by likelihood of the right one among the best hundred, from the training half of
// CLEF-2020 CheckThat! task 2. What a figure weighs, and what its share in the highest among the
// candidates weighs: the second tells candidates apart whatever the query's length.
struct Weight {
  double own;
  double share;
};
constexpr Weight kWeights[kFeatures] = {
    {0.03808, 0.5144},     // kIndexScore
    {0.003553, 0.2565},    // kStatementHit
    {0.02802, 0.2933},     // kTitleHit
    {-0.01163, -0.3289},   // kBothHit
    {-0.1265, 1.91},       // kSimilarHit
    {-0.01256, 1.61},      // kStatementMissed
    {-0.04702, -3.402},    // kTitleMissed
    {3.839, 2.146},        // kStatementCoverage
    {1.559, 1.052},        // kTitleCoverage
    {-0.05745, 0.625},     // kOverlap
    {0.07067, -0.2514},    // kCosine
    {-0.05285, -0.4567},   // kHighestHit
    {-0.02132, 0.414},     // kSecondHit
    {0.03621, 0.7341},     // kRootSquareHit
    {0.04504, 1.805},      // kSentenceHit
    {-1.485, -0.2952},     // kSentenceCoverage
    {-0.06269, 1.574},     // kStatementNeighbours
    {-0.084, -0.1998},     // kStatementRun
    {0.05087, 0.7928},     // kStatementOrder
    {0.02089, -0.5387},    // kTitleNeighbours
    {-0.07009, 0.7736},    // kTitleRun
    {0.005272, -0.07543},  // kTitleOrder
    {-0.04325, -0.2494},   // kNameHit
    {0.004171, -0.8216},   // kNameMissed
    {-0.4688, 0.7164},     // kNumberHit
    {-0.5261, -0.8296},    // kNumberMissed
    {-0.5594, -1.766},     // kStatementLength
    {1.696, 4.657},        // kTitleLength
    {0.154, 1.075},        // kWordsHit
    {-3.243, -2.498},      // kWordsShare
    {0.00297, 1.986},      // kLettersHit
};

// A logistic regression of the right ones at the first place against what comes first where the
// right one is not in the store, from the same half.
struct LikelihoodWeight {
  Feature feature;
  bool is_logarithm;
  double weight;
};
constexpr double kLikelihoodBias = -7.2965;
constexpr LikelihoodWeight kLikelihoodWeights[] = {
    {kStatementCoverage, false, 1.88}, {kTitleCoverage, false, 2.162},
    {kOverlap, false, 3.577},          {kStatementHit, true, -0.0596},
    {kRootSquareHit, true, 0.663},     {kStatementRun, true, -0.1225},
    {kStatementOrder, true, 0.05668},  {kSentenceCoverage, false, 1.141},
    {kWordsHit, true, 1.337},          {kWordsShare, false, -4.355},
    {kSecondHit, true, 0.4739},        {kNameHit, true, -0.1003},
    {kNameMissed, true, -0.06834},     {kNumberMissed, false, 0.02432},
};

}  // namespace

const double kMatchThreshold = 0.6;

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

double LikelihoodOf(const Features& features) {
  double sum = kLikelihoodBias;
  for (const LikelihoodWeight& each : kLikelihoodWeights) {
    const double value = features[each.feature];
    sum += each.weight * (each.is_logarithm ? std::log1p(value) : value);
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace headwater::search
