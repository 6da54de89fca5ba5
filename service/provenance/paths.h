// The most paths through a labelled graph of which no two share a label.
//
// Labels are voices or units, nodes are what they said in each document. Were each label one node,
// Menger's theorem would do: the maximum flow. With several nodes a label the flow, taken over
// labels, only bounds from above, since it may come in by one node and leave by another; then the
// flow's paths are sought in the graph itself, and where one is not there, the choices of a path
// for each beginning are searched, bounded by the flow at each step. That last problem is NP-hard
// in general, so the search has a budget, and says where it ran out.
#ifndef HEADWATER_PROVENANCE_PATHS_H_
#define HEADWATER_PROVENANCE_PATHS_H_

#include <cstdint>
#include <vector>

#include "provenance/citations.h"

namespace headwater::provenance {

struct PathGraph {
  Graph edges;               // what its edges allow is of no account
  std::vector<Index> label;  // of each node; kNone: one that everybody may pass
  std::vector<bool> begins;  // a path may begin at it
  std::vector<bool> ends;    // a path may end at it
  Index labels = 0;          // all are below
};

struct Packing {
  uint32_t bound = 0;  // no more paths are possible
  // Nodes from beginning to end; as many as were found. As many as `bound`: it is exact.
  std::vector<std::vector<Index>> paths;

  bool exact() const { return paths.size() == bound; }
};

// Nodes that are on some path from a beginning to an end. O(nodes + edges).
std::vector<bool> OnPaths(const PathGraph& graph);

// The most paths. Where it suffices that the bound is no more than `enough`, looks no further.
// Deterministic. O((nodes + edges) * sqrt(labels)) for all but the search; that visits at most some
// 10 million nodes and edges.
Packing PackPaths(const PathGraph& graph, uint32_t enough = 0);

// The labels that are on every path, ascending; `path` is one of those. O((nodes + edges) * such
// labels), and as much again for each other path that rules some of the rest out.
std::vector<Index> LabelsOnEveryPath(const PathGraph& graph, const std::vector<Index>& path);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_PATHS_H_
