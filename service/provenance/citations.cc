#include "provenance/citations.h"

#include <algorithm>
#include <utility>

namespace headwater::provenance {
namespace {

using Edges = std::vector<std::pair<Index, Graph::Edge>>;

// The attributions that a bare citation may mean, in the order of the first day on which each may
// have been said, and the nodes for their prefixes.
struct Group {
  std::vector<Index> members;
  Index first_prefix = kNone;  // the node for the first two; the others follow
};

class Groups {
 public:
  void Add(uint64_t key, Index attribution) { groups_[key].members.push_back(attribution); }

  // Sorts, and makes the prefixes' nodes, from `*next` on.
  void Close(absl::Span<const Days> own_dates, Index* next, Edges* edges) {
    for (auto& [key, group] : groups_) {
      std::stable_sort(group.members.begin(), group.members.end(), [&](Index a, Index b) {
        return own_dates[a].earliest < own_dates[b].earliest;
      });
      if (group.members.size() < 2) continue;
      group.first_prefix = *next;
      for (size_t length = 2; length <= group.members.size(); ++length) {
        const Index node = (*next)++;
        edges->push_back({node, {group.members[length - 1]}});
        edges->push_back({node, {Prefix(group, length - 1)}});
      }
    }
  }

  // The node that leads to all that may have been said by the last day of `until`; kNone for none.
  Index Find(uint64_t key, const Days& until, absl::Span<const Days> own_dates) const {
    auto found = groups_.find(key);
    if (found == groups_.end()) return kNone;
    const std::vector<Index>& members = found->second.members;
    const auto end = std::partition_point(members.begin(), members.end(), [&](Index member) {
      return !CertainlyLater(own_dates[member], until);
    });
    return Prefix(found->second, static_cast<size_t>(end - members.begin()));
  }

 private:
  static Index Prefix(const Group& group, size_t length) {
    if (length == 0) return kNone;
    return length == 1 ? group.members[0] : group.first_prefix + static_cast<Index>(length) - 2;
  }

  absl::flat_hash_map<uint64_t, Group> groups_;
};

class Resolver {
 public:
  Resolver(const Case& a_case, absl::Span<const Days> own_dates)
      : case_(a_case), own_dates_(own_dates), next_(Count()), next_told_(Count()) {}

  Citations Run() {
    GatherGroups();
    by_source_.Close(own_dates_, &next_, &edges_);
    by_source_and_document_.Close(own_dates_, &next_told_, &told_edges_);
    for (Index i = 0; i < Count(); ++i) {
      for (const CitationFact& citation : case_.attributions[i].cites) Take(i, citation);
    }
    citations_.all = Graph(next_, std::move(edges_));
    citations_.told_together = Graph(next_told_, std::move(told_edges_));
    return std::move(citations_);
  }

 private:
  Index Count() const { return static_cast<Index>(case_.attributions.size()); }
  static uint64_t Key(Index source, Index document) {
    return static_cast<uint64_t>(source) << 32 | document;
  }

  // Of those sources alone that somebody cites bare.
  void GatherGroups() {
    std::vector<bool> cited(case_.sources.size(), false);
    for (const AttributionFact& attribution : case_.attributions) {
      for (const CitationFact& citation : attribution.cites) {
        if (citation.bare && !citation.severed) cited[citation.source] = true;
      }
    }
    for (Index i = 0; i < Count(); ++i) {
      const AttributionFact& attribution = case_.attributions[i];
      if (attribution.deleted || !cited[attribution.source]) continue;
      by_source_.Add(attribution.source, i);
      by_source_and_document_.Add(Key(attribution.source, attribution.document), i);
    }
  }

  void Take(Index citing, const CitationFact& citation) {
    const Stances allowed =
        citation.stance == v1::STANCE_UNSPECIFIED ? kAllStances : BitOf(citation.stance);
    const Index document = case_.attributions[citing].document;
    if (citation.attribution != kNone) {
      edges_.push_back({citing, {citation.attribution, allowed}});
      if (case_.attributions[citation.attribution].document == document)
        told_edges_.push_back({citing, {citation.attribution, allowed}});
      return;
    }
    const Index node = citation.bare && !citation.severed
                           ? by_source_.Find(citation.source, own_dates_[citing], own_dates_)
                           : kNone;
    if (node == kNone) return AddStub(citing, citation);
    edges_.push_back({citing, {node, allowed}});
    const Index told = by_source_and_document_.Find(Key(citation.source, document),
                                                    own_dates_[citing], own_dates_);
    if (told != kNone) told_edges_.push_back({citing, {told, allowed}});
  }

  void AddStub(Index citing, const CitationFact& citation) {
    const AttributionFact& attribution = case_.attributions[citing];
    const Stances said = BitOf(citation.stance);
    Stances carries = said != 0 ? said : BitOf(v1::STANCE_ASSERTS);
    if (attribution.stance != v1::STANCE_RELAYS) {
      const Stances own = OwnStance(attribution);
      carries = said == 0 || said == own ? own : Stances{0};
    }
    const bool severed = citation.severed || case_.sources[citation.source].silent;
    citations_.stubs.push_back({citing, citation.source, carries, severed});
  }

  const Case& case_;
  const absl::Span<const Days> own_dates_;
  Groups by_source_;
  Groups by_source_and_document_;
  Index next_;       // the next node's number
  Index next_told_;  // likewise
  Edges edges_;
  Edges told_edges_;
  Citations citations_;
};

}  // namespace

Stances OwnStance(const AttributionFact& attribution) {
  if (attribution.stance == v1::STANCE_DENIES &&
      attribution.denial_extent == v1::DENIAL_EXTENT_NON_DENIAL) {
    return 0;
  }
  return BitOf(attribution.stance);
}

Graph::Graph(size_t nodes, std::vector<std::pair<Index, Edge>> edges)
    : begin_(nodes + 1, 0), edges_(edges.size()) {
  for (const auto& [from, edge] : edges) ++begin_[from + 1];
  for (size_t i = 0; i < nodes; ++i) begin_[i + 1] += begin_[i];
  std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (const auto& [from, edge] : edges) edges_[next[from]++] = edge;
}

Graph Graph::Reversed() const {
  std::vector<std::pair<Index, Edge>> edges;
  edges.reserve(edges_.size());
  for (Index from = 0; from < size(); ++from) {
    for (const Edge& edge : (*this)[from]) edges.push_back({edge.to, {from, edge.allowed}});
  }
  return Graph(size(), std::move(edges));
}

Citations Resolve(const Case& a_case, absl::Span<const Days> own_dates) {
  return Resolver(a_case, own_dates).Run();
}

}  // namespace headwater::provenance
