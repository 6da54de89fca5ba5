// Holds an assessment against the reference.
#ifndef HEADWATER_PROVENANCE_TESTING_VERDICT_H_
#define HEADWATER_PROVENANCE_TESTING_VERDICT_H_

#include <string>

#include "provenance/assessment.h"
#include "provenance/case.h"
#include "provenance/testing/reference.h"

namespace headwater::provenance::testing {

// What the assessment says, without the numbers of voices and the lines shown. Requires that
// WhyMisshapen finds nothing.
ReferenceAssessment Plain(const Assessment& assessment);

// Why the assessment is no answer for this case whatever the reference says: places that are not
// there, lists out of order, shown lines that are none or share a voice or are too few; else empty.
std::string WhyMisshapen(const Case& a_case, const Assessment& assessment);

// What the two say differently, one difference a line; empty where they agree.
std::string Differences(const Case& a_case, const ReferenceAssessment& expected,
                        const ReferenceAssessment& actual);

// "SINGLE_LINE".
std::string StandingName(Standing standing);

// All that is wrong with an assessment; empty for a right one.
std::string WhyWrong(const Case& a_case, const Assessment& assessment);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_VERDICT_H_
