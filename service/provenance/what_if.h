// A case as it would be, were something in it taken back by its source. What stands no more already
// stays as it is.
#ifndef HEADWATER_PROVENANCE_WHAT_IF_H_
#define HEADWATER_PROVENANCE_WHAT_IF_H_

#include "provenance/case.h"

namespace headwater::provenance {

// One attribution.
void TakeBackAttribution(Index attribution, Case* a_case);

// A document, and with it what it tells.
void TakeBackDocument(Index document, Case* a_case);

// All that a source said, whether it is on record or others cite it for it, and the documents that
// it publishes. Not the rest of its voice.
void TakeBackSource(Index source, Case* a_case);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_WHAT_IF_H_
