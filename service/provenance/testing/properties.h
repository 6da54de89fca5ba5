// What holds of any assessment by the rules, whoever makes it.
#ifndef HEADWATER_PROVENANCE_TESTING_PROPERTIES_H_
#define HEADWATER_PROVENANCE_TESTING_PROPERTIES_H_

#include <cstdint>
#include <functional>
#include <string>

#include "provenance/case.h"
#include "provenance/testing/reference.h"

namespace headwater::provenance::testing {

using Assessor = std::function<ReferenceAssessment(const Case&)>;

// Each says what is wrong, with the changed case; empty where the property holds. The same seed
// tries the same change.

// at_least is not more than at_most.
std::string WhyBoundsCross(const Case& a_case, const Assessor& assess);

// Whoever repeats what is there, elsewhere and not first-hand, adds no line to at_least.
std::string WhyAnEchoCounts(const Case& a_case, const Assessor& assess, uint64_t seed);

// Withdrawing an attribution or a document, whichever, adds no line to at_most.
std::string WhyWithdrawingAdds(const Case& a_case, const Assessor& assess);

// Recorded in another order, named otherwise and listed by those names, all stays as it is but for
// first_recorded, and first_said among those said on one day.
std::string WhyOrderMatters(const Case& a_case, const Assessor& assess, uint64_t seed);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_PROPERTIES_H_
