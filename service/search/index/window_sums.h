// Sums by place in a window of numbers. Places that nothing was added to cost nothing, however many
// there are.
#ifndef HEADWATER_SEARCH_INDEX_WINDOW_SUMS_H_
#define HEADWATER_SEARCH_INDEX_WINDOW_SUMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "search/index/restriction_gate.h"

namespace headwater::search {

class WindowSums {
 public:
  WindowSums() : sums_(Window::kSize, 0), places_(Window::kSize + 1) {}

  uint64_t& operator[](uint32_t offset) { return sums_[offset]; }
  uint64_t operator[](uint32_t offset) const { return sums_[offset]; }

  // Adds to each number, all of them within the window that begins at `begin`, `weight` times its
  // impact.
  void Add(absl::Span<const uint32_t> numbers, absl::Span<const uint8_t> impacts, uint64_t begin,
           uint64_t weight) {
    for (size_t i = 0; i < numbers.size(); ++i) {
      const auto offset = static_cast<uint32_t>(numbers[i] - begin);
      const uint64_t more = weight * impacts[i];
      places_[count_] = offset;  // stays if it is new
      count_ += static_cast<size_t>(sums_[offset] == 0) & static_cast<size_t>(more != 0);
      sums_[offset] += more;
    }
  }

  // The offsets of those that are not 0, each once, in no particular order.
  absl::Span<const uint32_t> places() const { return {places_.data(), count_}; }

  // All are 0 again.
  void Clear() {
    for (const uint32_t offset : places()) sums_[offset] = 0;
    count_ = 0;
  }

 private:
  std::vector<uint64_t> sums_;
  std::vector<uint32_t> places_;  // one more than there are, for what does not stay
  size_t count_ = 0;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_INDEX_WINDOW_SUMS_H_
