// Code points of a text, one after the other. For the files beside this one.
#ifndef HEADWATER_SEARCH_TEXT_DECODE_H_
#define HEADWATER_SEARCH_TEXT_DECODE_H_

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace headwater::search {

// The code point at `at`, and in `*next` where the next one begins. U+FFFD for ill-formed bytes, 0
// at the end, where `*next` is the end too.
inline UChar32 CodePointAt(absl::string_view text, size_t at, size_t* next) {
  if (at >= text.size()) {
    *next = text.size();
    return 0;
  }
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  if (bytes[at] < 0x80) {
    *next = at + 1;
    return bytes[at];
  }
  auto i = static_cast<int32_t>(at);
  UChar32 c;
  U8_NEXT_OR_FFFD(bytes, i, static_cast<int32_t>(text.size()), c);
  *next = static_cast<size_t>(i);
  return c;
}

inline UChar32 CodePointAt(absl::string_view text, size_t at) {
  size_t next;
  return CodePointAt(text, at, &next);
}

inline bool IsAsciiLetter(UChar32 c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
inline bool IsLetter(UChar32 c) {
  return c < 0x80 ? IsAsciiLetter(c) : static_cast<bool>(u_isalpha(c));
}
inline bool IsDigit(UChar32 c) {
  return c < 0x80 ? c >= '0' && c <= '9' : u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
}
inline bool IsMarkOrJoiner(UChar32 c) {
  if (c < 0x80) return false;
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || c == 0x200d ||
         c == 0x200c;
}
inline bool IsUpper(UChar32 c) {
  return c < 0x80 ? c >= 'A' && c <= 'Z' : static_cast<bool>(u_isUUppercase(c));
}
inline bool IsApostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x02bc; }

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_DECODE_H_
