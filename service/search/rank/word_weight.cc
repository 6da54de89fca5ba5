#include "search/rank/word_weight.h"

#include <algorithm>
#include <cmath>

#include "search/index/letter_counts.h"

namespace headwater::search {
namespace {

// How steeply rare words gain on common ones: 1 would be BM25's own.
constexpr double kRarity = 1.4;
constexpr double kUsualRarity = 5;
// Few resources tell little of how rare words are: what is rare among them is taken to be so among
// many, somewhat less, and likelihoods, which were learned in a store of so many, mean the same.
constexpr double kFewResources = 10'000;
constexpr double kFewTell = 0.6;  // 1: as rare among many as among the few

constexpr double kShareOfName = 0.6;
constexpr double kShareOfHandle = 0.2;
constexpr double kShareOfHandlePart = 0.3;
constexpr double kShareOfDate = 0.5;

double KindWeight(const QueryWord& word) {
  double weight = word.is_name ? 1.3 : 1.0;
  if (word.kind == TokenKind::kNumber) weight *= 0.7;
  if (word.kind == TokenKind::kLink) weight *= 0.3;
  if (IsDate(word.stem)) weight *= 0.3;  // its day, month and year count for themselves
  return weight;
}

}  // namespace

double RarityWeight(uint32_t having, uint32_t resources) {
  double all = resources;
  double in = std::max<uint32_t>(having, 1);
  if (all < kFewResources) {
    in *= std::pow(kFewResources / std::max(all, 1.0), kFewTell);
    all = kFewResources;
  }
  const double rarity = std::log1p((all - in + 0.5) / (in + 0.5));
  return kUsualRarity * std::pow(std::max(rarity, 0.0) / kUsualRarity, kRarity);
}

double WeightOf(const QueryWord& word, uint32_t resources) {
  const double often = static_cast<double>(word.places.size());
  return RarityWeight(word.resources, resources) * KindWeight(word) * word.share * often * 1.5 /
         (often + 0.5);
}

double ShareOf(const Token& token, const Byline& byline) {
  if (token.begin < byline.begin) return 1;
  if (token.begin < byline.handle) return kShareOfName;
  if (token.begin >= byline.behind) return kShareOfDate;
  return token.stem[0] == '@' ? kShareOfHandle : kShareOfHandlePart;
}

}  // namespace headwater::search
