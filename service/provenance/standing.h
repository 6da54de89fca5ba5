// What can be said of a claim in one word, and what beside it.
#ifndef HEADWATER_PROVENANCE_STANDING_H_
#define HEADWATER_PROVENANCE_STANDING_H_

#include <vector>

#include "provenance/settled.h"

namespace headwater::provenance {

// `asserts` is the assessment of STANCE_ASSERTS.
Standing StandingOf(v1::ClaimNature nature, const StanceAssessment& asserts);

// `stances` as Assessment::stances.
Flags FlagsOf(const Case& a_case, const Settled& settled,
              const std::vector<StanceAssessment>& stances);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_STANDING_H_
