// Which steps from one thing to another are part of a circle.
#ifndef HEADWATER_EXCHANGE_LOOPS_H_
#define HEADWATER_EXCHANGE_LOOPS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// Steps, known by their numbers in the order in which they were added. It holds 16 bytes a step,
// and some 60 a step while Found is at work. Things are told apart by 64-bit hashes of their names:
// that two are taken for one is as good as impossible, and then at most makes a circle of none.
class Loops {
 public:
  void Add(absl::string_view from, absl::string_view to);

  // For each step, whether it leads back to where it came from, over others or by itself.
  std::vector<bool> Found() const;

  size_t size() const { return steps_.size(); }

 private:
  std::vector<std::pair<uint64_t, uint64_t>> steps_;
};

// The hash by which names are told apart; the same in one process, not from one to the next.
uint64_t HashOfName(absl::string_view name);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_LOOPS_H_
