#include "search/rank/model.h"

#include <algorithm>
#include <cmath>

namespace headwater::search {
namespace {

// Learned by likelihood of the right one among the best hundred, from the training half of
// CLEF-2020 CheckThat! task 2, under what holds without any data: nothing that agrees counts
// against a candidate and nothing that is missed for it, only lengths may count either way, and
// words that stand together in both count for something (at least 1.1, so that "bed bugs" comes
// before "a bed of bugs"). What a figure weighs, and what its share in the highest among the
// candidates weighs: the second tells candidates apart whatever the query's length.
struct Weight {
  double own;
  double share;
};
constexpr Weight kWeights[kFeatures] = {
    {0, 0.4059},         // kIndexScore
    {0, 0.2641},         // kStatementHit
    {0.004722, 0},       // kTitleHit
    {0, 0},              // kBothHit
    {0, 0.738},          // kSimilarHit
    {-0.00112, 0},       // kStatementMissed
    {-0.03957, -2.107},  // kTitleMissed
    {1.263, 1.124},      // kStatementCoverage
    {1.509, 0.7},        // kTitleCoverage
    {1.165, 0.6164},     // kOverlap
    {0, 0.2677},         // kCosine
    {0.0107, 0.4768},    // kHighestHit
    {0, 0},              // kSecondHit
    {0.007579, 0.7452},  // kRootSquareHit
    {0, 0.9142},         // kSentenceHit
    {0, 0},              // kSentenceCoverage
    {0, 1.1},            // kStatementNeighbours
    {0, 0},              // kStatementRun
    {0, 0.7072},         // kStatementOrder
    {0, 0},              // kTitleNeighbours
    {0, 0},              // kTitleRun
    {0, 0},              // kTitleOrder
    {0, 0},              // kNameHit
    {-0.01474, 0},       // kNameMissed
    {0.208, 0.5601},     // kNumberHit
    {-0.582, 0},         // kNumberMissed
    {-0.1752, -0.2117},  // kStatementLength
    {1.369, 3.777},      // kTitleLength
    {0, 0},              // kWordsHit
    {0, 0},              // kWordsShare
    {0, 0.1545},         // kLettersHit
    {0.0138, 2.923},     // kRareLettersHit
};

// A logistic regression of the right ones at the first place against what comes first where the
// right one is not in the store, from the same half.
struct LikelihoodWeight {
  Feature feature;
  bool is_logarithm;
  double weight;
};
constexpr double kLikelihoodBias = -8.0256;
constexpr LikelihoodWeight kLikelihoodWeights[] = {
    {kStatementCoverage, false, 0.8465},
    {kTitleCoverage, false, 1.924},
    {kOverlap, false, 3.003},
    {kCosine, true, 1.298},
    {kRootSquareHit, true, 0.2322},
    {kWordsHit, true, 0.53},
    {kWordsShare, false, -3.518},
    {kRareLettersHit, true, 0.822},
    {kStatementOrder, true, -0.312},
    {kNumberMissed, false, -0.04822},
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
