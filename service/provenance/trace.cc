#include "provenance/trace.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "provenance/trace_graph.h"
#include "provenance/trace_walk.h"

namespace headwater::provenance {
namespace {

using Node = TraceGraph::Node;
using Spoken = TraceGraph::Spoken;
using Way = TraceGraph::Way;

constexpr size_t kHidden = std::numeric_limits<size_t>::max();

// Shows some of the voices, and counts the others.
class Shower {
 public:
  Shower(const TraceGraph& graph, const TraceAsk& ask, const std::vector<int>& distances)
      : graph_(graph), ask_(ask), distances_(distances), place_(graph.size(), kHidden) {}

  Traced Run() {
    Traced traced;
    const std::vector<Node> shown = Choose(&traced);
    for (size_t i = 0; i < shown.size(); ++i) place_[shown[i]] = i;
    CountHidden();
    const std::vector<bool> in_loop = graph_.InLoop();
    room_ = ask_.max_citations;
    for (Node node : shown) {
      TracedVoice& voice = traced.voices.emplace_back();
      voice.edge = graph_.EdgeOf(node);
      voice.source = graph_.SourceOf(node);
      voice.distance = distances_[node];
      voice.in_loop = in_loop[node];
      voice.cut = ask_.downstream ? HiddenCiters(node) : HiddenCited(node);
      Cite(node, &voice.cites);
    }
    traced.truncated = traced.reached > shown.size() || citations_cut_;
    return traced;
  }

 private:
  std::vector<Node> Choose(Traced* traced) const {
    std::vector<Node> order;
    for (Node i = 0; i < graph_.size(); ++i) {
      if (distances_[i] == kUnreached) continue;
      ++traced->reached;
      if (distances_[i] <= ask_.max_depth) order.push_back(i);
    }
    const auto rank = [this](Node node) {
      const bool bare = !graph_.IsAttribution(node);
      const absl::string_view id = bare ? absl::string_view(graph_.SourceOf(node).id) : "";
      return std::make_tuple(distances_[node], bare, id, node);
    };
    const auto before = [&](Node one, Node other) { return rank(one) < rank(other); };
    if (order.size() > ask_.max_voices) {
      const auto end = order.begin() + static_cast<std::ptrdiff_t>(ask_.max_voices);
      std::nth_element(order.begin(), end, order.end(), before);
      order.erase(end, order.end());
    }
    std::sort(order.begin(), order.end(), before);
    return order;
  }

