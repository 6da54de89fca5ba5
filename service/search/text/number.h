// Figures in one spelling, however they are written.
#ifndef HEADWATER_SEARCH_TEXT_NUMBER_H_
#define HEADWATER_SEARCH_TEXT_NUMBER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::search {

struct ScannedNumber {
  // Plain digits, a point before decimals, no zeros that say nothing: "163000000", "7.5", "0".
  std::string value;
  // One past its last byte, the words that multiply it included.
  size_t end = 0;
  // Where the sign or the words for "percent" end; equal to `end` where there are none.
  size_t percent_end = 0;
};

// The figure that begins at `at`, where a digit of whatever script must stand, in a text of
// `language` (PrimaryLanguage, may be empty): "163 triệu", "163 million" and "163.000.000" are one.
// What three digits behind one point or comma mean, the language decides. Signs are not read.
// nullopt where digits begin a word ("5G"); "21st" is a figure.
std::optional<ScannedNumber> ScanNumber(absl::string_view text, size_t at,
                                        const std::string& language);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_NUMBER_H_
