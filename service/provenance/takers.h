// Who takes which stance on a claim, for whoever looks at it from beside.
#ifndef HEADWATER_PROVENANCE_TAKERS_H_
#define HEADWATER_PROVENANCE_TAKERS_H_

#include <vector>

#include "provenance/case.h"

namespace headwater::provenance {

struct Taker {
  Index source = kNone;
  Index attribution = kNone;  // its first for the stance; kNone of a source that is only cited
};

struct Takers {
  bool asserted = false;  // whether an attribution that counts carries that it is so
  // Each source once: those first that said it first, as far as is certain, then those recorded
  // first. In their own names; then those not on record who are cited with the stance; where there
  // is neither, those who pass it on.
  std::vector<Taker> assert;
  std::vector<Taker> deny;
  std::vector<Taker> ask;
};

// By assessment.h's rules. O((attributions + citations) log).
Takers TakersOf(const Case& a_case);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_TAKERS_H_
