// What text.h promises of UTF-8 as bytes; text_normal.cc has what needs Unicode's tables.
#include "base/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "absl/strings/string_view.h"

namespace headwater {
namespace {

uint8_t Byte(char c) { return static_cast<uint8_t>(c); }

bool IsContinuation(char c) { return (Byte(c) & 0xc0) == 0x80; }

// How many bytes the code point takes that begins with `lead`, in well-formed text.
size_t LengthFromLead(char lead) {
  const uint8_t byte = Byte(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

// How many bytes the well-formed sequence at the front of `text` takes, or 0 where there is none.
// Only the second byte's range depends on the first (table 3-7 of the Unicode standard). Requires
// !text.empty().
size_t WellFormedLength(absl::string_view text) {
  const uint8_t lead = Byte(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const size_t length = LengthFromLead(text[0]);
  if (text.size() < length) return 0;
  uint8_t low = 0x80;
  uint8_t high = 0xbf;
  if (lead == 0xe0) low = 0xa0;   // overlong
  if (lead == 0xed) high = 0x9f;  // surrogates
  if (lead == 0xf0) low = 0x90;   // overlong
  if (lead == 0xf4) high = 0x8f;  // above U+10FFFF
  if (Byte(text[1]) < low || Byte(text[1]) > high) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (!IsContinuation(text[i])) return 0;
  }
  return length;
}

bool StartsWithEightAscii(absl::string_view text) {
  if (text.size() < 8) return false;
  uint64_t word;
  std::memcpy(&word, text.data(), 8);
  return (word & 0x8080808080808080) == 0;
}

// Calls `is_bad` with every control's code point; whether any is bad.
template <typename IsBad>
bool HasControl(absl::string_view text, IsBad is_bad) {
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t byte = Byte(text[i]);
    if ((byte < 0x20 || byte == 0x7f) && is_bad(byte)) return true;
    if (byte == 0xc2 && i + 1 < text.size() && Byte(text[i + 1]) < 0xa0) {
      if (is_bad(Byte(text[i + 1]))) return true;
    }
  }
  return false;
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (StartsWithEightAscii(text)) {
      text.remove_prefix(8);
      continue;
    }
    const size_t length = WellFormedLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool HasDisallowedControls(absl::string_view text) {
  return HasControl(text, [](uint8_t) { return true; });
}

bool HasControlCharacters(absl::string_view text) {
  return HasControl(text, [](uint8_t control) { return control != '\n' && control != '\t'; });
}

bool HasBidiControls(absl::string_view text) {
  // All of them begin with E2.
  for (size_t i = text.find('\xe2'); i != absl::string_view::npos; i = text.find('\xe2', i + 1)) {
    if (text.size() - i < 3) return false;
    const uint8_t second = Byte(text[i + 1]);
    const uint8_t third = Byte(text[i + 2]);
    if (second == 0x80 && third >= 0xaa && third <= 0xae) return true;
    if (second == 0x81 && third >= 0xa6 && third <= 0xa9) return true;
  }
  return false;
}

size_t CodePoints(absl::string_view text) {
  return text.size() - std::count_if(text.begin(), text.end(), IsContinuation);
}

std::optional<size_t> CodePointToByte(absl::string_view text, size_t code_point_offset) {
  size_t byte = 0;
  size_t passed = 0;
  for (; passed < code_point_offset && byte < text.size(); ++passed)
    byte = std::min(byte + LengthFromLead(text[byte]), text.size());
  if (passed != code_point_offset) return std::nullopt;
  return byte;
}

}  // namespace headwater
