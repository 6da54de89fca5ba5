// The form under which words meet however they are typed. Keeps no state; any thread may call.
#ifndef HEADWATER_SEARCH_TEXT_FOLD_H_
#define HEADWATER_SEARCH_TEXT_FOLD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::search {

// headwater::FoldKey, and besides: Greek letters bare of marks, Cyrillic ones of stress marks and
// of the dots of "ё", Arabic and Hebrew ones of vowel signs; Arabic letters that are often written
// for one another are one (alef with and without hamza, final ya and alef maqsura, ta marbuta and
// ha), the lengthening stroke, apostrophes and invisible characters are dropped.
// FoldWord(FoldWord(x)) == FoldWord(x). May be empty. Requires UTF-8; ill-formed sequences become
// U+FFFD.
std::string FoldWord(absl::string_view word);

// The folded word in Latin letters, whatever its script, as ICU writes it: "Рейтер" is "rejter",
// "路透社" is "lu tou she". For comparing how names of several scripts sound, roughly. Requires
// UTF-8.
std::string LatinWord(absl::string_view word);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_FOLD_H_
