#include "provenance/testing/validity.h"

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "records/consistency.h"

namespace headwater::provenance::testing {
namespace {

bool Names(Index place, size_t count) { return place == kNone || place < count; }

}  // namespace

std::string WhyNotCited(const Case& a_case, Index self) {
  const AttributionFact& citing = a_case.attributions[self];
  std::set<std::tuple<Index, Index, v1::Stance>> seen;
  for (const CitationFact& citation : citing.cites) {
    const bool to_attribution = citation.attribution != kNone;
    if (to_attribution == (citation.source != kNone)) return "cites nobody, or two at once";
    if (citation.stance == v1::STANCE_RELAYS) return "is cited for RELAYS";
    if (to_attribution) {
      if (citation.attribution >= a_case.attributions.size()) return "cites what is not there";
      if (citation.attribution == self) return "cites itself";
      if (citation.bare || citation.severed) return "is a citation of two kinds";
    } else {
      if (citation.source >= a_case.sources.size()) return "cites a source that is not there";
      const bool source_gone = a_case.sources[citation.source].deleted;
      if (citation.bare && citation.source == citing.source) return "cites its own source";
      if (citation.bare && citation.severed != source_gone) return "is severed without a reason";
      if (source_gone && !citation.severed) return "is not severed, though its source is deleted";
      if (!citation.bare) continue;  // any number of attributions outside, of one source
    }
    if (!seen.insert({citation.attribution, citation.source, citation.stance}).second) {
      return "cites the same twice";
    }
  }
  return "";
}

namespace {

std::string WhyNotSaid(const Case& a_case, Index self) {
  const AttributionFact& attribution = a_case.attributions[self];
  if (attribution.source >= a_case.sources.size()) return "nobody says it";
  if (attribution.document >= a_case.documents.size()) return "told nowhere";
  if (attribution.claim >= a_case.claims.size()) return "of no claim";
  if (attribution.stance == v1::STANCE_UNSPECIFIED) return "without a stance";
  if (attribution.stance == v1::STANCE_RELAYS) {
    if (attribution.cites.empty()) return "relays nobody";
    if (attribution.basis == v1::BASIS_FIRST_HAND) return "relays first-hand";
  }
  if (attribution.stance != v1::STANCE_DENIES &&
      attribution.denial_extent != v1::DENIAL_EXTENT_UNSPECIFIED) {
    return "has a denial without DENIES";
  }
  return WhyNotCited(a_case, self);
}

std::string WhyNotASource(const Case& a_case, Index self) {
  const SourceFact& source = a_case.sources[self];
  const size_t count = a_case.sources.size();
  const bool evidence = source.kind == v1::SOURCE_KIND_EVIDENCE;
  if (source.kind == v1::SOURCE_KIND_UNSPECIFIED) return "is of no kind";
  if (!evidence && (source.author != kNone || source.authenticated)) return "is no evidence";
  for (const Index other : {source.part_of, source.owner, source.author}) {
    if (other == self) return "names itself";
    if (!Names(other, count)) return "names one that is not there";
  }
  if (source.owner != kNone && !records::MayPublish(a_case.sources[source.owner].kind)) {
    return "is owned by one that may own nothing";
  }
  std::set<Index> distinct;
  for (const Index other : source.known_distinct_from) {
    if (other == self || other >= count) return "is distinct from itself or nobody";
    if (!distinct.insert(other).second) return "is distinct twice";
  }
  const std::set<std::string> uris(source.same_as.begin(), source.same_as.end());
  return uris.size() == source.same_as.size() ? "" : "has a URI twice";
}

std::string WhyNotADocument(const Case& a_case, Index self) {
  const DocumentFact& document = a_case.documents[self];
  if (document.publisher >= a_case.sources.size()) return "is published by nobody";
  if (!records::MayPublish(a_case.sources[document.publisher].kind)) return "has no publisher";
  if (document.verbatim_of == self) return "copies itself";
  if (!Names(document.verbatim_of, a_case.documents.size())) return "copies what is not there";
  return "";
}

template <class Facts>
std::string FirstWhyNot(const Case& a_case, const Facts& facts,
                        std::string (*why_not)(const Case&, Index)) {
  for (Index i = 0; i < facts.size(); ++i) {
    const std::string why = why_not(a_case, i);
    if (!why.empty()) return absl::StrCat(facts[i].id, " ", why);
  }
  return "";
}

}  // namespace

std::string WhyNotACase(const Case& a_case) {
  if (a_case.claims.empty()) return "it has no claim";
  std::string why = FirstWhyNot(a_case, a_case.sources, WhyNotASource);
  if (why.empty()) why = FirstWhyNot(a_case, a_case.documents, WhyNotADocument);
  if (why.empty()) why = FirstWhyNot(a_case, a_case.attributions, WhyNotSaid);
  return why;
}

}  // namespace headwater::provenance::testing
