#include "provenance/trace.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "provenance/case.h"
#include "provenance/components.h"

namespace headwater::provenance {
namespace {

using records::Edge;
using records::EdgeCitation;

constexpr int kUnreached = -1;

// By their own recorded dates.
bool SaidCertainlyLater(const Edge& one, const Edge& other) {
  return CertainlyLater(Days::Of(one.said_date), Days::Of(other.said_date));
}

class Builder {
 public:
  explicit Builder(absl::Span<const Edge> edges) {
    for (const Edge& edge : edges) {
      by_attribution_[edge.attribution.Text()] = voices_.size();
      by_source_[edge.source.Text()].push_back(voices_.size());
      voices_.push_back({&edge, edge.source});
    }
  }

  std::vector<TracedVoice> Build() {
    const size_t attributions = voices_.size();
    for (size_t i = 0; i < attributions; ++i) {
      for (const EdgeCitation& citation : voices_[i].edge->cites) Cite(i, citation);
    }
    MarkLoops();
    SetDistances();
    return Ordered();
  }

 private:
  void Cite(size_t citing, const EdgeCitation& citation) {
    if (citation.cited.kind == keys::Kind::kAttribution) {
      auto found = by_attribution_.find(citation.cited.Text());
      return Add(citing, citation,
                 found == by_attribution_.end() ? std::nullopt : std::optional(found->second));
    }
    bool resolved = false;
    auto spoken = by_source_.find(citation.cited.Text());
    if (spoken != by_source_.end()) {
      for (size_t cited : spoken->second) {
        if (cited == citing || SaidCertainlyLater(*voices_[cited].edge, *voices_[citing].edge))
          continue;
        Add(citing, citation, cited);
        resolved = true;
      }
    }
    if (!resolved) Add(citing, citation, BareSource(citation.cited));
  }

  void Add(size_t citing, const EdgeCitation& citation, std::optional<size_t> cited) {
    voices_[citing].cites.push_back({cited, citation.cited, citation.stance});
  }

  size_t BareSource(const keys::Name& source) {
    auto [found, added] = bare_.try_emplace(source.Text(), voices_.size());
    if (added) voices_.push_back({nullptr, source});
    return found->second;
  }

  std::vector<std::vector<size_t>> Successors() const {
    std::vector<std::vector<size_t>> successors(voices_.size());
    for (size_t i = 0; i < voices_.size(); ++i) {
      for (const TracedCitation& citation : voices_[i].cites) {
        if (citation.voice) successors[i].push_back(*citation.voice);
      }
    }
    return successors;
  }

  void MarkLoops() {
    const std::vector<std::vector<size_t>> successors = Successors();
    std::vector<size_t> component = StrongComponents(successors);
    std::map<size_t, size_t> sizes;
    for (size_t c : component) ++sizes[c];
    for (size_t i = 0; i < voices_.size(); ++i) voices_[i].in_loop = sizes[component[i]] > 1;
  }

  // Breadth first from those whom nobody cites; what is left is loops that nobody enters, each
  // begun at its first voice.
  void SetDistances() {
    std::vector<bool> cited(voices_.size(), false);
    for (const std::vector<size_t>& successors : Successors()) {
      for (size_t successor : successors) cited[successor] = true;
    }
    for (TracedVoice& voice : voices_) voice.distance = kUnreached;
    std::deque<size_t> queue;
    for (size_t i = 0; i < voices_.size(); ++i) {
      if (!cited[i]) Reach(i, 0, &queue);
    }
    Spread(&queue);
    for (size_t i = 0; i < voices_.size(); ++i) {
      if (voices_[i].distance != kUnreached) continue;
      Reach(i, 0, &queue);
      Spread(&queue);
    }
  }

  void Reach(size_t voice, int distance, std::deque<size_t>* queue) {
    if (voices_[voice].distance != kUnreached) return;
    voices_[voice].distance = distance;
    queue->push_back(voice);
  }

  void Spread(std::deque<size_t>* queue) {
    for (; !queue->empty(); queue->pop_front()) {
      const TracedVoice& voice = voices_[queue->front()];
      for (const TracedCitation& citation : voice.cites) {
        if (citation.voice) Reach(*citation.voice, voice.distance + 1, queue);
      }
    }
  }

  std::vector<TracedVoice> Ordered() {
    std::vector<size_t> order(voices_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    auto rank = [this](size_t i) {
      const TracedVoice& voice = voices_[i];
      return std::make_tuple(voice.distance, voice.edge == nullptr,
                             voice.edge ? voice.edge->attribution.id : voice.source.id);
    };
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
    std::vector<size_t> place(order.size());
    for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    std::vector<TracedVoice> ordered;
    ordered.reserve(voices_.size());
    for (size_t i : order) {
      ordered.push_back(std::move(voices_[i]));
      for (TracedCitation& citation : ordered.back().cites) {
        if (citation.voice) citation.voice = place[*citation.voice];
      }
    }
    return ordered;
  }

  std::vector<TracedVoice> voices_;
  std::map<std::string, size_t> by_attribution_;
  std::map<std::string, std::vector<size_t>> by_source_;
  std::map<std::string, size_t> bare_;
};

}  // namespace

std::vector<TracedVoice> TraceGraph(absl::Span<const Edge> edges) { return Builder(edges).Build(); }

}  // namespace headwater::provenance
