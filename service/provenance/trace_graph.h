// Who cites whom among live attributions, each citation taken for what it means.
//
// A bare citation means a prefix of its source's attributions in the order of their days, and a
// hundred thousand may cite a source of a thousand: so such a citation is kept as that prefix, and
// the graph stays as small as the record.
#ifndef HEADWATER_PROVENANCE_TRACE_GRAPH_H_
#define HEADWATER_PROVENANCE_TRACE_GRAPH_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "keys/name.h"
#include "records/edge.h"

namespace headwater::provenance {

// Voices are numbered: attributions as they were given, then the sources that are cited and have
// none here.
class TraceGraph {
 public:
  using Node = uint32_t;
  static constexpr Node kNowhere = std::numeric_limits<Node>::max();

  // What a citation leads to: a voice; or the first `prefix` attributions of a source that speaks,
  // the citing one left out; or nothing here.
  struct Way {
    Node node = kNowhere;
    uint32_t spoken = kNowhere;
    uint32_t prefix = 0;
  };
  struct BareCiter {
    Node citing = 0;
    uint32_t prefix = 0;
  };
  // A source with attributions here.
  struct Spoken {
    std::vector<Node> by_day;  // those that may be earliest first; as they were given on one day
    std::vector<BareCiter> citers;  // those who mean most of them first; each once
  };

  // `edges` must outlive it. O((edges + citations) log).
  explicit TraceGraph(absl::Span<const records::Edge> edges);

  size_t size() const { return edges_.size() + bare_.size(); }
  bool IsAttribution(Node node) const { return node < edges_.size(); }
  // Null for a source without an attribution.
  const records::Edge* EdgeOf(Node node) const {
    return IsAttribution(node) ? &edges_[node] : nullptr;
  }
  const keys::Name& SourceOf(Node node) const {
    return IsAttribution(node) ? edges_[node].source : bare_[node - edges_.size()];
  }
  // In the places of the edge's citations.
  absl::Span<const Way> WaysOf(Node node) const;
  // Those who cite the voice itself, not its source alone; ascending, each once.
  absl::Span<const Node> NamedCitersOf(Node node) const {
    return absl::MakeSpan(citers_).subspan(citers_begin_[node],
                                           citers_begin_[node + 1] - citers_begin_[node]);
  }
  const std::vector<Spoken>& spoken() const { return spoken_; }
  // Of an attribution: where in spoken() its source is, and its place there.
  uint32_t SpokenOf(Node node) const { return spoken_of_[node]; }
  uint32_t PlaceOf(Node node) const { return place_of_[node]; }

  // The voices of an attribution's or a source's name.
  std::vector<Node> Named(const keys::Name& name) const;
  // Whether the citations lead from each voice back to itself.
  std::vector<bool> InLoop() const;

 private:
  void SortSpoken();
  Way WayOf(Node citing, const keys::Name& cited);
  Node Bare(const keys::Name& source);
  void ReverseWays();

  const absl::Span<const records::Edge> edges_;
  std::vector<keys::Name> bare_;
  absl::flat_hash_map<std::string, Node> by_name_;        // attributions and bare sources
  absl::flat_hash_map<std::string, uint32_t> spoken_by_;  // places of sources in spoken_
  std::vector<Spoken> spoken_;
  std::vector<uint32_t> spoken_of_;
  std::vector<uint32_t> place_of_;
  std::vector<Way> ways_;
  std::vector<size_t> ways_begin_;
  std::vector<Node> citers_;
  std::vector<size_t> citers_begin_;
};

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_TRACE_GRAPH_H_
