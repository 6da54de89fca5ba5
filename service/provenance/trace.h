// The citation graph of one claim: who speaks, on whose word, in which order it reached us. Pure on
// the edges it is given.
#ifndef HEADWATER_PROVENANCE_TRACE_H_
#define HEADWATER_PROVENANCE_TRACE_H_

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "keys/name.h"
#include "records/edge.h"

namespace headwater::provenance {

// A citation in the graph.
struct TracedCitation {
  std::optional<size_t> voice;  // the place of the voice cited; none where it is not in the graph
  keys::Name cited;             // as recorded
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
};

// One who speaks: an attribution, or a source cited that has none here.
struct TracedVoice {
  const records::Edge* edge = nullptr;  // null for a source without an attribution
  keys::Name source;
  std::vector<TracedCitation> cites;
  int distance = 0;      // the fewest citations from a voice that nobody cites
  bool in_loop = false;  // its citations lead back to it
};

// The graph of `edges`, live attributions of one claim in the order of their ids, which must
// outlive it. Voices come nearest first, at one distance attributions before bare sources and each
// in the order of their ids. A group of voices that only each other cite has no nearest one: it
// counts from its first. A citation of a bare source means that source's attributions here that are
// not certainly later by their recorded dates than the citing one; where there are none, the source
// alone. O(edges + citations), bare ones times the attributions of their source.
std::vector<TracedVoice> TraceGraph(absl::Span<const records::Edge> edges);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_TRACE_H_
