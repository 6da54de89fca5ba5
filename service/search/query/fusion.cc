#include "search/query/fusion.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace headwater::search {
namespace {

// Whole numbers, so that a place in the order can be told exactly.
constexpr double kScale = 1e12;

}  // namespace

double FusionWorth(size_t rank) { return 1.0 / static_cast<double>(kFusionRanks + rank); }

std::vector<Scored> Fuse(absl::Span<const Scored> words, absl::Span<const Neighbour> near) {
  absl::flat_hash_map<uint32_t, uint64_t> scores;
  const auto add = [&](uint32_t number, size_t rank) {
    scores[number] += static_cast<uint64_t>(kScale * FusionWorth(rank));
  };
  for (size_t i = 0; i < words.size(); ++i) add(words[i].number, i + 1);
  for (size_t i = 0; i < near.size(); ++i) add(near[i].number, i + 1);
  std::vector<Scored> fused;
  fused.reserve(scores.size());
  for (const auto& [number, score] : scores) fused.push_back({number, score});
  std::sort(fused.begin(), fused.end(), [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.number < b.number;
  });
  return fused;
}

}  // namespace headwater::search
