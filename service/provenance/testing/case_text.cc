#include "provenance/testing/case_text.h"

#include "absl/strings/str_cat.h"

namespace headwater::provenance::testing {
namespace {

// The name of an enum's value without what all its values begin with.
std::string Bare(const std::string& name, const std::string& prefix) {
  return name.substr(prefix.size());
}

std::string DaysText(const Days& days) {
  const Days unknown;
  std::string text;
  if (days.earliest != unknown.earliest) absl::StrAppend(&text, days.earliest);
  absl::StrAppend(&text, "..");
  if (days.latest != unknown.latest) absl::StrAppend(&text, days.latest);
  return text;
}

std::string DatedText(const std::string& key, const Days& days) {
  return days == Days{} ? "" : absl::StrCat(" ", key, "=", DaysText(days));
}

std::string FateText(Taken taken, bool deleted) {
  std::string text;
  if (taken == Taken::kRetracted) text = " retracted";
  if (taken == Taken::kCorrected) text = " corrected";
  if (taken == Taken::kRecordingError) text = " error";
  if (deleted) text += " deleted";
  return text;
}

std::string SourceText(const Case& a_case, const SourceFact& source) {
  std::string text = absl::StrCat("source ", source.id, " ",
                                  Bare(v1::SourceKind_Name(source.kind), "SOURCE_KIND_"));
  const auto add = [&](const std::string& key, Index other) {
    if (other != kNone) absl::StrAppend(&text, " ", key, "=", a_case.sources[other].id);
  };
  add("part_of", source.part_of);
  add("owner", source.owner);
  add("author", source.author);
  for (const std::string& uri : source.same_as) absl::StrAppend(&text, " same_as=", uri);
  for (const Index other : source.known_distinct_from) add("distinct", other);
  if (source.authenticated) text += " authenticated";
  return text + FateText(Taken::kStands, source.deleted) + "\n";
}

std::string DocumentText(const Case& a_case, const DocumentFact& document) {
  std::string text =
      absl::StrCat("document ", document.id, " by=", a_case.sources[document.publisher].id);
  if (document.verbatim_of != kNone) {
    absl::StrAppend(&text, " copies=", a_case.documents[document.verbatim_of].id);
  }
  return text + DatedText("published", document.published) +
         FateText(document.taken, document.deleted) + "\n";
}

std::string CitationText(const Case& a_case, const CitationFact& citation) {
  std::string text = " cites=";
  if (citation.attribution != kNone) {
    text += a_case.attributions[citation.attribution].id;
  } else {
    text += (citation.bare ? "=" : "^") + a_case.sources[citation.source].id;
  }
  if (citation.stance != v1::STANCE_UNSPECIFIED) text += ":" + StanceName(citation.stance);
  return citation.severed ? text + "!" : text;
}

std::string AttributionText(const Case& a_case, const AttributionFact& attribution) {
  std::string text = absl::StrCat(
      "says ", attribution.id, " ", a_case.sources[attribution.source].id, " ",
      StanceName(attribution.stance), " in=", a_case.documents[attribution.document].id);
  if (attribution.claim != 0) absl::StrAppend(&text, " of=", a_case.claims[attribution.claim]);
  if (attribution.basis == v1::BASIS_FIRST_HAND) text += " first-hand";
  if (attribution.basis == v1::BASIS_SECOND_HAND) text += " second-hand";
  if (attribution.denial_extent != v1::DENIAL_EXTENT_UNSPECIFIED) {
    text += " extent=" + Bare(v1::DenialExtent_Name(attribution.denial_extent), "DENIAL_EXTENT_");
  }
  text += DatedText("said", attribution.said);
  for (const std::string& hedge : attribution.hedges) text += " hedge=" + hedge;
  for (const CitationFact& citation : attribution.cites) text += CitationText(a_case, citation);
  text += FateText(attribution.taken, attribution.deleted);
  return absl::StrCat(text, " recorded=", attribution.recorded, "\n");
}

}  // namespace

std::string StanceName(v1::Stance stance) { return Bare(v1::Stance_Name(stance), "STANCE_"); }

std::string ToText(const Case& a_case) {
  std::string text =
      absl::StrCat("nature ", Bare(v1::ClaimNature_Name(a_case.nature), "CLAIM_NATURE_"), "\n");
  for (const std::string& claim : a_case.claims) absl::StrAppend(&text, "claim ", claim, "\n");
  for (const SourceFact& source : a_case.sources) text += SourceText(a_case, source);
  for (const DocumentFact& document : a_case.documents) text += DocumentText(a_case, document);
  for (const AttributionFact& each : a_case.attributions) text += AttributionText(a_case, each);
  for (const ContradictingClaim& claim : a_case.contradicting) {
    absl::StrAppend(&text, "contradicting ", claim.id, claim.asserted ? " asserted\n" : "\n");
  }
  return text;
}

}  // namespace headwater::provenance::testing
