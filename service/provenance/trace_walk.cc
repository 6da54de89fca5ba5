#include "provenance/trace_walk.h"

#include <algorithm>
#include <utility>

namespace headwater::provenance {
namespace {

using Node = TraceGraph::Node;
using Spoken = TraceGraph::Spoken;
using Way = TraceGraph::Way;

// Breadth first. Of each source that speaks, those attributions (downstream: those who cite it
// alone) that a bare citation leads to are a prefix, so it is enough to remember how much of each
// was gone through.
class Walk {
 public:
  Walk(const TraceGraph& graph, bool downstream)
      : graph_(graph),
        downstream_(downstream),
        distances_(graph.size(), kUnreached),
        passed_(graph.spoken().size(), 0) {}

  void Begin(Node node) { Reach(node, 0); }

  // Reaches what can be; those reached since the last time.
  absl::Span<const Node> Spread() {
    const size_t begin = next_;
    for (; next_ < queue_.size(); ++next_) {
      const Node node = queue_[next_];
      if (downstream_) {
        ToCiters(node, distances_[node] + 1);
      } else {
        ToCited(node, distances_[node] + 1);
      }
    }
    return absl::MakeConstSpan(queue_).subspan(begin);
  }

  bool IsReached(Node node) const { return distances_[node] != kUnreached; }
  std::vector<int> Take() { return std::move(distances_); }

 private:
  void Reach(Node node, int distance) {
    if (IsReached(node)) return;
    distances_[node] = distance;
    queue_.push_back(node);
  }

  void ToCited(Node node, int distance) {
    for (const Way& way : graph_.WaysOf(node)) {
      if (way.node != TraceGraph::kNowhere) Reach(way.node, distance);
      if (way.prefix == 0) continue;
      uint32_t& passed = passed_[way.spoken];
      for (; passed < way.prefix; ++passed)
        Reach(graph_.spoken()[way.spoken].by_day[passed], distance);
    }
  }

  void ToCiters(Node node, int distance) {
    for (Node citing : graph_.NamedCitersOf(node)) Reach(citing, distance);
    if (!graph_.IsAttribution(node)) return;
    const uint32_t spoken = graph_.SpokenOf(node);
    const std::vector<TraceGraph::BareCiter>& citers = graph_.spoken()[spoken].citers;
    uint32_t& passed = passed_[spoken];
    for (; passed < citers.size() && citers[passed].prefix > graph_.PlaceOf(node); ++passed)
      Reach(citers[passed].citing, distance);
  }

  const TraceGraph& graph_;
  const bool downstream_;
  std::vector<int> distances_;
  std::vector<uint32_t> passed_;
  std::vector<Node> queue_;
  size_t next_ = 0;
};

// Whether another voice cites it.
bool IsCited(const TraceGraph& graph, Node node) {
  if (!graph.NamedCitersOf(node).empty()) return true;
  if (!graph.IsAttribution(node)) return false;
  const Spoken& spoken = graph.spoken()[graph.SpokenOf(node)];
  // The first two, since one may be itself.
  for (size_t i = 0; i < spoken.citers.size() && i < 2; ++i) {
    const TraceGraph::BareCiter& citer = spoken.citers[i];
    if (citer.citing != node && citer.prefix > graph.PlaceOf(node)) return true;
  }
  return false;
}

bool Cites(const TraceGraph& graph, Node node) {
  const absl::Span<const Way> ways = graph.WaysOf(node);
  return std::any_of(ways.begin(), ways.end(), [](const Way& way) {
    return way.node != TraceGraph::kNowhere || way.prefix > 0;
  });
}

}  // namespace

std::vector<int> DistancesFrom(const TraceGraph& graph, bool downstream,
                               const std::vector<Node>& from) {
  Walk walk(graph, downstream);
  for (Node node : from) walk.Begin(node);
  walk.Spread();
  return walk.Take();
}

std::vector<int> Distances(const TraceGraph& graph, bool downstream) {
  Walk walk(graph, downstream);
  for (Node i = 0; i < graph.size(); ++i) {
    if (!(downstream ? Cites(graph, i) : IsCited(graph, i))) walk.Begin(i);
  }
  walk.Spread();
  for (Node i = 0; i < graph.size(); ++i) {
    if (walk.IsReached(i)) continue;
    walk.Begin(i);
    walk.Spread();
  }
  return walk.Take();
}

std::vector<int32_t> LastDays(const TraceGraph& graph, const std::vector<int32_t>& own,
                              const std::vector<bool>& counts) {
  std::vector<Node> order;
  for (Node i = 0; i < own.size(); ++i) {
    if (counts[i]) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](Node one, Node other) { return own[one] < own[other]; });
  std::vector<int32_t> last = own;
  Walk walk(graph, /*downstream=*/false);
  // Whoever is reached from an earlier one is no later than that.
  for (Node start : order) {
    if (walk.IsReached(start)) continue;
    walk.Begin(start);
    for (Node node : walk.Spread()) {
      if (node < last.size()) last[node] = std::min(last[node], own[start]);
    }
  }
  return last;
}

}  // namespace headwater::provenance
