#include "request_id.h"

#include <cstddef>
#include <cstdint>
#include <random>

namespace headwater::internal {

std::string NewRequestId() {
  // The system's own generator: two processes must never make the same name.
  thread_local std::random_device random;
  constexpr char kDigits[] = "0123456789abcdef";
  std::string id = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  uint32_t bits = 0;
  int left = 0;
  for (char& c : id) {
    if (c != 'x' && c != 'y') continue;
    if (left == 0) {
      bits = random();
      left = 8;
    }
    const uint32_t nibble = bits & 15;
    c = kDigits[c == 'x' ? nibble : (8 | (nibble & 3))];
    bits >>= 4;
    --left;
  }
  return id;
}

}  // namespace headwater::internal
