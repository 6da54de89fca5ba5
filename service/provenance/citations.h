// The citations of a case, each taken for what it means: which attributions it leads to, by which
// stances.
//
// A bare citation of a source leads to a prefix of that source's attributions in the order of their
// own dates, and a hundred thousand may cite a source of a thousand: so prefixes are nodes of their
// own, one leading to the next, and the graph stays as small as the case.
#ifndef HEADWATER_PROVENANCE_CITATIONS_H_
#define HEADWATER_PROVENANCE_CITATIONS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "provenance/case.h"

namespace headwater::provenance {

// A set of the five stances that can be carried, one bit each.
using Stances = uint8_t;
inline constexpr Stances kAllStances = 31;
constexpr Stances BitOf(v1::Stance stance) {
  return stance >= v1::STANCE_ASSERTS && stance <= v1::STANCE_NO_COMMENT
             ? static_cast<Stances>(1 << (stance - v1::STANCE_ASSERTS))
             : Stances{0};
}

// The stance that an attribution takes in its own name and carries; 0 for a relay and for what only
// sounds like a denial.
Stances OwnStance(const AttributionFact& attribution);

// A directed graph, the successors of a node side by side.
class Graph {
 public:
  struct Edge {
    Index to = 0;
    Stances allowed = kAllStances;
  };

  // Edges may come in any order; each (from, edge).
  Graph(size_t nodes, std::vector<std::pair<Index, Edge>> edges);
  Graph() : begin_(1, 0) {}

  size_t size() const { return begin_.size() - 1; }
  absl::Span<const Edge> operator[](Index node) const {
    return absl::MakeConstSpan(edges_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  Graph Reversed() const;

 private:
  std::vector<uint32_t> begin_;
  std::vector<Edge> edges_;
};

// A citation of somebody of whom the case has no attribution to lead to.
struct Stub {
  Index citing = 0;
  Index source = 0;
  Stances carries = 0;
  bool severed = false;
};

struct Citations {
  // Nodes: the attributions, then prefixes. From citing to cited.
  Graph all;
  // Only within one document, with prefixes of its own.
  Graph told_together;
  std::vector<Stub> stubs;  // by citing attribution
};

// `own_dates`: each attribution's own date. O((attributions + citations) log).
Citations Resolve(const Case& a_case, absl::Span<const Days> own_dates);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_CITATIONS_H_
