#include "provenance/paths.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "provenance/flow.h"

namespace headwater::provenance {
namespace {

// What the search may visit, in nodes and edges.
constexpr int64_t kBudget = 10'000'000;
// The most ways to begin with one label that the search looks at.
constexpr size_t kMostWays = 1000;
// The longest of them, in nodes.
constexpr size_t kLongestWay = 2000;

using Path = std::vector<Index>;

class Packer {
 public:
  Packer(const PathGraph& graph, uint32_t enough)
      : graph_(graph),
        enough_(enough),
        used_(graph.labels, false),
        on_path_(OnPaths(graph)),
        mark_(graph.edges.size(), 0) {
    may_begin_.assign(graph.labels, true);
    for (Index n = 0; n < graph.edges.size(); ++n) {
      if (!on_path_[n]) continue;
      nodes_.push_back(n);
      if (graph.begins[n]) begins_of_[graph.label[n]].push_back(n);
    }
  }

  Packing Run() {
    TakeSingles();
    Packing packing;
    packing.paths = std::move(singles_);
    const size_t singles = packing.paths.size();
    const Found first = Flow();
    packing.bound = static_cast<uint32_t>(singles) + first.bound;
    best_ = first.paths;
    if (best_.size() < first.bound && packing.bound > enough_) {
      spent_ = 0;
      std::vector<Path> chosen;
      Search(&chosen, first);
      // Searched to the end, what was found is all there is.
      if (!out_of_budget_) packing.bound = static_cast<uint32_t>(singles + best_.size());
    }
    for (Path& path : best_) packing.paths.push_back(std::move(path));
    return packing;
  }

 private:
  // A maximum flow over the labels not used: its value, those of its paths that are there, and the
  // first label of one that is not.
  struct Found {
    uint32_t bound = 0;
    std::vector<Path> paths;
    Index missed = kNone;
  };

  bool Free(Index node) const {
    return on_path_[node] && (graph_.label[node] == kNone || !used_[graph_.label[node]]);
  }
  bool Begins(Index node) const {
    return graph_.begins[node] && Free(node) && may_begin_[graph_.label[node]];
  }

  // A path of one node is the best use of its label.
  void TakeSingles() {
    for (Index n : nodes_) {
      if (!graph_.begins[n] || !graph_.ends[n] || used_[graph_.label[n]]) continue;
      used_[graph_.label[n]] = true;
      singles_.push_back({n});
    }
  }

  Found Flow() {
    // Vertices: the labels, then those nodes that everybody may pass.
    std::vector<Index> vertex(graph_.edges.size(), kNone);
    Index vertices = 0;
    std::vector<Index> of_label(graph_.labels, kNone);
    std::vector<Index> label_of;
    for (Index n : nodes_) {
      if (!Free(n) || graph_.label[n] == kNone) continue;
      Index& v = of_label[graph_.label[n]];
      if (v == kNone) {
        v = vertices++;
        label_of.push_back(graph_.label[n]);
      }
      vertex[n] = v;
    }
    const Index capacious = vertices;
    for (Index n : nodes_) {
      if (Free(n) && graph_.label[n] == kNone) vertex[n] = vertices++;
    }
    VertexFlow flow(vertices, capacious);
    AddArcs(vertex, &flow);
    Found found;
    found.bound = flow.Run();
    spent_ += static_cast<int64_t>(nodes_.size()) * (2 + found.bound / 8);
    for (const std::vector<uint32_t>& vertices_on_path : flow.Paths()) {
      std::vector<Index> labels;
      for (uint32_t v : vertices_on_path) {
        if (v < capacious) labels.push_back(label_of[v]);
      }
      std::optional<Path> path = PathWithin(labels);
      if (path) {
        found.paths.push_back(*std::move(path));
      } else if (found.missed == kNone) {
        found.missed = labels.front();
      }
    }
    return found;
  }

