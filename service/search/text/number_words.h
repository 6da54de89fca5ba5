// Words that stand behind figures. For number.cc.
#ifndef HEADWATER_SEARCH_TEXT_NUMBER_WORDS_H_
#define HEADWATER_SEARCH_TEXT_NUMBER_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::search {

// How many zeros the folded word adds to the figure before it; 0 where it adds none.
int ZerosOf(absl::string_view folded, const std::string& language);

// The same for what is written right behind the digits, as it stands: "15k", "3bn". `is_money`
// where a currency's sign stands before them: "$5m" are millions, "5m" may be metres.
int ZerosOfSuffix(absl::string_view letters, bool is_money, const std::string& language);

// The same for the character of Chinese, Japanese or Korean writing at the front of `text`, and in
// `*size` how many bytes it takes.
int ZerosOfIdeograph(absl::string_view text, size_t* size);

// Whether the folded word, or two joined by a space, say "percent".
bool IsPercent(absl::string_view folded);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_NUMBER_WORDS_H_
