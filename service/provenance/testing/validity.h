// What makes a case one that can be: the API's rules for records, and the case's own contract.
#ifndef HEADWATER_PROVENANCE_TESTING_VALIDITY_H_
#define HEADWATER_PROVENANCE_TESTING_VALIDITY_H_

#include <string>

#include "provenance/case.h"

namespace headwater::provenance::testing {

// Why there can be no such case; empty where there can.
std::string WhyNotACase(const Case& a_case);

// What is wrong with the citations of one attribution; empty where nothing is.
std::string WhyNotCited(const Case& a_case, Index attribution);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_VALIDITY_H_
