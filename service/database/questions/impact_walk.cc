#include "database/questions/impact_walk.h"

#include <utility>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "provenance/what_if.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using keys::Reference;
using provenance::AttributionFact;
using provenance::CitationFact;
using provenance::Index;

constexpr char kOwn = '1';
constexpr char kCitesAlone = '2';
constexpr char kTold = '3';
constexpr char kCitesOwn = '4';
constexpr char kCitesTold = '5';

std::string Phase(char phase) { return std::string(1, phase); }

bool IsTold(char phase) { return phase == kOwn || phase == kTold; }

// What the rows of all further names than these share no more.
std::string Behind(const std::string& term, const std::string& names) {
  return keys::PrefixEnd(term + names);
}

// Finds the paths of one case.
class PathFinder {
 public:
  PathFinder(const Name& subject, const Gathered& gathered)
      : subject_(subject), gathered_(gathered), case_(gathered.a_case) {}

  std::vector<HitPath> Run(bool told_only) {
    for (const AttributionFact& attribution : case_.attributions) {
      if (attribution.deleted) continue;
      Told(attribution);
      if (!told_only) CitesAlone(attribution);
    }
    for (const OutsideCitation& citation : gathered_.outside_citations) {
      const AttributionFact& citing = case_.attributions[citation.citing];
      if (!told_only && !citing.deleted) Cites(citing, gathered_.outside[citation.outside]);
    }
    return std::move(paths_);
  }

 private:
  const std::string& ClaimOf(const AttributionFact& attribution) const {
    return case_.claims[attribution.claim];
  }

  void Told(const AttributionFact& attribution) {
    const std::string& claim = ClaimOf(attribution);
    const provenance::DocumentFact& document = case_.documents[attribution.document];
    switch (subject_.kind) {
      case Kind::kAttribution:
        if (claim == subject_.claim && attribution.id == subject_.id)
          paths_.push_back({Phase(kOwn), claim});
        break;
      case Kind::kDocument:
        if (document.id == subject_.id) paths_.push_back({Phase(kTold), document.id, claim});
        break;
      default:
        if (case_.sources[attribution.source].id == subject_.id)
          paths_.push_back({Phase(kOwn), claim});
        if (!document.deleted && case_.sources[document.publisher].id == subject_.id)
          paths_.push_back({Phase(kTold), document.id, claim});
    }
  }

  void CitesAlone(const AttributionFact& attribution) {
    if (subject_.kind != Kind::kSource) return;
    for (const CitationFact& citation : attribution.cites) {
      if (citation.bare && case_.sources[citation.source].id == subject_.id)
        return paths_.push_back({Phase(kCitesAlone), ClaimOf(attribution)});
    }
  }

  void Cites(const AttributionFact& citing, const OutsideFact& cited) {
    if (cited.deleted) return;
    const Name& name = cited.name;
    const std::string& claim = ClaimOf(citing);
    const bool is_own = subject_.kind == Kind::kAttribution
                            ? name == subject_
                            : subject_.kind == Kind::kSource && cited.source == subject_.id;
    if (is_own) paths_.push_back({Phase(kCitesOwn), name.claim, name.id, claim});
    const bool is_told = subject_.kind == Kind::kDocument
                             ? cited.document == subject_.id
                             : subject_.kind == Kind::kSource && !cited.document_deleted &&
                                   cited.publisher == subject_.id;
    if (is_told) paths_.push_back({Phase(kCitesTold), cited.document, name.claim, name.id, claim});
  }

  const Name& subject_;
  const Gathered& gathered_;
  const provenance::Case& case_;
  std::vector<HitPath> paths_;
};

bool IsWithdrawn(const Name& subject, const OutsideFact& outside) {
  switch (subject.kind) {
    case Kind::kAttribution:
      return outside.name == subject;
    case Kind::kDocument:
      return outside.document == subject.id;
    default:
      return outside.source == subject.id || outside.publisher == subject.id;
  }
}

}  // namespace

std::vector<HitPath> PathsOf(const Name& subject, const Gathered& gathered, bool told_only) {
  return PathFinder(subject, gathered).Run(told_only);
}

void Withdraw(const Name& subject, Gathered* gathered) {
  provenance::Case& a_case = gathered->a_case;
  for (Index i = 0; i < a_case.attributions.size() && subject.kind == Kind::kAttribution; ++i) {
    const AttributionFact& attribution = a_case.attributions[i];
    if (attribution.id == subject.id && a_case.claims[attribution.claim] == subject.claim)
      provenance::TakeBackAttribution(i, &a_case);
  }
  for (Index i = 0; i < a_case.documents.size() && subject.kind == Kind::kDocument; ++i) {
    if (a_case.documents[i].id == subject.id) provenance::TakeBackDocument(i, &a_case);
  }
  for (Index i = 0; i < a_case.sources.size() && subject.kind == Kind::kSource; ++i) {
    if (a_case.sources[i].id == subject.id) provenance::TakeBackSource(i, &a_case);
  }
  for (const OutsideCitation& citation : gathered->outside_citations) {
    if (!IsWithdrawn(subject, gathered->outside[citation.outside])) continue;
    a_case.attributions[citation.citing].cites[citation.place].severed = true;
  }
}

