// Which language a text is in (CLD2).
#ifndef HEADWATER_SEARCH_TEXT_DETECT_H_
#define HEADWATER_SEARCH_TEXT_DETECT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::search {

struct DetectedLanguage {
  std::string language;  // as PrimaryLanguage writes it; empty where nothing was recognized
  bool is_certain = false;
};

// What most of the text is in. Short texts are seldom certain. The same text always has the same
// answer. Any thread. Requires UTF-8; other text has no language.
DetectedLanguage DetectLanguage(absl::string_view text);

// The language to read a text by that is said to be in `tag`: that of the tag, or where it says
// nothing ("und", "mul", "zxx", empty) what is detected.
std::string LanguageToReadBy(absl::string_view tag, absl::string_view text);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_DETECT_H_
