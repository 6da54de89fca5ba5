#include "provenance/standing.h"

#include <algorithm>
#include <string>

namespace headwater::provenance {
namespace {

const StanceAssessment& Of(const std::vector<StanceAssessment>& stances, v1::Stance stance) {
  return stances[static_cast<size_t>(stance - v1::STANCE_ASSERTS)];
}

bool IsCarried(const StanceAssessment& stance) {
  return !stance.own_name.empty() || !stance.relaying.empty();
}

bool IsDenied(const StanceAssessment& denies) {
  return !denies.own_name.empty() ||
         std::any_of(denies.origins.begin(), denies.origins.end(),
                     [](const Origin& origin) { return origin.kind == OriginKind::kStub; });
}

bool LacksAHedge(const AttributionFact& relay, const AttributionFact& cited) {
  return std::any_of(cited.hedges.begin(), cited.hedges.end(), [&](const std::string& hedge) {
    return std::find(relay.hedges.begin(), relay.hedges.end(), hedge) == relay.hedges.end();
  });
}

// Whether a relay dropped a hedge. Walks from each one that hedged to its relays, through prefixes.
bool IsHedgeDropped(const Case& a_case, const Settled& settled) {
  const Stances asserts = BitOf(v1::STANCE_ASSERTS);
  const size_t attributions = a_case.attributions.size();
  const auto carries = [&](Index i) {
    return settled.counts[i] && (settled.carries[i] & asserts) != 0;
  };
  Graph citing;
  for (Index hedged = 0; hedged < attributions; ++hedged) {
    if (a_case.attributions[hedged].hedges.empty() || !carries(hedged)) continue;
    if (citing.size() == 0) citing = settled.citations.all.Reversed();
    std::vector<Index> nodes = {hedged};
    for (size_t k = 0; k < nodes.size(); ++k) {
      for (const Graph::Edge& edge : citing[nodes[k]]) {
        if ((edge.allowed & asserts) == 0) continue;
        if (edge.to >= attributions) {
          nodes.push_back(edge.to);
        } else if (carries(edge.to) && a_case.attributions[edge.to].stance == v1::STANCE_RELAYS &&
                   LacksAHedge(a_case.attributions[edge.to], a_case.attributions[hedged])) {
          return true;
        }
      }
    }
  }
  return false;
}

bool IsRetracted(const Case& a_case, const Settled& settled) {
  const auto by_the_source = [](Taken taken) {
    return taken == Taken::kRetracted || taken == Taken::kCorrected;
  };
  for (size_t i = 0; i < a_case.attributions.size(); ++i) {
    const AttributionFact& attribution = a_case.attributions[i];
    if (attribution.deleted || (settled.carries[i] & BitOf(v1::STANCE_ASSERTS)) == 0) continue;
    if (by_the_source(attribution.taken) ||
        by_the_source(a_case.documents[attribution.document].taken)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Standing StandingOf(v1::ClaimNature nature, const StanceAssessment& asserts) {
  if (nature != v1::CLAIM_NATURE_FACT) return Standing::kNoStanding;
  if (!IsCarried(asserts)) return Standing::kNotAsserted;
  if (asserts.at_most.count == 0) return asserts.loop ? Standing::kCircular : Standing::kOriginLost;
  if (asserts.at_least.count == 0) return Standing::kOriginNotRecorded;
  return asserts.at_least.count == 1 ? Standing::kSingleLine : Standing::kSeveralLines;
}

Flags FlagsOf(const Case& a_case, const Settled& settled,
              const std::vector<StanceAssessment>& stances) {
  const StanceAssessment& asserts = Of(stances, v1::STANCE_ASSERTS);
  const bool denied = IsDenied(Of(stances, v1::STANCE_DENIES));
  Flags flags;
  flags.also_denied = denied && IsCarried(asserts);
  flags.denied_not_asserted = denied && !IsCarried(asserts);
  flags.anonymous_only = asserts.anonymous_only;
  flags.asked = IsCarried(Of(stances, v1::STANCE_ASKS));
  flags.doubted = IsCarried(Of(stances, v1::STANCE_DOUBTS));
  flags.hedge_dropped = IsHedgeDropped(a_case, settled);
  flags.source_retracted = IsRetracted(a_case, settled);
  flags.contradicted = std::any_of(a_case.contradicting.begin(), a_case.contradicting.end(),
                                   [](const ContradictingClaim& claim) { return claim.asserted; });
  return flags;
}

}  // namespace headwater::provenance
