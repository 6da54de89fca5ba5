#include "provenance/line_graph.h"

#include <algorithm>
#include <utility>

namespace headwater::provenance {

LineGraph::LineGraph(const Case& a_case, const Settled& settled, v1::Stance stance)
    : case_(a_case),
      settled_(settled),
      stance_(stance),
      bit_(BitOf(stance)),
      attributions_(static_cast<Index>(a_case.attributions.size())),
      told_(static_cast<Index>(settled.citations.told_together.size())),
      relays_end_(told_ + static_cast<Index>(a_case.documents.size())),
      nodes_(relays_end_ + static_cast<Index>(a_case.sources.size())),
      in_(nodes_, false),
      voice_(nodes_, kNone),
      is_origin_(nodes_, false) {
  for (Index i = 0; i < attributions_; ++i) {
    if (settled.counts[i] && (settled.carries[i] & bit_) != 0) Enter(i, settled.voice(a_case, i));
  }
  for (Index n = attributions_; n < told_; ++n) in_[n] = true;
  Connect();
  AddStubs();
  AddOrigins();
}

void LineGraph::Enter(Index node, Index voice) {
  in_[node] = true;
  voice_[node] = voice;
}

void LineGraph::Connect() {
  const Graph& told = settled_.citations.told_together;
  for (Index n = 0; n < told_; ++n) {
    if (!in_[n]) continue;
    for (const Graph::Edge& edge : told[n]) {
      if (in_[edge.to] && (edge.allowed & bit_) != 0) edges_.push_back({n, {edge.to}});
    }
  }
  for (Index i = 0; i < attributions_; ++i) {
    if (!in_[i] || settled_.directly_heard[i] || (settled_.hidden[i] & bit_) != 0) continue;
    const Index document = case_.attributions[i].document;
    Enter(told_ + document, settled_.publisher[document]);
    edges_.push_back({told_ + document, {i}});
  }
}

void LineGraph::AddStubs() {
  for (const Stub& stub : settled_.citations.stubs) {
    if (stub.severed || (stub.carries & bit_) == 0 || !in_[stub.citing]) continue;
    Enter(relays_end_ + stub.source, settled_.voices.voice_of[stub.source]);
    edges_.push_back({stub.citing, {relays_end_ + stub.source}});
  }
}

bool LineGraph::IsFirstHand(Index attribution) const {
  return OwnStance(case_.attributions[attribution]) == bit_ &&
         case_.attributions[attribution].basis == v1::BASIS_FIRST_HAND &&
         !settled_.evidence_only[attribution];
}

void LineGraph::AddOrigins() {
  for (Index i = 0; i < attributions_; ++i) {
    if (!in_[i] || OwnStance(case_.attributions[i]) != bit_) continue;
    if (IsFirstHand(i)) {
      origins_.push_back({{StepKind::kAttribution, i}, OriginKind::kFirstHand});
    } else if ((settled_.rests[i] & bit_) == 0) {
      origins_.push_back({{StepKind::kAttribution, i}, OriginKind::kNotRecorded});
    }
  }
  for (Index n = relays_end_; n < nodes_; ++n) {
    if (in_[n]) origins_.push_back({{StepKind::kStub, n - relays_end_}, OriginKind::kStub});
  }
  for (const Origin& origin : origins_) is_origin_[NodeOf(origin.step)] = true;
}

Index LineGraph::NodeOf(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAttribution:
      return step.index;
    case StepKind::kImpliedRelay:
      return told_ + step.index;
    case StepKind::kStub:
      break;
  }
  return relays_end_ + step.index;
}

Step LineGraph::StepOf(Index node) const {
  if (node < attributions_) return {StepKind::kAttribution, node};
  if (node < relays_end_) return {StepKind::kImpliedRelay, node - told_};
  return {StepKind::kStub, node - relays_end_};
}

Line LineGraph::LineOf(const std::vector<Index>& path) const {
  Line line;
  for (Index node : path) {
    if (!IsPrefix(node)) line.push_back(StepOf(node));
  }
  return line;
}

bool LineGraph::IsPublic(Index node) const {
  return in_[node] && voice_[node] != kNone &&
         settled_.voices.voices[voice_[node]].kind == VoiceKind::kPublic;
}

PathGraph LineGraph::AtMost() const {
  PathGraph graph;
  graph.label = voice_;
  graph.labels = static_cast<Index>(settled_.voices.voices.size());
  graph.ends = is_origin_;
  graph.begins.resize(nodes_);
  for (Index n = 0; n < nodes_; ++n) graph.begins[n] = IsPublic(n);
  // Cut at the last public voice: nothing leads to one.
  Edges edges;
  for (const auto& edge : edges_) {
    if (!graph.begins[edge.second.to]) edges.push_back(edge);
  }
  graph.edges = Graph(nodes_, std::move(edges));
  return graph;
}

// Those who certainly said the contrary later, in their own name, and stand by it.
std::vector<bool> LineGraph::TookItBack() const {
  std::vector<bool> took_it_back(attributions_, false);
  const Stances contrary = stance_ == v1::STANCE_ASSERTS  ? BitOf(v1::STANCE_DENIES)
                           : stance_ == v1::STANCE_DENIES ? BitOf(v1::STANCE_ASSERTS)
                                                          : Stances{0};
  if (contrary == 0) return took_it_back;
  constexpr int32_t kNot = std::numeric_limits<int32_t>::min();
  std::vector<int32_t> latest(settled_.voices.voices.size(), kNot);  // contrary word of each voice
  for (Index i = 0; i < attributions_; ++i) {
    if (!settled_.counts[i] || OwnStance(case_.attributions[i]) != contrary) continue;
    int32_t& day = latest[settled_.voice(case_, i)];
    day = std::max(day, settled_.own_dates[i].earliest);
  }
  for (Index i = 0; i < attributions_; ++i) {
    took_it_back[i] = OwnStance(case_.attributions[i]) == bit_ &&
                      latest[settled_.voice(case_, i)] > settled_.own_dates[i].latest;
  }
  return took_it_back;
}

PathGraph LineGraph::AtLeast() const {
  const std::vector<bool> took_it_back = TookItBack();
  const auto is_in = [&](Index n) {
    return in_[n] && n < relays_end_ && (n >= attributions_ || !took_it_back[n]);
  };
  PathGraph graph;
  graph.labels = static_cast<Index>(settled_.voices.voices.size());
  graph.label.assign(nodes_, kNone);
  graph.begins.resize(nodes_);
  graph.ends.resize(nodes_);
  for (Index n = 0; n < nodes_; ++n) {
    if (voice_[n] != kNone) graph.label[n] = settled_.voices.voices[voice_[n]].unit;
    if (!is_in(n)) continue;
    graph.begins[n] = n < attributions_ ? settled_.directly_heard[n] : n >= told_;
    graph.ends[n] = n < attributions_ && IsFirstHand(n);
  }
  // Cut at the last that may begin one.
  Edges edges;
  for (const auto& edge : edges_) {
    if (is_in(edge.first) && is_in(edge.second.to) && !graph.begins[edge.second.to])
      edges.push_back(edge);
  }
  graph.edges = Graph(nodes_, std::move(edges));
  return graph;
}

}  // namespace headwater::provenance
