// Text by Unicode's tables, for readers of files that others wrote. Thread-safe.
#ifndef HEADWATER_EXCHANGE_UNICODE_H_
#define HEADWATER_EXCHANGE_UNICODE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// The text with U+FFFD for whatever is not UTF-8 in it.
std::string ToUtf8(absl::string_view bytes);
bool IsUtf8(absl::string_view bytes);

// Normalization Form C. Requires UTF-8, as all below.
std::string ToNfc(absl::string_view text);
bool IsNfc(absl::string_view text);

// Compatibility forms and case folded (NFKC_Casefold), then NFC; white space collapsed and trimmed.
std::string Folded(absl::string_view text);

// The same, with Latin letters bare of marks and strokes ("Đặng" is "dang").
std::string FoldedBare(absl::string_view text);

// Without white space and invisible format characters (U+200F and the like) at both ends.
absl::string_view Trimmed(absl::string_view text);

// Trimmed, with each run of white space and controls one space.
std::string Collapsed(absl::string_view text);

// Without punctuation and white space at both ends; symbols such as % and $ stay.
absl::string_view WithoutOuterPunctuation(absl::string_view text);

// Code points, and the first `most` of them.
size_t CodePoints(absl::string_view text);
absl::string_view FirstCodePoints(absl::string_view text, size_t most);

// Up to `most` code points: a longer text ends in "…".
std::string Shortened(absl::string_view text, size_t most);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_UNICODE_H_