std::vector<ImpactWalk::Level> ImpactWalk::LevelsOf(char phase) const {
  const bool by_document = phase == kTold || phase == kCitesTold;
  std::vector<Level> levels;
  if (phase == kCitesAlone) return {{Kind::kAttribution, Reference::kCitedSource}};
  if (subject_.kind == Kind::kSource) {
    if (by_document)
      levels.push_back({Kind::kDocument, Reference::kDocumentPublisher});
    else
      levels.push_back({Kind::kAttribution, Reference::kAttributionSource});
  }
  if (by_document) levels.push_back({Kind::kAttribution, Reference::kAttributionDocument});
  if (!IsTold(phase)) levels.push_back({Kind::kAttribution, Reference::kCitedAttribution});
  return levels;
}

absl::StatusOr<std::optional<WalkPlace>> ImpactWalk::Run(WalkPlace place, const Visit& visit) {
  place_ = std::move(place);
  if (place_.phase.empty()) place_.phase = Phase(kOwn);
  for (char phase = place_.phase.front(); phase <= kCitesTold; ++phase) {
    const bool by_document = phase == kTold || phase == kCitesTold;
    if (subject_.kind == Kind::kDocument && !by_document) continue;
    if (subject_.kind == Kind::kAttribution && phase != kOwn && phase != kCitesOwn) continue;
    if (place_.phase != Phase(phase)) place_ = {Phase(phase), {}};
    bool goes_on;
    if (subject_.kind == Kind::kAttribution && phase == kOwn) {
      HW_ASSIGN_OR_RETURN(goes_on, visit({{place_.phase, subject_.claim}, subject_.claim, true}));
    } else {
      HitPath path = {place_.phase};
      if (subject_.kind == Kind::kAttribution) path.push_back(subject_.claim);
      if (subject_.kind != Kind::kSource) path.push_back(subject_.id);
      HW_ASSIGN_OR_RETURN(goes_on, Down(LevelsOf(phase), 0, subject_, path, visit));
    }
    if (!goes_on) return place_;
  }
  return std::nullopt;
}

absl::StatusOr<bool> ImpactWalk::Next(const Level& level, size_t depth, const std::string& term,
                                      std::optional<Name>* found) {
  Filter filter;
  filter.kind = level.kind;
  filter.terms = {term};
  found->reset();
  std::string& position = place_.rows[depth];
  HW_ASSIGN_OR_RETURN(
      position, Scan(filter).Run(reading_.point, reading_.patience, std::move(position), budget_,
                                 [&](Candidate candidate) {
                                   if (candidate.deleted) return true;
                                   *found = std::move(candidate.name);
                                   return false;
                                 }));
  return *found || position.empty();
}

absl::StatusOr<bool> ImpactWalk::Down(const std::vector<Level>& levels, size_t level,
                                      const Name& from, const HitPath& path, const Visit& visit) {
  const bool is_last = level + 1 == levels.size();
  const std::string term =
      keys::Term(keys::Index::kReference, keys::ReferenceValue(from, levels[level].field));
  if (place_.rows.size() <= level) place_.rows.emplace_back();
  for (;;) {
    std::optional<Name> found;
    HW_ASSIGN_OR_RETURN(const bool within_budget, Next(levels[level], level, term, &found));
    if (!within_budget) return false;
    if (!found) break;
    HitPath longer = path;
    std::string passed = found->Key();
    bool goes_on = true;
    if (is_last) {
      passed = keys::NameKeyPrefix(Kind::kAttribution, found->claim);
      longer.push_back(found->claim);
      // What cites within one claim is hit as told there.
      const bool is_own_claim = from.kind == Kind::kAttribution && found->claim == from.claim;
      if (!is_own_claim) {
        HW_ASSIGN_OR_RETURN(goes_on, visit({longer, found->claim, IsTold(path[0][0])}));
      }
    } else {
      if (found->kind == Kind::kAttribution) longer.push_back(found->claim);
      longer.push_back(found->id);
      HW_ASSIGN_OR_RETURN(goes_on, Down(levels, level + 1, *found, longer, visit));
    }
    if (!goes_on) return false;
    place_.rows.resize(level + 1);
    place_.rows[level] = Behind(term, passed);
  }
  place_.rows.resize(level);
  return true;
}

}  // namespace headwater::database
