#include "provenance/testing/permutation.h"

#include <algorithm>
#include <numeric>

namespace headwater::provenance::testing {
namespace {

std::vector<Index> Shuffled(size_t count, std::mt19937_64* random) {
  std::vector<Index> places(count);
  std::iota(places.begin(), places.end(), 0);
  std::shuffle(places.begin(), places.end(), *random);
  return places;
}

// Puts each where it goes; what stands at a place keeps the name of that place.
template <class Facts>
Facts Placed(const Facts& facts, const std::vector<Index>& places) {
  Facts moved = facts;
  for (size_t from = 0; from < facts.size(); ++from) {
    moved[places[from]] = facts[from];
    moved[places[from]].id = facts[places[from]].id;
  }
  return moved;
}

}  // namespace

Permutation::Permutation(const Case& a_case, std::mt19937_64* random)
    : sources_(Shuffled(a_case.sources.size(), random)),
      documents_(Shuffled(a_case.documents.size(), random)) {
  // Names begin with the claim's: attributions change places within their claim alone.
  std::vector<Index> order = Shuffled(a_case.attributions.size(), random);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    const auto claim = [&](Index i) { return a_case.claims[a_case.attributions[i].claim]; };
    return claim(a) < claim(b);
  });
  attributions_.resize(order.size());
  for (Index place = 0; place < order.size(); ++place) attributions_[order[place]] = place;
  for (const AttributionFact& attribution : a_case.attributions) {
    recorded_.push_back(attribution.recorded);
  }
  std::shuffle(recorded_.begin(), recorded_.end(), *random);
}

Case Permutation::Permuted(const Case& a_case) const {
  Case permuted = a_case;
  permuted.sources = Placed(a_case.sources, sources_);
  permuted.documents = Placed(a_case.documents, documents_);
  permuted.attributions = Placed(a_case.attributions, attributions_);
  for (SourceFact& source : permuted.sources) {
    for (Index* other : {&source.part_of, &source.owner, &source.author}) {
      *other = At(sources_, *other);
    }
    for (Index& other : source.known_distinct_from) other = At(sources_, other);
  }
  for (DocumentFact& document : permuted.documents) {
    document.publisher = At(sources_, document.publisher);
    document.verbatim_of = At(documents_, document.verbatim_of);
  }
  for (size_t i = 0; i < permuted.attributions.size(); ++i) {
    AttributionFact& attribution = permuted.attributions[i];
    attribution.source = At(sources_, attribution.source);
    attribution.document = At(documents_, attribution.document);
    attribution.recorded = recorded_[i];
    for (CitationFact& citation : attribution.cites) {
      citation.attribution = At(attributions_, citation.attribution);
      citation.source = At(sources_, citation.source);
    }
  }
  return permuted;
}

std::set<Index> Permutation::Sources(const std::set<Index>& from) const {
  std::set<Index> to;
  for (const Index source : from) to.insert(At(sources_, source));
  return to;
}

std::vector<Index> Permutation::Attributions(std::vector<Index> from) const {
  for (Index& attribution : from) attribution = At(attributions_, attribution);
  std::sort(from.begin(), from.end());
  return from;
}

Step Permutation::Moved(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAttribution:
      return {step.kind, At(attributions_, step.index)};
    case StepKind::kImpliedRelay:
      return {step.kind, At(documents_, step.index)};
    case StepKind::kStub:
      return {step.kind, At(sources_, step.index)};
  }
  return step;
}

ReferenceAssessment Permutation::Permuted(ReferenceAssessment assessment) const {
  // A voice is named by its first source, which may have become another.
  std::vector<Index> voice_of(sources_.size());
  for (ReferenceVoice& voice : assessment.voices) {
    const std::set<Index> sources = Sources(voice.sources);
    for (const Index source : voice.sources) voice_of[source] = *sources.begin();
    voice.sources = sources;
    voice.unit = Sources(voice.unit);
  }
  const auto voices = [&](const std::set<Index>& from) {
    std::set<Index> to;
    for (const Index voice : from) to.insert(voice_of[voice]);
    return to;
  };
  std::sort(assessment.voices.begin(), assessment.voices.end(),
            [](const auto& a, const auto& b) { return a.sources < b.sources; });
  for (ReferenceStance& stance : assessment.stances) {
    stance.own_name = Attributions(stance.own_name);
    stance.relaying = Attributions(stance.relaying);
    for (Origin& origin : stance.origins) origin.step = Moved(origin.step);
    std::sort(stance.origins.begin(), stance.origins.end());
    stance.chokepoints = voices(stance.chokepoints);
    stance.first_said = At(attributions_, stance.first_said);
    stance.first_recorded = At(attributions_, stance.first_recorded);
  }
  for (std::vector<Index>& loop : assessment.loops) loop = Attributions(loop);
  std::sort(assessment.loops.begin(), assessment.loops.end());
  for (ReferenceSevered& severed : assessment.severed) {
    severed.step = Moved(severed.step);
    severed.rested = Attributions(severed.rested);
  }
  std::sort(assessment.severed.begin(), assessment.severed.end(),
            [](const auto& a, const auto& b) { return a.step < b.step; });
  assessment.heard_through = voices(assessment.heard_through);
  return assessment;
}

}  // namespace headwater::provenance::testing
