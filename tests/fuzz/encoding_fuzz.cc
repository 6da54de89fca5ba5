// Numbers and strings inside values, and strings inside keys: input is read as a stream of the
// former; its two lines are compared as the latter.
#include "fuzz/fuzz.h"
#include "keys/encoding.h"

namespace headwater::fuzz {
namespace {

std::string Closed(absl::string_view text) {
  std::string closed;
  keys::AppendClosed(text, &closed);
  return closed;
}

void TryStream(absl::string_view input) {
  uint64_t number;
  for (absl::string_view in = input; keys::TakeVarint(&in, &number);) {
    std::string again;
    keys::AppendVarint(number, &again);
    absl::string_view rest = again;
    uint64_t second = 0;
    HW_HOLDS(keys::TakeVarint(&rest, &second) && rest.empty() && second == number);
    HW_HOLDS(again.size() <= 10);
  }
  absl::string_view bytes;
  for (absl::string_view in = input; keys::TakeSized(&in, &bytes);) {
    HW_HOLDS(bytes.data() >= input.data() &&
             bytes.data() + bytes.size() <= input.data() + input.size());
  }
}

void TryOrder(absl::string_view a, absl::string_view b) {
  constexpr size_t kKept = 64;  // of long ones, only so much is in order
  const std::string x = Closed(a);
  const std::string y = Closed(b);
  HW_HOLDS((a == b) == (x == y));
  if (a != b) HW_HOLDS(x.rfind(y, 0) != 0 && y.rfind(x, 0) != 0);
  if (a.substr(0, kKept) != b.substr(0, kKept)) HW_HOLDS((a < b) == (x < y));
  HW_HOLDS(x.size() <= 2 * 96 + 2);
}

}  // namespace

void Try(absl::string_view input) {
  TryStream(input);
  const Parts parts = Split(input);
  TryOrder(parts.first, parts.second);
  const std::string end = keys::PrefixEnd(parts.first);
  if (!end.empty()) HW_HOLDS(parts.first < end && std::string(parts.first) + "\xff" < end);
  if (parts.second < parts.first) HW_HOLDS(end.empty() || parts.second < end);
}

}  // namespace headwater::fuzz
