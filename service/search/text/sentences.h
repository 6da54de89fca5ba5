// An article as its sentences.
#ifndef HEADWATER_SEARCH_TEXT_SENTENCES_H_
#define HEADWATER_SEARCH_TEXT_SENTENCES_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "search/text/links.h"

namespace headwater::search {

// Longer sentences are cut, at a space where there is one.
inline constexpr size_t kMaxSentenceBytes = 2000;

// Where the sentences of `text` are, in bytes and in order, without the white space around them; an
// end of line ends a sentence too. By ICU's rules for `language` (BCP 47); abbreviations that stand
// before a name ("Mr.", "TS.") and single letters end none. Requires UTF-8 shorter than 2 GiB; any
// thread.
std::vector<Span> SplitSentences(absl::string_view text, absl::string_view language);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_SENTENCES_H_
