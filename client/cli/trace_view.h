// A trace as people read it.
#ifndef HEADWATER_CLI_TRACE_VIEW_H_
#define HEADWATER_CLI_TRACE_VIEW_H_

#include <ostream>
#include <string>

#include "cli/terminal.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {

// The claim's text, and of those that say the same; its chain, "Trí Đạt ← Financial Times ← three
// people", as a tree where there is more than one; and a line for each voice: its stance, how it
// knows, where that is told, what that was made from, and what is the matter with it. Last, what
// was left out. `downstream` says which way the trace goes.
void PrintTrace(std::ostream& out, const Terminal& terminal, const v1::TraceClaimResponse& trace,
                bool downstream = false);

// The chain alone: one line, or a tree's. A voice that comes again is named and not gone into
// again; voices that lead to the same are named together.
std::string ChainOf(const v1::TraceClaimResponse& trace, bool downstream = false);

// What a voice does, in words: "relays", "asserts, first-hand", "denies, says not how it knows".
std::string Manner(const v1::Voice& voice);

// The trace in Graphviz's DOT: an arrow from each voice to those on whose word it speaks; where
// voices were left out, a dashed node says how many.
void PrintTraceDot(std::ostream& out, const v1::TraceClaimResponse& trace, bool downstream = false);

// The text as a quoted DOT string.
std::string DotString(absl::string_view text);

// What a voice is called: its display name, or its source's id.
std::string VoiceName(const v1::Voice& voice);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_TRACE_VIEW_H_
