// Makes a case that shows a mistake as small as it can be.
#ifndef HEADWATER_PROVENANCE_TESTING_SHRINK_H_
#define HEADWATER_PROVENANCE_TESTING_SHRINK_H_

#include <functional>

#include "provenance/case.h"

namespace headwater::provenance::testing {

// The case without one attribution, document, source, citation or remark after the other, as long
// as it can be and `still` holds of it. Requires that it holds of the case given.
Case Shrunk(Case a_case, const std::function<bool(const Case&)>& still);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_SHRINK_H_
