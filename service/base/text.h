// Unicode text as Headwater keeps it: UTF-8, NFC, without surprises. Nothing here keeps state; any
// thread may call. Texts are shorter than 2 GiB.
// "Requires UTF-8": on other bytes the answer means nothing, but the call is safe.
#ifndef HEADWATER_BASE_TEXT_H_
#define HEADWATER_BASE_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater {

// Whether `text` is UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above
// U+10FFFF.
bool IsValidUtf8(absl::string_view text);

// Whether more than a hundred characters in a row belong to the one before them, as marks do upon
// marks. No script has such; to normalize them takes time that grows with the square of their
// number. Requires UTF-8.
bool HasTooManyMarks(absl::string_view text);

// Whether `text` is in Normalization Form C; of what HasTooManyMarks that is not asked, and not so.
// Requires UTF-8.
bool IsNfc(absl::string_view text);

// `text` in Normalization Form C. Requires UTF-8; ill-formed sequences stay as they are. Slow where
// HasTooManyMarks.
std::string ToNfc(absl::string_view text);

// The key under which a name or an alias is looked up, equal for names that readers take for the
// same: compatibility forms and case folded (NFKC_Casefold), Latin letters bare of marks and
// strokes ("Đặng" is "dang", "Łódź" is "lodz", "Ærø" is "aero"), runs of whitespace one space, none
// at the ends. Marks of other scripts stay: they tell letters apart there. FoldKey(FoldKey(x)) ==
// FoldKey(x). Of too many marks the first hundred count. May be empty. Requires UTF-8; ill-formed
// sequences become U+FFFD.
std::string FoldKey(absl::string_view text);

// A C0 or C1 control or DEL: what a name of a single line may not hold. Requires UTF-8.
bool HasDisallowedControls(absl::string_view text);

// The same for text of several lines: '\n' and '\t' may stand ('\r' not). Requires UTF-8.
bool HasControlCharacters(absl::string_view text);

// Embeddings, overrides and isolates of writing direction (U+202A-202E, U+2066-2069): they have
// uses in text of mixed scripts, and can make a name look like another. Requires UTF-8.
bool HasBidiControls(absl::string_view text);

// The separators that break a line without being controls, U+2028 and U+2029. Requires UTF-8.
bool HasLineSeparators(absl::string_view text);

// Whether white space, of whatever script, stands first or last in `text`; whether there is nothing
// else in it. Both hold of no empty text. Requires UTF-8.
bool HasOuterWhiteSpace(absl::string_view text);
bool IsBlank(absl::string_view text);

// How many code points `text` is long. Requires UTF-8.
size_t CodePoints(absl::string_view text);

// Where in bytes the code point with that many before it begins, up to the end included; nullopt
// beyond it. Requires UTF-8.
std::optional<size_t> CodePointToByte(absl::string_view text, size_t code_point_offset);

}  // namespace headwater

#endif  // HEADWATER_BASE_TEXT_H_
