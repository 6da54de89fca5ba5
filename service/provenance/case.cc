#include "provenance/case.h"

#include "base/edtf.h"

namespace headwater::provenance {

Days Days::Of(const std::string& edtf) {
  Days days;
  const absl::StatusOr<Edtf> date = ParseEdtf(edtf);
  if (!date.ok() || date->uncertain || date->approximate) return days;
  if (date->earliest_day) days.earliest = *date->earliest_day;
  if (date->latest_day) days.latest = *date->latest_day;
  return days;
}

bool IsRemoved(const Case& a_case, const AttributionFact& attribution) {
  const DocumentFact& document = a_case.documents[attribution.document];
  return attribution.deleted || attribution.taken != Taken::kStands || document.deleted ||
         document.taken != Taken::kStands || a_case.sources[attribution.source].deleted;
}

Index PublisherOf(const Case& a_case, Index document) {
  Index original = document;
  for (size_t i = 0; i <= a_case.documents.size(); ++i) {
    if (a_case.documents[original].verbatim_of == kNone) {
      return a_case.documents[original].publisher;
    }
    original = a_case.documents[original].verbatim_of;
  }
  return a_case.documents[document].publisher;  // copies in a circle have no original
}

}  // namespace headwater::provenance
