// Small cases of every kind, made at random as the API would accept them.
#ifndef HEADWATER_PROVENANCE_TESTING_RANDOM_CASE_H_
#define HEADWATER_PROVENANCE_TESTING_RANDOM_CASE_H_

#include <cstdint>
#include <random>

#include "provenance/case.h"

namespace headwater::provenance::testing {

// Of 2 to 7 sources, 1 to 4 documents, 1 to 9 attributions, 1 to 3 claims. The same seed makes the
// same case.
Case RandomCase(uint64_t seed);

// The case with one more attribution, told in a document of its own: not first-hand, standing,
// citing one or more of those there and nothing else. It comes last in the lists.
Case WithAnEcho(const Case& a_case, std::mt19937_64* random);

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_RANDOM_CASE_H_
