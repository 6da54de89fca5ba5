// The line under a post that says whose it is.
#ifndef HEADWATER_SEARCH_TEXT_BYLINE_H_
#define HEADWATER_SEARCH_TEXT_BYLINE_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace headwater::search {

// Where the parts of a byline begin that ends a text, in bytes.
struct Byline {
  size_t begin = 0;   // its dash
  size_t handle = 0;  // what stands in brackets behind the name
  size_t behind = 0;  // what follows the handle: the date, as a rule
};

// Finds it as posts carry it wherever they are embedded or copied from: "… — Jane Doe (@jane) May
// 6, 2025". All parts are at the text's end where it has none.
Byline FindByline(absl::string_view text);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_BYLINE_H_
