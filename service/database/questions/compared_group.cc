#include "database/questions/compared_group.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "provenance/settled.h"

namespace headwater::database {
namespace {

using provenance::AttributionFact;
using provenance::CitationFact;
using provenance::Index;

// source_comparison.proto says so.
constexpr size_t kMostClaims = 20;
constexpr size_t kMostCiting = 5;

// Whether an attribution cites a source: it alone, or something that it said.
bool Cites(const provenance::Case& a_case, const AttributionFact& attribution,
           const std::string& source) {
  return std::any_of(attribution.cites.begin(), attribution.cites.end(),
                     [&](const CitationFact& citation) {
                       const Index cited = citation.attribution == provenance::kNone
                                               ? citation.source
                                               : a_case.attributions[citation.attribution].source;
                       return a_case.sources[cited].id == source;
                     });
}

ComparedSide SideOf(const provenance::Case& a_case, const provenance::Settled& settled,
                    const std::string& source, const std::string& other) {
  ComparedSide side;
  for (Index i = 0; i < a_case.attributions.size(); ++i) {
    const AttributionFact& attribution = a_case.attributions[i];
    if (!settled.counts[i] || a_case.sources[attribution.source].id != source) continue;
    const std::string& claim = a_case.claims[attribution.claim];
    side.claims.insert(claim);
    side.stances |= settled.carries[i];
    side.earliest = std::min(side.earliest, settled.own_dates[i].earliest);
    side.latest = std::min(side.latest, settled.own_dates[i].latest);
    side.recorded = std::min(side.recorded, attribution.recorded);
    if (Cites(a_case, attribution, other))
      side.citing.push_back(absl::StrCat("claims/", claim, "/attributions/", attribution.id));
  }
  return side;
}

template <class List>
void AddClaims(const ComparedSide& side, List* out) {
  for (const std::string& claim : side.claims) {
    if (static_cast<size_t>(out->size()) == kMostClaims) return;
    *out->Add() = absl::StrCat("claims/", claim);
  }
}

template <class List>
void AddStances(const ComparedSide& side, List* out) {
  for (int stance = v1::STANCE_ASSERTS; stance <= v1::STANCE_NO_COMMENT; ++stance) {
    if ((side.stances & provenance::BitOf(static_cast<v1::Stance>(stance))) != 0) out->Add(stance);
  }
}

template <class List>
void AddCiting(const ComparedSide& side, List* out) {
  for (size_t i = 0; i < side.citing.size() && i < kMostCiting; ++i) *out->Add() = side.citing[i];
}

// What is told of either sort.
v1::SharedClaim Sides(const ComparedSide& first, const ComparedSide& second) {
  v1::SharedClaim shared;
  AddClaims(first, shared.mutable_first_claims());
  AddClaims(second, shared.mutable_second_claims());
  shared.set_first_claim_count(static_cast<int32_t>(first.claims.size()));
  shared.set_second_claim_count(static_cast<int32_t>(second.claims.size()));
  AddStances(first, shared.mutable_first_stances());
  AddStances(second, shared.mutable_second_stances());
  return shared;
}

v1::Precedence WhoSaidFirst(const ComparedSide& first, const ComparedSide& second) {
  if (first.latest < second.earliest) return v1::PRECEDENCE_FIRST;
  return second.latest < first.earliest ? v1::PRECEDENCE_SECOND : v1::PRECEDENCE_UNDECIDED;
}

}  // namespace

ComparedGroup Compared(const Gathered& gathered, const std::string& first,
                       const std::string& second) {
  const provenance::Settled settled = provenance::Settle(gathered.a_case);
  return {SideOf(gathered.a_case, settled, first, second),
          SideOf(gathered.a_case, settled, second, first)};
}

v1::SharedClaim SharedIn(const ComparedGroup& group) {
  const ComparedSide& first = group.first;
  const ComparedSide& second = group.second;
  v1::SharedClaim shared = Sides(first, second);
  shared.set_agree((first.stances & second.stances) != 0);
  shared.set_contradict((first.asserts() && second.denies()) ||
                        (first.denies() && second.asserts()));
  AddCiting(first, shared.mutable_first_citing());
  AddCiting(second, shared.mutable_second_citing());
  shared.set_first_citing_count(static_cast<int32_t>(first.citing.size()));
  shared.set_second_citing_count(static_cast<int32_t>(second.citing.size()));
  shared.set_first_said(WhoSaidFirst(first, second));
  shared.set_first_recorded(first.recorded < second.recorded ? v1::PRECEDENCE_FIRST
                                                             : v1::PRECEDENCE_SECOND);
  return shared;
}

v1::SharedClaim SharedAcross(const ComparedSide& first, const ComparedSide& second) {
  v1::SharedClaim shared = Sides(first, second);
  shared.set_contradict(true);
  shared.set_across(true);
  return shared;
}

void Count(const v1::SharedClaim& shared, v1::ComparisonCounts* counts) {
  if (shared.across()) return counts->set_contradict_across(counts->contradict_across() + 1);
  counts->set_shared(counts->shared() + 1);
  counts->set_agree(counts->agree() + shared.agree());
  counts->set_contradict(counts->contradict() + shared.contradict());
  counts->set_first_cites_second(counts->first_cites_second() + (shared.first_citing_count() > 0));
  counts->set_second_cites_first(counts->second_cites_first() + (shared.second_citing_count() > 0));
  const v1::Precedence said = shared.first_said();
  counts->set_first_said(counts->first_said() + (said == v1::PRECEDENCE_FIRST));
  counts->set_second_said(counts->second_said() + (said == v1::PRECEDENCE_SECOND));
  counts->set_undecided(counts->undecided() + (said == v1::PRECEDENCE_UNDECIDED));
  const bool first = shared.first_recorded() == v1::PRECEDENCE_FIRST;
  counts->set_first_recorded(counts->first_recorded() + first);
  counts->set_second_recorded(counts->second_recorded() + !first);
}

}  // namespace headwater::database
