#include "provenance/what_if.h"

namespace headwater::provenance {
namespace {

template <class Fact>
void TakeBack(Fact* fact) {
  if (fact->taken == Taken::kStands) fact->taken = Taken::kRetracted;
}

}  // namespace

void TakeBackAttribution(Index attribution, Case* a_case) {
  TakeBack(&a_case->attributions[attribution]);
}

void TakeBackDocument(Index document, Case* a_case) { TakeBack(&a_case->documents[document]); }

void TakeBackSource(Index source, Case* a_case) {
  a_case->sources[source].silent = true;
  for (AttributionFact& attribution : a_case->attributions) {
    if (attribution.source == source) TakeBack(&attribution);
  }
  for (DocumentFact& document : a_case->documents) {
    if (document.publisher == source) TakeBack(&document);
  }
}

}  // namespace headwater::provenance
