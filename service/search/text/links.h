// Web addresses, hashtags and handles, taken apart.
#ifndef HEADWATER_SEARCH_TEXT_LINKS_H_
#define HEADWATER_SEARCH_TEXT_LINKS_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace headwater::search {

// A part of a text, in bytes: [first, second).
using Span = std::pair<size_t, size_t>;

// Where the web address ends that begins at `at`; `at` itself where none does. What has a scheme,
// begins with "www." or is a host with a path is one; "ft.com" alone is two words.
size_t LinkEnd(absl::string_view text, size_t at);

// The words of the address: its host's labels but for the last, and what reads like words in its
// path. What an address shortener made up is none.
std::vector<Span> LinkWords(absl::string_view text, Span link);

// The words written together in a hashtag or handle: "AustralianFires", "CBCNews2020", "to_day".
std::vector<Span> SplitCompound(absl::string_view text, Span compound);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_LINKS_H_
