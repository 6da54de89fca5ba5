// Makes inputs out of inputs, for driver.cc.
#ifndef HEADWATER_TESTS_FUZZ_MUTATE_H_
#define HEADWATER_TESTS_FUZZ_MUTATE_H_

#include <random>
#include <string>
#include <vector>

namespace headwater::fuzz {

// One to eight small changes to an input of the corpus, by chance: bytes flipped, set, taken out,
// doubled and put in; numbers and separators that parsers trip over; pieces of other inputs.
// Requires a corpus that is not empty. The same for the same state of `random`.
std::string Mutated(const std::vector<std::string>& corpus, std::mt19937_64* random);

}  // namespace headwater::fuzz

#endif  // HEADWATER_TESTS_FUZZ_MUTATE_H_
