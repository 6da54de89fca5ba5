// How far each voice of a trace is from its start.
#ifndef HEADWATER_PROVENANCE_TRACE_WALK_H_
#define HEADWATER_PROVENANCE_TRACE_WALK_H_

#include <cstdint>
#include <vector>

#include "provenance/trace_graph.h"

namespace headwater::provenance {

inline constexpr int kUnreached = -1;

// The fewest citations from `from`, along the citations or, downstream, against them; kUnreached
// where none lead. O(voices + citations).
std::vector<int> DistancesFrom(const TraceGraph& graph, bool downstream,
                               const std::vector<TraceGraph::Node>& from);

// The same from whoever nobody cites, downstream from whoever cites nobody; what is left is loops,
// each begun at its first voice, so that every voice is reached.
std::vector<int> Distances(const TraceGraph& graph, bool downstream);

// The last day on which each voice can have spoken: its own in `own`, or that of whoever speaks on
// its word, if that is earlier. Those for which `counts` does not hold say nothing of others.
// O((voices + citations) log).
std::vector<int32_t> LastDays(const TraceGraph& graph, const std::vector<int32_t>& own,
                              const std::vector<bool>& counts);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_TRACE_WALK_H_