  void AddArcs(const std::vector<Index>& vertex, VertexFlow* flow) {
    absl::flat_hash_set<uint64_t> added;
    absl::flat_hash_set<Index> begins;
    absl::flat_hash_set<Index> ends;
    for (Index n : nodes_) {
      if (vertex[n] == kNone) continue;
      if (Begins(n) && begins.insert(vertex[n]).second) flow->AddBeginning(vertex[n]);
      if (graph_.ends[n] && ends.insert(vertex[n]).second) flow->AddEnd(vertex[n]);
      for (const Graph::Edge& edge : graph_.edges[n]) {
        const Index to = vertex[edge.to];
        if (to == kNone || to == vertex[n]) continue;
        if (added.insert(static_cast<uint64_t>(vertex[n]) << 32 | to).second)
          flow->AddEdge(vertex[n], to);
      }
    }
  }

  // A shortest path that begins with the first of `labels` and passes those alone.
  std::optional<Path> PathWithin(const std::vector<Index>& labels) {
    const absl::flat_hash_set<Index> allowed(labels.begin(), labels.end());
    std::vector<std::pair<Index, size_t>> reached;  // node, and the place of the one before it
    ++marks_;
    auto found = begins_of_.find(labels.front());
    if (found == begins_of_.end()) return std::nullopt;
    for (Index n : found->second) {
      mark_[n] = marks_;
      reached.push_back({n, SIZE_MAX});
    }
    for (size_t i = 0; i < reached.size(); ++i) {
      const Index node = reached[i].first;
      if (graph_.ends[node]) return Trace(reached, i);
      for (const Graph::Edge& edge : graph_.edges[node]) {
        ++spent_;
        if (!Free(edge.to) || mark_[edge.to] == marks_) continue;
        if (graph_.label[edge.to] != kNone && !allowed.contains(graph_.label[edge.to])) continue;
        mark_[edge.to] = marks_;
        reached.push_back({edge.to, i});
      }
    }
    return std::nullopt;
  }

  static Path Trace(const std::vector<std::pair<Index, size_t>>& reached, size_t last) {
    Path path;
    for (size_t i = last; i != SIZE_MAX; i = reached[i].second) path.push_back(reached[i].first);
    std::reverse(path.begin(), path.end());
    return path;
  }

  std::vector<Index> LabelsOf(const Path& path) const {
    std::vector<Index> labels;
    for (Index n : path) {
      if (graph_.label[n] != kNone) labels.push_back(graph_.label[n]);
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
  }

  void Search(std::vector<Path>* chosen, const Found& found) {
    if (found.paths.size() + chosen->size() > best_.size()) {
      best_ = *chosen;
      best_.insert(best_.end(), found.paths.begin(), found.paths.end());
    }
    if (found.missed == kNone || chosen->size() + found.bound <= best_.size()) return;
    if (spent_ > kBudget) {
      out_of_budget_ = true;
      return;
    }
    const Index label = found.missed;
    for (const Path& way : WaysFrom(label)) {
      const std::vector<Index> labels = LabelsOf(way);
      for (Index l : labels) used_[l] = true;
      chosen->push_back(way);
      Search(chosen, Flow());
      chosen->pop_back();
      for (Index l : labels) used_[l] = false;
      if (out_of_budget_) return;
    }
    may_begin_[label] = false;
    Search(chosen, Flow());
    may_begin_[label] = true;
  }

  // Paths that begin with the label, of which none has all the labels of another.
  std::vector<Path> WaysFrom(Index label) {
    std::vector<std::pair<std::vector<Index>, Path>> ways;
    for (Index begin : begins_of_[label]) {
      Path path = {begin};
      on_way_.insert(begin);
      Walk(&path, &ways);
      on_way_.erase(begin);
    }
    std::sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
    });
    std::vector<Path> least;
    std::vector<std::vector<Index>> kept;
    for (auto& [labels, path] : ways) {
      const bool more = std::any_of(kept.begin(), kept.end(), [&, &all = labels](const auto& few) {
        return std::includes(all.begin(), all.end(), few.begin(), few.end());
      });
      if (more) continue;
      kept.push_back(labels);
      least.push_back(std::move(path));
    }
    return least;
  }