  // Of each source that is cited alone: which of its attributions are shown, and how many before
  // each place are not; and the same of those who cite it.
  void CountHidden() {
    const std::vector<Spoken>& all = graph_.spoken();
    shown_.resize(all.size());
    hidden_.resize(all.size());
    hidden_citers_.resize(all.size());
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].citers.empty()) continue;
      hidden_[i].push_back(0);
      for (Node node : all[i].by_day) {
        if (IsShown(node)) shown_[i].push_back(node);
        hidden_[i].push_back(hidden_[i].back() + (IsShown(node) ? 0 : 1));
      }
      hidden_citers_[i].push_back(0);
      for (const TraceGraph::BareCiter& citer : all[i].citers)
        hidden_citers_[i].push_back(hidden_citers_[i].back() + (IsShown(citer.citing) ? 0 : 1));
    }
  }

  bool IsShown(Node node) const { return place_[node] != kHidden; }

  // How many voices that are cited by one that is shown are not.
  size_t HiddenCited(Node node) const {
    std::set<Node> named;
    std::map<uint32_t, uint32_t> prefixes;
    for (const Way& way : graph_.WaysOf(node)) {
      if (way.node != TraceGraph::kNowhere && !IsShown(way.node)) named.insert(way.node);
      if (way.prefix > 0) prefixes[way.spoken] = way.prefix;
    }
    size_t count = 0;
    for (const auto& [spoken, prefix] : prefixes) count += hidden_[spoken][prefix];
    for (Node cited : named) {
      const auto found =
          graph_.IsAttribution(cited) ? prefixes.find(graph_.SpokenOf(cited)) : prefixes.end();
      if (found == prefixes.end() || graph_.PlaceOf(cited) >= found->second) ++count;
    }
    return count;
  }

  // How many voices that cite one that is shown are not.
  size_t HiddenCiters(Node node) const {
    size_t count = 0;
    if (graph_.IsAttribution(node)) {
      const uint32_t spoken = graph_.SpokenOf(node);
      const auto& citers = graph_.spoken()[spoken].citers;
      const auto end = std::partition_point(citers.begin(), citers.end(), [&](const auto& citer) {
        return citer.prefix > graph_.PlaceOf(node);
      });
      if (!citers.empty())
        count = hidden_citers_[spoken][static_cast<size_t>(end - citers.begin())];
    }
    for (Node citing : graph_.NamedCitersOf(node)) {
      if (!IsShown(citing) && !CitesBarely(citing, node)) ++count;
    }
    return count;
  }

  bool CitesBarely(Node citing, Node cited) const {
    if (!graph_.IsAttribution(cited)) return false;
    const absl::Span<const Way> ways = graph_.WaysOf(citing);
    return std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
      return way.prefix > graph_.PlaceOf(cited) && way.spoken == graph_.SpokenOf(cited);
    });
  }

  void Cite(Node node, std::vector<TracedCitation>* cites) {
    const absl::Span<const Way> ways = graph_.WaysOf(node);
    for (size_t i = 0; i < ways.size(); ++i) {
      if (room_ == 0) {
        citations_cut_ = true;
        return;
      }
      const records::EdgeCitation& recorded = graph_.EdgeOf(node)->cites[i];
      const TracedCitation citation = {std::nullopt, recorded.cited, recorded.stance};
      if (ways[i].prefix > 0) {
        CiteMany(node, ways[i], citation, cites);
      } else {
        cites->push_back(citation);
        --room_;
        if (ways[i].node == TraceGraph::kNowhere) continue;
        if (IsShown(ways[i].node)) {
          cites->back().voice = place_[ways[i].node];
        } else {
          cites->back().left_out = 1;
          cites->back().edge = graph_.EdgeOf(ways[i].node);
        }
      }
    }
  }

  // A citation of a source that has attributions: one for each that is shown.
  void CiteMany(Node node, const Way& way, const TracedCitation& citation,
                std::vector<TracedCitation>* cites) {
    std::vector<Node> cited;
    for (Node one : shown_[way.spoken]) {
      if (graph_.PlaceOf(one) >= way.prefix) break;
      if (one != node) cited.push_back(one);
    }
    std::sort(cited.begin(), cited.end());
    size_t left_out = hidden_[way.spoken][way.prefix];
    if (cited.size() > room_) {
      left_out += cited.size() - room_;
      cited.resize(room_);
      citations_cut_ = true;
    }
    room_ -= cited.size();
    for (Node one : cited) {
      cites->push_back(citation);
      cites->back().voice = place_[one];
    }
    if (left_out == 0) return;
    cites->push_back(citation);
    cites->back().left_out = left_out;
    if (room_ > 0) --room_;
  }

  const TraceGraph& graph_;
  const TraceAsk& ask_;
  const std::vector<int>& distances_;
  std::vector<size_t> place_;  // in the trace
  std::vector<std::vector<Node>> shown_;
  std::vector<std::vector<size_t>> hidden_;
  std::vector<std::vector<size_t>> hidden_citers_;
  size_t room_ = 0;  // for citations
  bool citations_cut_ = false;
};

}  // namespace

Traced Trace(absl::Span<const records::Edge> edges, const TraceAsk& ask) {
  const TraceGraph graph(edges);
  std::vector<int> distances;
  if (ask.from) {
    const std::vector<Node> from = graph.Named(*ask.from);
    if (from.empty()) return {.found = false};
    distances = DistancesFrom(graph, ask.downstream, from);
  } else {
    distances = Distances(graph, ask.downstream);
  }
  return Shower(graph, ask, distances).Run();
}

}  // namespace headwater::provenance
