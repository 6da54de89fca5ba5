// Words of scripts that are written without spaces.
#ifndef HEADWATER_SEARCH_TEXT_SEGMENT_H_
#define HEADWATER_SEARCH_TEXT_SEGMENT_H_

#include <unicode/brkiter.h>

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "search/text/links.h"

namespace headwater::search {

// Chinese, Japanese and Korean characters: searched by pairs of neighbours, which needs no
// dictionary and finds every name.
bool IsSyllable(int32_t code_point);

// Thai, Lao, Khmer and Burmese ones: words are found by ICU's dictionaries.
bool NeedsDictionary(int32_t code_point);

// Belongs to one thread.
class WordBreaker {
 public:
  // The words in a part of the text, whatever its script. The spans count from the text's begin.
  std::vector<Span> Words(absl::string_view text, Span part);

 private:
  std::unique_ptr<icu::BreakIterator> breaks_;  // made when first needed
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_SEGMENT_H_