  void Walk(Path* path, std::vector<std::pair<std::vector<Index>, Path>>* ways) {
    if (++spent_ > kBudget || ways->size() >= kMostWays || path->size() > kLongestWay) {
      out_of_budget_ = true;
      return;
    }
    if (graph_.ends[path->back()]) {
      ways->emplace_back(LabelsOf(*path), *path);
      return;
    }
    for (const Graph::Edge& edge : graph_.edges[path->back()]) {
      if (!Free(edge.to) || !on_way_.insert(edge.to).second) continue;
      path->push_back(edge.to);
      Walk(path, ways);
      path->pop_back();
      on_way_.erase(edge.to);
    }
  }

  const PathGraph& graph_;
  const uint32_t enough_;
  std::vector<bool> used_;       // labels
  std::vector<bool> may_begin_;  // labels
  std::vector<bool> on_path_;
  std::vector<Index> nodes_;  // on_path_
  absl::flat_hash_map<Index, std::vector<Index>> begins_of_;
  std::vector<uint32_t> mark_;  // when a node was last reached
  uint32_t marks_ = 0;
  absl::flat_hash_set<Index> on_way_;
  std::vector<Path> singles_;
  std::vector<Path> best_;
  int64_t spent_ = 0;
  bool out_of_budget_ = false;
};

// What can be reached from those for which `from` holds.
std::vector<bool> Reached(const Graph& edges, const std::vector<bool>& from) {
  std::vector<bool> reached(from);
  std::vector<Index> queue;
  for (Index n = 0; n < edges.size(); ++n) {
    if (from[n]) queue.push_back(n);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    for (const Graph::Edge& edge : edges[queue[i]]) {
      if (reached[edge.to]) continue;
      reached[edge.to] = true;
      queue.push_back(edge.to);
    }
  }
  return reached;
}

// The labels of a shortest path that avoids `barred`; nullopt where there is none.
std::optional<absl::flat_hash_set<Index>> PathAround(const PathGraph& graph, Index barred) {
  std::vector<Index> before(graph.edges.size(), kNone);  // itself for those where a path begins
  std::vector<Index> queue;
  const auto reach = [&](Index node, Index from) {
    if (before[node] != kNone || graph.label[node] == barred) return;
    before[node] = from;
    queue.push_back(node);
  };
  for (Index n = 0; n < graph.edges.size(); ++n) {
    if (graph.begins[n]) reach(n, n);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    if (!graph.ends[queue[i]]) {
      for (const Graph::Edge& edge : graph.edges[queue[i]]) reach(edge.to, queue[i]);
      continue;
    }
    absl::flat_hash_set<Index> labels;
    for (Index n = queue[i];; n = before[n]) {
      labels.insert(graph.label[n]);
      if (before[n] == n) return labels;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<bool> OnPaths(const PathGraph& graph) {
  std::vector<bool> on = Reached(graph.edges, graph.begins);
  const std::vector<bool> back = Reached(graph.edges.Reversed(), graph.ends);
  for (size_t n = 0; n < on.size(); ++n) on[n] = on[n] && back[n];
  return on;
}

Packing PackPaths(const PathGraph& graph, uint32_t enough) { return Packer(graph, enough).Run(); }

std::vector<Index> LabelsOnEveryPath(const PathGraph& graph, const std::vector<Index>& path) {
  std::vector<Index> left;
  for (Index node : path) {
    if (graph.label[node] != kNone) left.push_back(graph.label[node]);
  }
  std::vector<Index> every;
  while (!left.empty()) {
    const Index label = left.back();
    left.pop_back();
    const auto around = PathAround(graph, label);
    if (around) {
      std::erase_if(left, [&](Index other) { return !around->contains(other); });
    } else {
      every.push_back(label);
    }
  }
  std::sort(every.begin(), every.end());
  every.erase(std::unique(every.begin(), every.end()), every.end());
  return every;
}

}  // namespace headwater::provenance
