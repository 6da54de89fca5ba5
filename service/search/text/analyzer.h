// A text as what it is found by.
#ifndef HEADWATER_SEARCH_TEXT_ANALYZER_H_
#define HEADWATER_SEARCH_TEXT_ANALYZER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "search/text/dates.h"
#include "search/text/segment.h"
#include "search/text/stemmer.h"
#include "search/text/token.h"

namespace headwater::search {

// Words longer than this many bytes, once folded, are cut: nobody types them.
inline constexpr size_t kMaxWordBytes = 64;

// Takes texts apart. Belongs to one thread; making one is cheap, but its stemmers and dictionaries
// are loaded when first needed, so keep it.
class Analyzer {
 public:
  // The tokens of `text` in the order in which they stand. `language` is a tag of BCP 47; for "und"
  // the language is detected. The same arguments always give the same tokens. Requires UTF-8 (other
  // bytes are no part of any word) shorter than 4 GiB.
  std::vector<Token> Analyze(absl::string_view text, absl::string_view language);

  // The same in a language as PrimaryLanguage writes it; empty: in none that is known.
  std::vector<Token> AnalyzeAs(absl::string_view text, const std::string& language);

  // The stem of a folded word, as Analyze makes it. `language` as PrimaryLanguage writes it.
  std::string Stem(absl::string_view folded, const std::string& language);

 private:
  Stemmers stemmers_;
  WordBreaker breaker_;
  DateReader dates_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_ANALYZER_H_
