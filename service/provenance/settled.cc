#include "provenance/settled.h"

#include <algorithm>
#include <utility>

#include "provenance/components.h"

namespace headwater::provenance {
namespace {

constexpr int kStances = 5;
constexpr size_t kNoComponent = static_cast<size_t>(-1);

Days OwnDate(const AttributionFact& attribution, const DocumentFact& document,
             bool directly_heard) {
  Days date = attribution.said;
  if (date == Days() && directly_heard) date.earliest = document.published.earliest;
  date.latest = std::min(date.latest, document.published.latest);
  return date;
}

// The least fixed point: stances flow from those cited to those who relay them.
std::vector<Stances> Carried(const Case& a_case, const Citations& citations) {
  const Graph citing = citations.all.Reversed();
  const size_t attributions = a_case.attributions.size();
  std::vector<Stances> carries(citing.size(), 0);
  std::vector<Index> changed;
  const auto passes_on = [&](Index node) {
    return node >= attributions || a_case.attributions[node].stance == v1::STANCE_RELAYS;
  };
  const auto add = [&](Index node, Stances stances) {
    if ((stances & ~carries[node]) == 0) return;
    carries[node] |= stances;
    changed.push_back(node);
  };
  for (Index i = 0; i < attributions; ++i) add(i, OwnStance(a_case.attributions[i]));
  for (const Stub& stub : citations.stubs) {
    if (passes_on(stub.citing)) add(stub.citing, stub.carries);
  }
  while (!changed.empty()) {
    const Index node = changed.back();
    changed.pop_back();
    for (const Graph::Edge& edge : citing[node]) {
      if (passes_on(edge.to)) add(edge.to, carries[node] & edge.allowed);
    }
  }
  return carries;
}

std::vector<Stances> Resting(const Citations& citations, const std::vector<Stances>& carries,
                             size_t attributions) {
  std::vector<Stances> rests(attributions, 0);
  for (Index i = 0; i < attributions; ++i) {
    for (const Graph::Edge& edge : citations.all[i])
      rests[i] |= carries[i] & carries[edge.to] & edge.allowed;
  }
  for (const Stub& stub : citations.stubs)
    rests[stub.citing] |= carries[stub.citing] & stub.carries;
  return rests;
}

// For each stance whether some attribution of another component than a given one is among those
// added. Two components tell.
class Others {
 public:
  void Add(Stances stances, size_t component) {
    for (int s = 0; s < kStances; ++s) {
      if ((stances & 1 << s) == 0 || first_[s] == component) continue;
      (first_[s] == kNoComponent ? first_[s] : second_[s]) = component;
    }
  }
  void Add(const Others& others, Stances allowed) {
    for (int s = 0; s < kStances; ++s) {
      const auto bit = static_cast<Stances>(allowed & 1 << s);
      if (others.first_[s] != kNoComponent) Add(bit, others.first_[s]);
      if (others.second_[s] != kNoComponent) Add(bit, others.second_[s]);
    }
  }
  Stances Than(size_t component) const {
    Stances stances = 0;
    for (int s = 0; s < kStances; ++s) {
      const bool another =
          (first_[s] != kNoComponent && first_[s] != component) || second_[s] != kNoComponent;
      if (another) stances |= static_cast<Stances>(1 << s);
    }
    return stances;
  }

 private:
  size_t first_[kStances] = {kNoComponent, kNoComponent, kNoComponent, kNoComponent, kNoComponent};
  size_t second_[kStances] = {kNoComponent, kNoComponent, kNoComponent, kNoComponent, kNoComponent};
};

std::vector<Stances> Hidden(const Case& a_case, const Settled& settled) {
  const Graph& told = settled.citations.told_together;
  const size_t attributions = a_case.attributions.size();
  std::vector<bool> live(attributions);
  for (size_t i = 0; i < attributions; ++i) live[i] = !a_case.attributions[i].deleted;
  const std::vector<size_t> component = CitationComponents(told, live);

  std::vector<Others> citers(told.size());
  for (Index i = 0; i < attributions; ++i) {
    if (!live[i]) continue;
    for (const Graph::Edge& edge : told[i])
      citers[edge.to].Add(settled.carries[i] & edge.allowed, component[i]);
  }
  // Prefixes pass on who cites them, the longer to the shorter: those have the lower numbers.
  for (Index node = static_cast<Index>(told.size()); node-- > attributions;) {
    const Others here = citers[node];
    for (const Graph::Edge& edge : told[node]) citers[edge.to].Add(here, kAllStances);
  }
  std::vector<Stances> hidden(attributions, 0);
  for (Index i = 0; i < attributions; ++i) {
    if (!settled.directly_heard[i]) hidden[i] = settled.carries[i] & citers[i].Than(component[i]);
  }
  return hidden;
}

}  // namespace

std::vector<size_t> CitationComponents(const Graph& citations, const std::vector<bool>& in,
                                       Stances stances) {
  const auto is_in = [&](Index node) { return node >= in.size() || in[node]; };
  std::vector<std::vector<size_t>> successors(citations.size());
  for (Index node = 0; node < successors.size(); ++node) {
    if (!is_in(node)) continue;
    for (const Graph::Edge& edge : citations[node]) {
      if (is_in(edge.to) && (edge.allowed & stances) != 0) successors[node].push_back(edge.to);
    }
  }
  return StrongComponents(successors);
}

Settled Settle(const Case& a_case) {
  Settled settled;
  settled.voices = FindVoices(a_case);
  for (Index d = 0; d < a_case.documents.size(); ++d)
    settled.publisher.push_back(settled.voices.voice_of[PublisherOf(a_case, d)]);
  const size_t attributions = a_case.attributions.size();
  settled.counts.resize(attributions);
  settled.directly_heard.resize(attributions);
  settled.evidence_only.resize(attributions);
  settled.own_dates.resize(attributions);
  for (Index i = 0; i < attributions; ++i) {
    const AttributionFact& attribution = a_case.attributions[i];
    const SourceFact& source = a_case.sources[attribution.source];
    settled.counts[i] = !IsRemoved(a_case, attribution);
    settled.directly_heard[i] = settled.voice(a_case, i) == settled.publisher[attribution.document];
    settled.evidence_only[i] = source.kind == v1::SOURCE_KIND_EVIDENCE && !source.authenticated;
    settled.own_dates[i] =
        OwnDate(attribution, a_case.documents[attribution.document], settled.directly_heard[i]);
  }
  settled.citations = Resolve(a_case, settled.own_dates);
  settled.carries = Carried(a_case, settled.citations);
  settled.rests = Resting(settled.citations, settled.carries, attributions);
  settled.hidden = Hidden(a_case, settled);
  return settled;
}

}  // namespace headwater::provenance
