#include "provenance/testing/reference.h"

#include <algorithm>
#include <functional>

#include "provenance/testing/paths.h"
#include "provenance/testing/record.h"

namespace headwater::provenance::testing {
namespace {

std::vector<Index> AttributionsWhere(const Record& record,
                                     const std::function<bool(Index)>& holds) {
  std::vector<Index> all;
  for (Index a = 0; a < record.facts().attributions.size(); ++a) {
    if (holds(a)) all.push_back(a);
  }
  return all;
}

// Groups of two or more, each of which leads to each by `linked`, in steps among `members` alone.
std::vector<std::vector<Index>> Circles(const std::vector<Index>& members,
                                        const std::function<bool(Index, Index)>& linked) {
  std::set<std::pair<Index, Index>> leads;
  for (const Index a : members) {
    for (const Index b : members) {
      if (linked(a, b)) leads.insert({a, b});
    }
  }
  for (const Index by : members) {
    for (const Index a : members) {
      for (const Index b : members) {
        if (leads.contains({a, by}) && leads.contains({by, b})) leads.insert({a, b});
      }
    }
  }
  std::set<std::vector<Index>> circles;
  for (const Index a : members) {
    std::vector<Index> circle;
    for (const Index b : members) {
      if (a == b || (leads.contains({a, b}) && leads.contains({b, a}))) circle.push_back(b);
    }
    if (circle.size() >= 2) circles.insert(circle);
  }
  return {circles.begin(), circles.end()};
}

std::vector<Origin> Origins(const Record& record, v1::Stance stance) {
  std::vector<Origin> origins;
  for (Index a = 0; a < record.facts().attributions.size(); ++a) {
    const std::optional<OriginKind> kind = record.OriginOf(a, stance);
    if (kind && record.Counts(a)) origins.push_back({{StepKind::kAttribution, a}, *kind});
  }
  for (const Index source : record.StubsThatCount(stance)) {
    origins.push_back({{StepKind::kStub, source}, OriginKind::kStub});
  }
  return origins;
}

// The one by which `before` puts first.
Index First(const std::vector<Index>& attributions,
            const std::function<bool(Index, Index)>& before) {
  const auto first = std::min_element(attributions.begin(), attributions.end(), before);
  return first == attributions.end() ? kNone : *first;
}

void AddFirsts(const Record& record, ReferenceStance* assessment) {
  std::vector<Index> all = assessment->own_name;
  all.insert(all.end(), assessment->relaying.begin(), assessment->relaying.end());
  const auto recorded = [&](Index a) { return record.Fact(a).recorded; };
  assessment->first_recorded =
      First(all, [&](Index a, Index b) { return recorded(a) < recorded(b); });
  std::erase_if(all, [&](Index a) { return record.OwnDate(a).latest == Days::kNever; });
  assessment->first_said = First(all, [&](Index a, Index b) {
    const int32_t ends = record.OwnDate(a).latest;
    const int32_t other_ends = record.OwnDate(b).latest;
    return ends != other_ends ? ends < other_ends : recorded(a) < recorded(b);
  });
}

void AddLines(const Record& record, ReferenceStance* assessment) {
  const Paths proved(record, assessment->stance, Bound::kAtLeast);
  assessment->at_least.count = proved.Most(proved.All());
  const Paths possible(record, assessment->stance, Bound::kAtMost);
  const std::set<Line> lines = possible.All();
  assessment->at_most.count = possible.Most(lines);
  if (lines.empty()) return;
  assessment->chokepoints = possible.VoicesOf(*lines.begin());
  assessment->anonymous_only = true;
  for (const Line& line : lines) {
    const std::set<Index> voices = possible.VoicesOf(line);
    std::erase_if(assessment->chokepoints, [&](Index voice) { return !voices.contains(voice); });
    const VoiceKind origin = record.groups().KindOf(possible.VoiceOf(line.back()));
    if (origin != VoiceKind::kAnonymous) assessment->anonymous_only = false;
  }
}

ReferenceStance AssessStance(const Record& record, v1::Stance stance) {
  ReferenceStance assessment;
  assessment.stance = stance;
  const std::vector<Index> carrying = AttributionsWhere(
      record, [&](Index a) { return record.Counts(a) && record.Carries(a, stance); });
  for (const Index a : carrying) {
    (record.InOwnName(a) ? assessment.own_name : assessment.relaying).push_back(a);
  }
  assessment.origins = Origins(record, stance);
  assessment.loop =
      !Circles(carrying, [&](Index a, Index b) { return record.RestsOn(a, b, stance); }).empty();
  AddLines(record, &assessment);
  AddFirsts(record, &assessment);
  return assessment;
}

std::vector<ReferenceSevered> SeveredIn(const Record& record) {
  std::vector<ReferenceSevered> severed;
  for (Index a = 0; a < record.facts().attributions.size(); ++a) {
    if (record.Counts(a)) continue;
    const std::vector<Index> rested = AttributionsWhere(
        record, [&](Index citing) { return record.Counts(citing) && record.Cites(citing, a); });
    if (record.Fact(a).deleted && rested.empty()) continue;
    severed.push_back({{StepKind::kAttribution, a}, rested});
  }
  for (Index source = 0; source < record.facts().sources.size(); ++source) {
    const std::vector<Index> rested = AttributionsWhere(record, [&](Index citing) {
      const std::vector<CitationFact>& cites = record.Fact(citing).cites;
      return record.Counts(citing) &&
             std::any_of(cites.begin(), cites.end(), [&](const CitationFact& citation) {
               return record.Meant(citing, citation).empty() && citation.source == source &&
                      record.IsSevered(citation);
             });
    });
    if (!rested.empty()) severed.push_back({{StepKind::kStub, source}, rested});
  }
  return severed;
}

bool IsAsserted(const ReferenceStance& asserts) {
  return !asserts.own_name.empty() || !asserts.relaying.empty();
}

Standing StandingOf(const Case& a_case, const ReferenceStance& asserts) {
  if (a_case.nature != v1::CLAIM_NATURE_FACT) return Standing::kNoStanding;
  if (!IsAsserted(asserts)) return Standing::kNotAsserted;
  if (asserts.at_most.count == 0) {
    return asserts.loop ? Standing::kCircular : Standing::kOriginLost;
  }
  if (asserts.at_least.count == 0) return Standing::kOriginNotRecorded;
  return asserts.at_least.count == 1 ? Standing::kSingleLine : Standing::kSeveralLines;
}

bool DropsHedge(const Record& record, Index relay) {
  if (record.InOwnName(relay) || !record.Counts(relay)) return false;
  const std::vector<std::string>& kept = record.Fact(relay).hedges;
  for (Index cited = 0; cited < record.facts().attributions.size(); ++cited) {
    if (!record.Counts(cited) || !record.RestsOn(relay, cited, v1::STANCE_ASSERTS)) continue;
    for (const std::string& hedge : record.Fact(cited).hedges) {
      if (std::find(kept.begin(), kept.end(), hedge) == kept.end()) return true;
    }
  }
  return false;
}

bool TakenBackByItsSource(const Record& record, Index attribution) {
  const AttributionFact& fact = record.Fact(attribution);
  const auto by_source = [](Taken taken) {
    return taken == Taken::kRetracted || taken == Taken::kCorrected;
  };
  return record.Carries(attribution, v1::STANCE_ASSERTS) && !fact.deleted &&
         (by_source(fact.taken) || by_source(record.facts().documents[fact.document].taken));
}

Flags FlagsOf(const Record& record, const std::vector<ReferenceStance>& stances) {
  const auto anyone = [&](const std::function<bool(Index)>& holds) {
    return !AttributionsWhere(record, holds).empty();
  };
  const auto carried = [&](v1::Stance stance) {
    return anyone([&](Index a) { return record.Counts(a) && record.Carries(a, stance); });
  };
  const bool asserted = carried(v1::STANCE_ASSERTS);
  const bool denied =
      anyone([&](Index a) {
        return record.Counts(a) && record.InOwnName(a) && record.Carries(a, v1::STANCE_DENIES);
      }) ||
      !record.StubsThatCount(v1::STANCE_DENIES).empty();
  const auto& contradicting = record.facts().contradicting;
  Flags flags;
  flags.also_denied = denied && asserted;
  flags.denied_not_asserted = denied && !asserted;
  flags.anonymous_only = stances[0].anonymous_only;
  flags.asked = carried(v1::STANCE_ASKS);
  flags.doubted = carried(v1::STANCE_DOUBTS);
  flags.hedge_dropped = anyone([&](Index a) { return DropsHedge(record, a); });
  flags.source_retracted = anyone([&](Index a) { return TakenBackByItsSource(record, a); });
  flags.contradicted = std::any_of(contradicting.begin(), contradicting.end(),
                                   [](const ContradictingClaim& claim) { return claim.asserted; });
  return flags;
}

std::vector<ReferenceVoice> VoicesIn(const Record& record) {
  std::vector<ReferenceVoice> voices;
  const Groups& groups = record.groups();
  for (Index source = 0; source < record.facts().sources.size(); ++source) {
    if (groups.VoiceOf(source) != source) continue;
    voices.push_back({groups.SourcesOfVoice(source), groups.SourcesOfUnit(groups.UnitOf(source)),
                      groups.KindOf(source), groups.HoldsPerson(source)});
  }
  return voices;
}

}  // namespace

ReferenceAssessment Reference(const Case& a_case) {
  const Record record(a_case);
  ReferenceAssessment assessment;
  assessment.voices = VoicesIn(record);
  for (const v1::Stance stance : kOwnNameStances) {
    assessment.stances.push_back(AssessStance(record, stance));
  }
  const std::vector<Index> counting =
      AttributionsWhere(record, [&](Index a) { return record.Counts(a); });
  assessment.loops = Circles(counting, [&](Index a, Index b) { return record.Cites(a, b); });
  assessment.severed = SeveredIn(record);
  for (const Index a : counting) {
    assessment.heard_through.insert(record.PublishingVoice(record.Fact(a).document));
  }
  assessment.standing = StandingOf(a_case, assessment.stances[0]);
  assessment.flags = FlagsOf(record, assessment.stances);
  return assessment;
}

}  // namespace headwater::provenance::testing
