// Random choices that a seed repeats.
#ifndef HEADWATER_TESTS_INTEGRATION_CHANCE_H_
#define HEADWATER_TESTS_INTEGRATION_CHANCE_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace headwater::model {

// Belongs to one thread at a time.
class Chance {
 public:
  explicit Chance(uint64_t seed) : generator_(seed) {}

  // A number from `least` to `most`, both included.
  int64_t Number(int64_t least, int64_t most) {
    const uint64_t count = static_cast<uint64_t>(most - least) + 1;
    return least + static_cast<int64_t>(generator_() % count);
  }
  // True in `percent` of 100 cases.
  bool Of(int percent) { return Number(1, 100) <= percent; }
  template <class Values>
  auto One(const Values& values) {
    return *(values.begin() + Number(0, static_cast<int64_t>(values.size()) - 1));
  }
  std::string Word(const std::vector<std::string>& words) { return One(words); }

 private:
  std::mt19937_64 generator_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_CHANCE_H_
