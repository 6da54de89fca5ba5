// The graph in which a stance's lines are sought: attributions, implied relays and stubs, linked
// within each document.
#ifndef HEADWATER_PROVENANCE_LINE_GRAPH_H_
#define HEADWATER_PROVENANCE_LINE_GRAPH_H_

#include <vector>

#include "provenance/paths.h"
#include "provenance/settled.h"

namespace headwater::provenance {

// Nodes: the nodes of Citations::told_together, then a document's implied relay each, then stubs,
// one a source.
class LineGraph {
 public:
  LineGraph(const Case& a_case, const Settled& settled, v1::Stance stance);

  // By voices, from public ones to any origin.
  PathGraph AtMost() const;
  // By units, from those directly heard to first-hand origins.
  PathGraph AtLeast() const;

  const std::vector<Origin>& origins() const { return origins_; }
  Index NodeOf(const Step& step) const;
  // Requires that it is no prefix.
  Step StepOf(Index node) const;
  bool IsPrefix(Index node) const { return node >= attributions_ && node < told_; }
  // The voice that speaks at a node; kNone for a prefix.
  Index voice(Index node) const { return voice_[node]; }
  Line LineOf(const std::vector<Index>& path) const;

 private:
  using Edges = std::vector<std::pair<Index, Graph::Edge>>;

  void Enter(Index node, Index voice);
  void AddStubs();
  void AddOrigins();
  void Connect();
  bool IsFirstHand(Index attribution) const;
  bool IsPublic(Index node) const;
  std::vector<bool> TookItBack() const;

  const Case& case_;
  const Settled& settled_;
  const v1::Stance stance_;
  const Stances bit_;
  const Index attributions_;
  const Index told_;        // nodes of told_together
  const Index relays_end_;  // after the implied relays
  const Index nodes_;
  std::vector<bool> in_;      // nodes that carry the stance and count
  std::vector<Index> voice_;  // of each node
  std::vector<Origin> origins_;
  std::vector<bool> is_origin_;
  Edges edges_;
};

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_LINE_GRAPH_H_
