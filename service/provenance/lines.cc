#include "provenance/lines.h"

#include <algorithm>
#include <map>
#include <utility>

#include "provenance/line_graph.h"
#include "provenance/same_people.h"

namespace headwater::provenance {
namespace {

void Show(const LineGraph& graph, const Packing& packing, Lines* lines) {
  for (const std::vector<Index>& path : packing.paths) lines->shown.push_back(graph.LineOf(path));
}

void FindAtMost(const Settled& settled, const LineGraph& lines, StanceAssessment* stance) {
  const PathGraph graph = lines.AtMost();
  const Packing packing = PackPaths(graph);
  stance->at_most.count = packing.bound;
  stance->at_most.exact = packing.exact();
  Show(lines, packing, &stance->at_most);
  if (packing.bound == 0) return;
  if (packing.paths.size() == 1) stance->chokepoints = LabelsOnEveryPath(graph, packing.paths[0]);
  const std::vector<bool> on_paths = OnPaths(graph);
  stance->anonymous_only =
      std::all_of(lines.origins().begin(), lines.origins().end(), [&](const Origin& origin) {
        const Index node = lines.NodeOf(origin.step);
        return !on_paths[node] ||
               settled.voices.voices[lines.voice(node)].kind == VoiceKind::kAnonymous;
      });
}

void FindAtLeast(const Case& a_case, const Settled& settled, const LineGraph& lines,
                 StanceAssessment* stance) {
  PathGraph graph = lines.AtLeast();
  const std::vector<bool> on_paths = OnPaths(graph);
  std::map<Index, std::vector<Index>> ends;  // by the voice that speaks there
  for (Index n = 0; n < graph.ends.size(); ++n) {
    if (graph.ends[n] && on_paths[n]) ends[lines.voice(n)].push_back(n);
  }
  std::vector<Index> voices;
  for (const auto& [voice, nodes] : ends) voices.push_back(voice);

  Packing best;
  const bool all = ForChoicesOfPeople(a_case, settled.voices, voices, [&](const auto& chosen) {
    if (chosen.size() <= best.paths.size()) return;  // no two lines end in one voice
    graph.ends.assign(graph.ends.size(), false);
    for (Index voice : chosen) {
      for (Index n : ends[voice]) graph.ends[n] = true;
    }
    Packing packing = PackPaths(graph, static_cast<uint32_t>(best.paths.size()));
    best.bound = std::max(best.bound, packing.bound);
    if (packing.paths.size() > best.paths.size()) best.paths = std::move(packing.paths);
  });
  stance->at_least.count = static_cast<uint32_t>(best.paths.size());
  stance->at_least.exact = all && best.exact();
  Show(lines, best, &stance->at_least);
}

}  // namespace

void FindLines(const Case& a_case, const Settled& settled, StanceAssessment* stance) {
  const LineGraph lines(a_case, settled, stance->stance);
  stance->origins = lines.origins();
  FindAtMost(settled, lines, stance);
  FindAtLeast(a_case, settled, lines, stance);
}

}  // namespace headwater::provenance
