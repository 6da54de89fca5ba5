#include "provenance/testing/record.h"

#include <algorithm>

namespace headwater::provenance::testing {

Record::Record(const Case& a_case) : case_(a_case), groups_(a_case) {
  SettleCitations();
  SettleStances();
}

Index Record::PublishingVoice(Index document) const {
  return groups_.VoiceOf(PublisherOf(case_, document));
}

Days Record::OwnDate(Index attribution) const {
  const AttributionFact& fact = Fact(attribution);
  const Days& published = case_.documents[fact.document].published;
  const bool recorded = fact.said != Days{};
  Days own = fact.said;
  if (!recorded && HeardDirectly(attribution)) own = published;
  own.latest = std::min(own.latest, published.latest);
  return own;
}

std::set<Index> Record::Meant(Index citing, const CitationFact& citation) const {
  if (citation.attribution != kNone) return {citation.attribution};
  std::set<Index> meant;
  if (!citation.bare || citation.severed) return meant;
  for (Index other = 0; other < case_.attributions.size(); ++other) {
    if (other == citing || Fact(other).deleted || Fact(other).source != citation.source) continue;
    if (!CertainlyLater(OwnDate(other), OwnDate(citing))) meant.insert(other);
  }
  return meant;
}

Stances Record::StubCarries(Index citing, const CitationFact& citation) const {
  if (citation.stance != v1::STANCE_UNSPECIFIED) return {citation.stance};
  if (!InOwnName(citing)) return {v1::STANCE_ASSERTS};
  return Carried(citing);  // its own; of a denial that denies nothing, nothing
}

void Record::SettleCitations() {
  for (Index citing = 0; citing < case_.attributions.size(); ++citing) {
    cited_.emplace_back();
    for (const CitationFact& citation : Fact(citing).cites) {
      cited_.back().merge(Meant(citing, citation));
    }
  }
  // Of those told together, the deleted ones left out.
  for (Index citing = 0; citing < case_.attributions.size(); ++citing) {
    reached_there_.push_back(cited_[citing]);
    std::erase_if(reached_there_.back(), [&](Index cited) {
      return Fact(cited).deleted || Fact(cited).document != Fact(citing).document;
    });
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::set<Index>& reached : reached_there_) {
      const size_t before = reached.size();
      for (const Index step : std::set<Index>(reached)) {
        reached.insert(reached_there_[step].begin(), reached_there_[step].end());
      }
      changed = changed || reached.size() != before;
    }
  }
}

void Record::SettleStances() {
  carried_.resize(case_.attributions.size());
  for (Index a = 0; a < carried_.size(); ++a) {
    const bool denies_nothing = Fact(a).stance == v1::STANCE_DENIES &&
                                Fact(a).denial_extent == v1::DENIAL_EXTENT_NON_DENIAL;
    if (InOwnName(a) && !denies_nothing) carried_[a] = {Fact(a).stance};
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (Index relay = 0; relay < carried_.size(); ++relay) {
      if (InOwnName(relay)) continue;
      const size_t before = carried_[relay].size();
      for (const CitationFact& citation : Fact(relay).cites) {
        Stances passed_on;
        const std::set<Index> meant = Meant(relay, citation);
        for (const Index cited : meant) {
          for (const v1::Stance stance : carried_[cited]) {
            if (citation.stance == v1::STANCE_UNSPECIFIED || citation.stance == stance) {
              passed_on.insert(stance);
            }
          }
        }
        if (meant.empty()) passed_on = StubCarries(relay, citation);
        carried_[relay].merge(passed_on);
      }
      changed = changed || carried_[relay].size() != before;
    }
  }
}

bool Record::Carries(Index attribution, v1::Stance stance) const {
  return Carried(attribution).contains(stance);
}

bool Record::RestsOn(Index citing, Index cited, v1::Stance stance) const {
  if (!Carries(citing, stance) || !Carries(cited, stance)) return false;
  for (const CitationFact& citation : Fact(citing).cites) {
    const bool allows = citation.stance == v1::STANCE_UNSPECIFIED || citation.stance == stance;
    if (allows && Meant(citing, citation).contains(cited)) return true;
  }
  return false;
}

std::vector<CitationFact> Record::StubsUnder(Index citing, v1::Stance stance) const {
  std::vector<CitationFact> stubs;
  if (!Carries(citing, stance)) return stubs;
  for (const CitationFact& citation : Fact(citing).cites) {
    if (!Meant(citing, citation).empty()) continue;
    if (StubCarries(citing, citation).contains(stance)) stubs.push_back(citation);
  }
  return stubs;
}

std::set<Index> Record::StubsThatCount(v1::Stance stance) const {
  std::set<Index> sources;
  for (Index citing = 0; citing < case_.attributions.size(); ++citing) {
    if (!Counts(citing)) continue;
    for (const CitationFact& citation : Fact(citing).cites) {
      if (!Meant(citing, citation).empty() || IsSevered(citation)) continue;
      // Cited in one's own name for a stance that one does not take oneself, there is none.
      if (!Carries(citing, stance)) continue;
      if (StubCarries(citing, citation).contains(stance)) sources.insert(citation.source);
    }
  }
  return sources;
}

bool Record::RestsOnNothing(Index attribution, v1::Stance stance) const {
  if (!StubsUnder(attribution, stance).empty()) return false;
  for (Index cited = 0; cited < case_.attributions.size(); ++cited) {
    if (RestsOn(attribution, cited, stance)) return false;
  }
  return true;
}

bool Record::HeardDirectly(Index attribution) const {
  return PublishingVoice(Fact(attribution).document) == VoiceOf(attribution);
}

std::set<Index> Record::HiddenBy(Index attribution, v1::Stance stance) const {
  std::set<Index> hiders;
  if (HeardDirectly(attribution)) return hiders;
  for (Index other = 0; other < case_.attributions.size(); ++other) {
    if (other == attribution || Fact(other).deleted) continue;
    if (Fact(other).document != Fact(attribution).document) continue;
    if (RestsOn(other, attribution, stance) && !CitesBack(attribution, other)) {
      hiders.insert(other);
    }
  }
  return hiders;
}

std::optional<OriginKind> Record::OriginOf(Index attribution, v1::Stance stance) const {
  if (!InOwnName(attribution) || !Carries(attribution, stance)) return std::nullopt;
  const SourceFact& source = case_.sources[Fact(attribution).source];
  const bool vouched_for = source.kind != v1::SOURCE_KIND_EVIDENCE || source.authenticated;
  if (Fact(attribution).basis == v1::BASIS_FIRST_HAND && vouched_for) return OriginKind::kFirstHand;
  if (RestsOnNothing(attribution, stance)) return OriginKind::kNotRecorded;
  return std::nullopt;
}

bool Record::TakenBackSince(Index attribution) const {
  v1::Stance contrary = v1::STANCE_UNSPECIFIED;
  if (Fact(attribution).stance == v1::STANCE_ASSERTS) contrary = v1::STANCE_DENIES;
  if (Fact(attribution).stance == v1::STANCE_DENIES) contrary = v1::STANCE_ASSERTS;
  for (Index later = 0; later < case_.attributions.size(); ++later) {
    if (!InOwnName(later) || !Carries(later, contrary) || !Counts(later)) continue;
    if (VoiceOf(later) != VoiceOf(attribution)) continue;
    if (CertainlyLater(OwnDate(later), OwnDate(attribution))) return true;
  }
  return false;
}

}  // namespace headwater::provenance::testing
