// The best so far of a search that goes through all numbers.
#ifndef HEADWATER_SEARCH_INDEX_BEST_H_
#define HEADWATER_SEARCH_INDEX_BEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "search/index/top_k.h"

namespace headwater::search {

// Keeps `k`, at least 1, of those that come behind `behind` in the order of FindBest.
class Best {
 public:
  Best(size_t k, std::optional<Scored> behind) : k_(k), behind_(behind) {}

  // Only a higher score gets in: numbers come in ascending order.
  uint64_t threshold() const { return heap_.size() < k_ ? 0 : heap_.top().score; }

  void Add(uint32_t number, uint64_t score) {
    if (score <= threshold()) return;
    if (behind_ && !IsBetter()(*behind_, {number, score})) return;
    if (heap_.size() == k_) heap_.pop();
    heap_.push({number, score});
  }

  // Best first. Leaves nothing.
  std::vector<Scored> Take() {
    std::vector<Scored> all(heap_.size());
    for (size_t i = all.size(); i > 0; --i) {
      all[i - 1] = heap_.top();
      heap_.pop();
    }
    return all;
  }

 private:
  struct IsBetter {
    bool operator()(const Scored& a, const Scored& b) const {
      return a.score != b.score ? a.score > b.score : a.number < b.number;
    }
  };
  const size_t k_;
  const std::optional<Scored> behind_;
  std::priority_queue<Scored, std::vector<Scored>, IsBetter> heap_;  // the worst on top
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_BEST_H_
