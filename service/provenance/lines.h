// The lines of a claim for one stance: between which bounds the number of independent ones lies.
#ifndef HEADWATER_PROVENANCE_LINES_H_
#define HEADWATER_PROVENANCE_LINES_H_

#include "provenance/settled.h"

namespace headwater::provenance {

// What a stance's origins, paths and bounds are; assessment.h says by which rules. Exact but where
// `exact` is false: finding the most paths is NP-hard once voices speak more than once (paths.h),
// and so is choosing among unnamed people who may be the same. Both searches have budgets; 16
// origins that may be the same people are always chosen among exactly.
void FindLines(const Case& a_case, const Settled& settled, StanceAssessment* stance);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_LINES_H_
