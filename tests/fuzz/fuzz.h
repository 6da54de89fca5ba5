// What every fuzz target includes. A target is one function over bytes; libFuzzer drives it (preset
// `fuzz`), or driver.cc does (every other preset).
#ifndef HEADWATER_TESTS_FUZZ_FUZZ_H_
#define HEADWATER_TESTS_FUZZ_FUZZ_H_

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace headwater::fuzz {

// The target: must end for any input, and abort where a property does not hold.
void Try(absl::string_view input);

// Ends the process, which is how libFuzzer learns of a finding.
[[noreturn]] inline void Fail(const char* file, int line, const char* what) {
  std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
  std::abort();
}

// Splits `input` at its first line feed: for targets that take two things. Without one, all of it
// is the first.
struct Parts {
  absl::string_view first;
  absl::string_view second;
};
inline Parts Split(absl::string_view input) {
  const size_t end = input.find('\n');
  if (end == absl::string_view::npos) return {input, ""};
  return {input.substr(0, end), input.substr(end + 1)};
}

}  // namespace headwater::fuzz

// A property of the input that must hold.
#define HW_HOLDS(condition)                                                    \
  do {                                                                         \
    if (!(condition)) ::headwater::fuzz::Fail(__FILE__, __LINE__, #condition); \
  } while (false)

#endif  // HEADWATER_TESTS_FUZZ_FUZZ_H_
