// How much room text takes on a terminal.
#ifndef HEADWATER_CLI_WIDTH_H_
#define HEADWATER_CLI_WIDTH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::cli {

// The columns that UTF-8 text takes in a fixed-width font: two for East Asian wide and full-width
// characters and for emoji, none for combining marks and invisible characters. Counted by grapheme
// clusters, so "é" of two code points is one, a family emoji two.
int DisplayWidth(absl::string_view text);

// The text if it takes no more than `width` columns, else its beginning and "…", never cut inside a
// grapheme cluster. `width` is at least 1.
std::string Truncate(absl::string_view text, int width);

// The text with spaces after it up to `width` columns; longer text as it is.
std::string PadTo(absl::string_view text, int width);

// The text as one line that cannot move the cursor: line ends and tabs become spaces, other control
// characters "�".
std::string OneLine(absl::string_view text);

// The same with its line ends kept.
std::string Harmless(absl::string_view text);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_WIDTH_H_
