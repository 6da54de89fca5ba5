// The citation graph of some claims as a trace shows it: who speaks, on whose word, in which order
// it reached us, or who repeats it. Pure on the edges it is given.
#ifndef HEADWATER_PROVENANCE_TRACE_H_
#define HEADWATER_PROVENANCE_TRACE_H_

#include <limits>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "keys/name.h"
#include "records/edge.h"

namespace headwater::provenance {

// What to trace.
struct TraceAsk {
  bool downstream = false;
  // An attribution or a source to begin with; none: whoever nobody cites, downstream whoever cites
  // nobody here.
  std::optional<keys::Name> from;
  int max_depth = std::numeric_limits<int>::max();  // citations from the start
  size_t max_voices = std::numeric_limits<size_t>::max();
  size_t max_citations = std::numeric_limits<size_t>::max();  // of all voices together
};

// A citation in the trace.
struct TracedCitation {
  std::optional<size_t> voice;  // the place of the voice cited; none where it is not in the trace
  keys::Name cited;             // as recorded
  v1::Stance stance = v1::STANCE_UNSPECIFIED;
  // Without `voice`: how many voices of the graph are meant that are not shown, and, where an
  // attribution is cited that is one, its edge.
  size_t left_out = 0;
  const records::Edge* edge = nullptr;
};

// One who speaks: an attribution, or a source cited that has none here.
struct TracedVoice {
  const records::Edge* edge = nullptr;  // null for a source without an attribution
  keys::Name source;
  std::vector<TracedCitation> cites;
  int distance = 0;      // the fewest citations from the start
  bool in_loop = false;  // its citations lead back to it
  size_t cut = 0;        // voices one citation further on that were left out
};

struct Traced {
  bool found = true;  // whether there is anything to begin with in ask.from
  std::vector<TracedVoice> voices;
  size_t reached = 0;      // voices, those left out included
  bool truncated = false;  // voices or citations were left out
};

// The trace of `edges`, live attributions in the order of their names, claim by claim, which must
// outlive it. Voices come nearest to the start first, at one distance attributions before bare
// sources and each in the order given, bare sources of their ids. A group of voices that only each
// other cite (downstream: that cite only each other) has no nearest one: it counts from its first.
// A citation of a bare source means that source's attributions here that are not certainly later by
// their recorded dates than the citing one; where there are none, the source alone.
// O((edges + citations) log), and what is shown.
Traced Trace(absl::Span<const records::Edge> edges, const TraceAsk& ask);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_TRACE_H_
