// Language tags, BCP 47.
#ifndef HEADWATER_BASE_LANGUAGE_H_
#define HEADWATER_BASE_LANGUAGE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater {

// Longer tags are refused, well-formed or not.
inline constexpr size_t kMaxLanguageTagLength = 64;

// Whether `tag` is well-formed in any casing: "vi", "zh-Hant-TW", "de-CH-1996", "x-house".
// Well-formed does not mean registered: "xx" passes. Extensions must follow their own grammar too:
// a tag that ICU can read but not write ("en-a-true") is refused.
bool IsLanguageTag(absl::string_view tag);

// The one spelling of a tag: canonical casing and order, deprecated subtags replaced ("VI" is "vi",
// "zh-hant-tw" is "zh-Hant-TW", "iw" is "he"). Empty unless IsLanguageTag(tag); canonical tags come
// back as they are.
std::string CanonicalLanguageTag(absl::string_view tag);

}  // namespace headwater

#endif  // HEADWATER_BASE_LANGUAGE_H_
