// The best of an index for a weighted set of terms.
#ifndef HEADWATER_SEARCH_INDEX_TOP_K_H_
#define HEADWATER_SEARCH_INDEX_TOP_K_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "keys/register.h"
#include "kv/engine.h"

namespace headwater::search {

// A term and its head's value, as read from the snapshot.
struct FoundTerm {
  std::string term;
  std::string head;
};

struct WeightedTerm {
  FoundTerm found;
  uint32_t weight = 0;  // at least 1, at most kMaxTermWeight
};
inline constexpr uint32_t kMaxTermWeight = 1 << 30;
inline constexpr size_t kMaxTerms = 1000;

struct Scored {
  uint32_t number = 0;
  // The sum over the terms that it holds of weight times impact: exact, whatever the order.
  uint64_t score = 0;

  friend bool operator==(const Scored&, const Scored&) = default;
};

// Which resources may be among the best.
struct Restriction {
  // Of each group a resource must hold a term.
  std::vector<std::vector<FoundTerm>> groups;
  // It must hold none of these.
  std::vector<FoundTerm> excluded;
  // It must come behind this one in the order of FindBest: the next page.
  std::optional<Scored> behind;
};

// The `k` resources of the highest scores above 0, best first; of equal ones the lower number
// first. Exact, but what cannot be among them is passed over: terms that could not lift anything
// over the k-th best so far are asked only for what others found (MaxScore), and pages whose
// highest impact cannot do so are not taken apart (block-max). Requires at most kMaxTerms terms,
// each once. Errors: those of the snapshot, kDataLoss.
absl::StatusOr<std::vector<Scored>> FindBest(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                             absl::Span<const WeightedTerm> terms,
                                             const Restriction& restriction, size_t k,
                                             kv::Patience patience);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_TOP_K_H_
