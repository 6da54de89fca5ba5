// Which rounds a property test makes.
#ifndef HEADWATER_TESTS_INTEGRATION_SEEDS_H_
#define HEADWATER_TESTS_INTEGRATION_SEEDS_H_

#include <cstdint>
#include <functional>

namespace headwater::model {

// Calls `round` with one seed after the other until some seconds are over or the test has failed,
// and says with which seed. HEADWATER_SEED: with that one alone. HEADWATER_LONG: for ten minutes,
// with seeds that nobody chose.
void ForEachSeed(const std::function<void(uint64_t)>& round);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_SEEDS_H_
