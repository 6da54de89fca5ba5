// Which sources of a case speak with one voice, and which voices have one owner.
#ifndef HEADWATER_PROVENANCE_VOICES_H_
#define HEADWATER_PROVENANCE_VOICES_H_

#include <vector>

#include "provenance/assessment.h"
#include "provenance/case.h"

namespace headwater::provenance {

struct Voices {
  std::vector<Voice> voices;    // in the order of their first sources
  std::vector<Index> voice_of;  // each source's
};

// By assessment.h's rules. Near O(sources + same_as URIs).
Voices FindVoices(const Case& a_case);

// Pairs of voices that are known to be distinct, each pair both ways, sorted.
std::vector<std::pair<Index, Index>> KnownDistinct(const Case& a_case, const Voices& voices);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_VOICES_H_
