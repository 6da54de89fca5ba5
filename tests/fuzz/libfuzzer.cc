// Lets libFuzzer drive a target.
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  headwater::fuzz::Try(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
