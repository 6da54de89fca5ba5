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
    {0.02743, 0.2981},     // kIndexScore
    {0.009842, 0.3785},    // kStatementHit
    {0.01202, -0.02529},   // kTitleHit
    {-0.004092, -0.1998},  // kBothHit
    {-0.02074, 0.8479},    // kSimilarHit
    {-0.00527, 0.3621},    // kStatementMissed
    {-0.04951, -2.803},    // kTitleMissed
    {2.605, 1.637},        // kStatementCoverage
    {1.379, 0.9577},       // kTitleCoverage
    {0.8231, 0.1175},      // kOverlap
    {0.08263, -0.1913},    // kCosine
    {-0.01878, 0.07272},   // kHighestHit
    {-0.01286, 0.1578},    // kSecondHit
    {0.02236, 0.4408},     // kRootSquareHit
    {0.02995, 1.335},      // kSentenceHit
    {-0.5773, 0.1459},     // kSentenceCoverage
    {-0.03228, 1.091},     // kStatementNeighbours
    {-0.1173, 0.2706},     // kStatementRun
    {0.03605, 0.724},      // kStatementOrder
    {0.0136, -0.2516},     // kTitleNeighbours
    {-0.05045, 0.4439},    // kTitleRun
    {0.01067, 0.2276},     // kTitleOrder
    {-0.036, -0.3549},     // kNameHit
    {-0.01436, 0.06695},   // kNameMissed
    {0.4003, -0.04813},    // kNumberHit
    {-0.7902, 0.2912},     // kNumberMissed
    {-0.4275, -0.8884},    // kStatementLength
    {1.539, 4.48},         // kTitleLength
    {0.07807, 0.7292},     // kWordsHit
    {-2.424, -1.815},      // kWordsShare
    {-0.0007158, 0.2601},  // kLettersHit
    {0.01572, 2.755},      // kRareLettersHit
};

// A logistic regression of the right ones at the first place against what comes first where the
// right one is not in the store, from the same half.
struct LikelihoodWeight {
  Feature feature;
  bool is_logarithm;
  double weight;
};
constexpr double kLikelihoodBias = -8.3263;
constexpr LikelihoodWeight kLikelihoodWeights[] = {
    {kStatementCoverage, false, 0.7575},
    {kTitleCoverage, false, 1.873},
    {kOverlap, false, 2.845},
    {kCosine, true, 1.14},
    {kRootSquareHit, true, -0.08951},
    {kWordsHit, true, 0.4966},
    {kWordsShare, false, -2.963},
    {kRareLettersHit, true, 0.937},
    {kStatementOrder, true, -0.03871},
    {kNumberMissed, false, -0.01443},
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
