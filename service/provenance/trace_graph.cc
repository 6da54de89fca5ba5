#include "provenance/trace_graph.h"

#include <algorithm>
#include <utility>

#include "provenance/case.h"
#include "provenance/components.h"

namespace headwater::provenance {
namespace {

using Node = TraceGraph::Node;

}  // namespace

TraceGraph::TraceGraph(absl::Span<const records::Edge> edges) : edges_(edges) {
  for (Node i = 0; i < edges.size(); ++i) {
    by_name_[edges[i].attribution.Text()] = i;
    const auto [found, is_new] =
        spoken_by_.try_emplace(edges[i].source.id, static_cast<uint32_t>(spoken_.size()));
    if (is_new) spoken_.emplace_back();
    spoken_of_.push_back(found->second);
    spoken_[found->second].by_day.push_back(i);
  }
  SortSpoken();
  for (Node i = 0; i < edges.size(); ++i) {
    ways_begin_.push_back(ways_.size());
    for (const records::EdgeCitation& citation : edges[i].cites)
      ways_.push_back(WayOf(i, citation.cited));
  }
  ways_begin_.push_back(ways_.size());
  ReverseWays();
}

void TraceGraph::SortSpoken() {
  place_of_.resize(edges_.size());
  std::vector<int32_t> earliest;
  for (const records::Edge& edge : edges_) earliest.push_back(Days::Of(edge.said_date).earliest);
  for (Spoken& spoken : spoken_) {
    std::stable_sort(spoken.by_day.begin(), spoken.by_day.end(),
                     [&](Node one, Node other) { return earliest[one] < earliest[other]; });
    for (uint32_t i = 0; i < spoken.by_day.size(); ++i) place_of_[spoken.by_day[i]] = i;
  }
}

TraceGraph::Way TraceGraph::WayOf(Node citing, const keys::Name& cited) {
  if (cited.kind == keys::Kind::kAttribution) {
    const auto found = by_name_.find(cited.Text());
    return {found == by_name_.end() ? kNowhere : found->second};
  }
  const auto found = spoken_by_.find(cited.id);
  if (found == spoken_by_.end()) return {Bare(cited)};
  // Those that are not certainly later by their own recorded dates.
  const std::vector<Node>& by_day = spoken_[found->second].by_day;
  const Days citing_days = Days::Of(edges_[citing].said_date);
  const auto end = std::partition_point(by_day.begin(), by_day.end(), [&](Node one) {
    return !CertainlyLater(Days::Of(edges_[one].said_date), citing_days);
  });
  const auto prefix = static_cast<uint32_t>(end - by_day.begin());
  const bool itself = spoken_of_[citing] == found->second && place_of_[citing] < prefix;
  if (prefix == (itself ? 1U : 0U)) return {Bare(cited)};
  std::vector<BareCiter>& citers = spoken_[found->second].citers;
  if (citers.empty() || citers.back().citing != citing) citers.push_back({citing, prefix});
  return {kNowhere, found->second, prefix};
}

Node TraceGraph::Bare(const keys::Name& source) {
  const auto [found, is_new] = by_name_.try_emplace(source.Text(), static_cast<Node>(size()));
  if (is_new) bare_.push_back(source);
  return found->second;
}

void TraceGraph::ReverseWays() {
  for (Spoken& spoken : spoken_) {
    std::stable_sort(
        spoken.citers.begin(), spoken.citers.end(),
        [](const BareCiter& one, const BareCiter& other) { return one.prefix > other.prefix; });
  }
  std::vector<std::pair<Node, Node>> cited;
  for (Node i = 0; i < edges_.size(); ++i) {
    for (const Way& way : WaysOf(i)) {
      if (way.node != kNowhere) cited.emplace_back(way.node, i);
    }
  }
  std::sort(cited.begin(), cited.end());
  cited.erase(std::unique(cited.begin(), cited.end()), cited.end());
  citers_begin_.assign(size() + 1, 0);
  for (const auto& [node, citing] : cited) {
    ++citers_begin_[node + 1];
    citers_.push_back(citing);
  }
  for (size_t i = 1; i < citers_begin_.size(); ++i) citers_begin_[i] += citers_begin_[i - 1];
}

absl::Span<const TraceGraph::Way> TraceGraph::WaysOf(Node node) const {
  if (!IsAttribution(node)) return {};
  return absl::MakeSpan(ways_).subspan(ways_begin_[node],
                                       ways_begin_[node + 1] - ways_begin_[node]);
}

std::vector<Node> TraceGraph::Named(const keys::Name& name) const {
  std::vector<Node> nodes;
  const auto found = by_name_.find(name.Text());
  if (found != by_name_.end()) nodes.push_back(found->second);
  if (name.kind != keys::Kind::kSource) return nodes;
  const auto spoken = spoken_by_.find(name.id);
  if (spoken == spoken_by_.end()) return nodes;
  const std::vector<Node>& by_day = spoken_[spoken->second].by_day;
  nodes.insert(nodes.end(), by_day.begin(), by_day.end());
  return nodes;
}

std::vector<bool> TraceGraph::InLoop() const {
  // Prefixes are nodes of their own, behind the voices; each leads to the next shorter one.
  std::vector<std::vector<size_t>> successors(size());
  std::vector<size_t> first_prefix;
  for (const Spoken& spoken : spoken_) {
    first_prefix.push_back(successors.size());
    if (spoken.citers.empty()) continue;
    for (size_t i = 0; i < spoken.by_day.size(); ++i) {
      std::vector<size_t>& next = successors.emplace_back();
      next.push_back(spoken.by_day[i]);
      if (i > 0) next.push_back(successors.size() - 2);
    }
  }
  for (Node i = 0; i < edges_.size(); ++i) {
    for (const Way& way : WaysOf(i)) {
      if (way.node != kNowhere) successors[i].push_back(way.node);
      if (way.prefix > 0) successors[i].push_back(first_prefix[way.spoken] + way.prefix - 1);
    }
  }
  const std::vector<size_t> component = StrongComponents(successors);
  std::vector<size_t> voices(successors.size(), 0);
  for (size_t i = 0; i < size(); ++i) ++voices[component[i]];
  std::vector<bool> in_loop(size());
  for (size_t i = 0; i < size(); ++i) in_loop[i] = voices[component[i]] > 1;
  return in_loop;
}

}  // namespace headwater::provenance
