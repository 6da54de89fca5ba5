// Unnamed people may be the same, or be the named person who speaks elsewhere: of such origins no
// two make two lines.
#ifndef HEADWATER_PROVENANCE_SAME_PEOPLE_H_
#define HEADWATER_PROVENANCE_SAME_PEOPLE_H_

#include <functional>
#include <vector>

#include "provenance/voices.h"

namespace headwater::provenance {

// Calls `choice` with each largest choice of `origins` (voices, ascending) of which no two might be
// the same people: no other could be added to it. Whoever is best off with some choice is with one
// of these. False where there are too many to call them all: more than 16 origins that might be
// others, and more than 500 choices; then they are the first 500, always the same ones.
bool ForChoicesOfPeople(const Case& a_case, const Voices& voices, const std::vector<Index>& origins,
                        const std::function<void(const std::vector<Index>&)>& choice);

}  // namespace headwater::provenance

#endif  // HEADWATER_PROVENANCE_SAME_PEOPLE_H_
