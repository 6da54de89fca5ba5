// Why each flag is up.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "database/questions/words.h"

namespace headwater::database {
namespace {

using provenance::AttributionFact;
using provenance::Index;

class Teller {
 public:
  explicit Teller(const Weighed& weighed) : weighed_(weighed), names_(weighed) {}

  std::string Tell(v1::FlagKind flag) const {
    switch (flag) {
      case v1::FLAG_KIND_ALSO_DENIED:
        return absl::StrCat(Denied(), ".");
      case v1::FLAG_KIND_DENIED_NOT_ASSERTED:
        return absl::StrCat(Denied(), kNobodyAsserts, ".");
      case v1::FLAG_KIND_ANONYMOUS_ONLY:
        return AnonymousOnly();
      case v1::FLAG_KIND_ASKED:
        return Taken(v1::STANCE_ASKS, "asks whether it is so", "ask whether it is so");
      case v1::FLAG_KIND_DOUBTED:
        return Taken(v1::STANCE_DOUBTS, "doubts it", "doubt it");
      case v1::FLAG_KIND_HEDGE_DROPPED:
        return HedgeDropped();
      case v1::FLAG_KIND_SOURCE_RETRACTED:
        return SourceRetracted();
      case v1::FLAG_KIND_CONTRADICTED:
        return Contradicted();
      default:
        return "";
    }
  }

 private:
  static constexpr char kNobodyAsserts[] = "; nobody recorded here asserts it";

  bool IsAsserted() const {
    const provenance::StanceAssessment& asserts = weighed_.stance(v1::STANCE_ASSERTS);
    return !asserts.own_name.empty() || !asserts.relaying.empty();
  }

  std::string Verbed(const std::vector<Index>& sources, absl::string_view one,
                     absl::string_view many) const {
    return absl::StrCat(names_.List(sources), " ", names_.ArePlural(sources) ? many : one);
  }

  // Who denies it in its own name, and who is cited as denying it.
  std::string Denied() const {
    const provenance::StanceAssessment& denies = weighed_.stance(v1::STANCE_DENIES);
    std::vector<Index> whole, part, cited;
    for (Index i : denies.own_name) {
      const AttributionFact& attribution = weighed_.a_case().attributions[i];
      (attribution.denial_extent == v1::DENIAL_EXTENT_PART ? part : whole)
          .push_back(attribution.source);
    }
    for (const provenance::Origin& origin : denies.origins) {
      if (origin.kind == provenance::OriginKind::kStub)
        cited.push_back(weighed_.SourceOf(origin.step));
    }
    std::vector<std::string> clauses;
    if (!whole.empty()) clauses.push_back(Verbed(whole, "denies it", "deny it"));
    if (!part.empty()) clauses.push_back(Verbed(part, "denies part of it", "deny part of it"));
    if (!cited.empty())
      clauses.push_back(Verbed(cited, "is cited as denying it", "are cited as denying it"));
    return absl::StrJoin(clauses, "; ");
  }

  std::string AnonymousOnly() const {
    std::vector<Index> origins;
    for (const provenance::Origin& origin : weighed_.stance(v1::STANCE_ASSERTS).origins) {
      const Index source = weighed_.SourceOf(origin.step);
      if (weighed_.a_case().sources[source].kind == v1::SOURCE_KIND_ANONYMOUS)
        origins.push_back(source);
    }
    return absl::StrCat("No origin of it has a name: it begins with ", names_.List(origins), ".");
  }

  std::string Taken(v1::Stance stance, absl::string_view one, absl::string_view many) const {
    const provenance::StanceAssessment& taken = weighed_.stance(stance);
    std::vector<Index> sources = SourcesOf(weighed_, taken.own_name);
    for (const provenance::Origin& origin : taken.origins) {
      if (origin.kind == provenance::OriginKind::kStub)
        sources.push_back(weighed_.SourceOf(origin.step));
    }
    if (sources.empty()) sources = SourcesOf(weighed_, taken.relaying);
    return absl::StrCat(Verbed(sources, one, many), IsAsserted() ? "" : kNobodyAsserts, ".");
  }

  // The first relay that drops a hedge of what it cites by name, and the hedges.
  std::string HedgeDropped() const {
    const provenance::StanceAssessment& asserts = weighed_.stance(v1::STANCE_ASSERTS);
    for (Index relay : asserts.relaying) {
      const AttributionFact& relaying = weighed_.a_case().attributions[relay];
      for (const provenance::CitationFact& citation : relaying.cites) {
        if (citation.attribution == provenance::kNone) continue;
        const AttributionFact& cited = weighed_.a_case().attributions[citation.attribution];
        if (!provenance::IsRemoved(weighed_.a_case(), cited) && !Missing(relaying, cited).empty())
          return absl::StrCat(names_.Of(relaying.source), " passes on what ",
                              names_.Of(cited.source), " said and leaves out ",
                              AndList(Missing(relaying, cited)), ".");
      }
    }
    return "Somebody who passes it on leaves out a word that kept it open.";
  }

  static std::vector<std::string> Missing(const AttributionFact& relay,
                                          const AttributionFact& cited) {
    std::vector<std::string> missing;
    for (const std::string& hedge : cited.hedges) {
      if (std::find(relay.hedges.begin(), relay.hedges.end(), hedge) == relay.hedges.end())
        missing.push_back(absl::StrCat("“", hedge, "”"));
    }
    return missing;
  }

  std::string SourceRetracted() const {
    std::vector<Index> sources;
    for (const AttributionFact& attribution : weighed_.a_case().attributions) {
      const bool asserts = attribution.stance == v1::STANCE_ASSERTS;
      const bool relays = attribution.stance == v1::STANCE_RELAYS;
      if (!attribution.deleted && (asserts || relays) &&
          IsTakenBack(weighed_.a_case(), attribution))
        sources.push_back(attribution.source);
    }
    return absl::StrCat(names_.List(sources), " took back or corrected what was said.");
  }

  std::string Contradicted() const {
    std::vector<std::string> texts;
    for (size_t i = 0; i < weighed_.a_case().contradicting.size(); ++i) {
      if (weighed_.a_case().contradicting[i].asserted)
        texts.push_back(absl::StrCat("“", weighed_.gathered.contradicting[i], "”"));
    }
    return absl::StrCat("It can't hold beside ", AndList(texts), ", which ",
                        texts.size() == 1 ? "is" : "are", " asserted too.");
  }

  const Weighed& weighed_;
  const Names names_;
};

}  // namespace

std::vector<v1::FlagKind> FlagsIn(const provenance::Flags& flags) {
  const std::pair<bool, v1::FlagKind> all[] = {
      {flags.also_denied, v1::FLAG_KIND_ALSO_DENIED},
      {flags.denied_not_asserted, v1::FLAG_KIND_DENIED_NOT_ASSERTED},
      {flags.anonymous_only, v1::FLAG_KIND_ANONYMOUS_ONLY},
      {flags.asked, v1::FLAG_KIND_ASKED},
      {flags.doubted, v1::FLAG_KIND_DOUBTED},
      {flags.hedge_dropped, v1::FLAG_KIND_HEDGE_DROPPED},
      {flags.source_retracted, v1::FLAG_KIND_SOURCE_RETRACTED},
      {flags.contradicted, v1::FLAG_KIND_CONTRADICTED}};
  std::vector<v1::FlagKind> up;
  for (const auto& [is_up, kind] : all) {
    if (is_up) up.push_back(kind);
  }
  return up;
}

std::string FlagReason(const Weighed& weighed, v1::FlagKind flag) {
  return Teller(weighed).Tell(flag);
}

}  // namespace headwater::database
