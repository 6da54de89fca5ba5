// Language tags: input is one.
#include "absl/strings/ascii.h"
#include "base/language.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  const bool is_tag = IsLanguageTag(input);
  const std::string canonical = CanonicalLanguageTag(input);
  HW_HOLDS(is_tag == !canonical.empty());
  if (!is_tag) return;
  HW_HOLDS(input.size() <= kMaxLanguageTagLength);
  for (const char c : input) HW_HOLDS(absl::ascii_isalnum(c) || c == '-');
  // One spelling, whatever it was made from.
  HW_HOLDS(CanonicalLanguageTag(absl::AsciiStrToLower(input)) == canonical);
  HW_HOLDS(CanonicalLanguageTag(absl::AsciiStrToUpper(input)) == canonical);
  if (canonical.size() > kMaxLanguageTagLength) return;
  HW_HOLDS(IsLanguageTag(canonical));
  HW_HOLDS(CanonicalLanguageTag(canonical) == canonical);
}

}  // namespace headwater::fuzz
