// The part of a text that shows why it was found.
#ifndef HEADWATER_SEARCH_QUERY_SNIPPET_H_
#define HEADWATER_SEARCH_QUERY_SNIPPET_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "search/text/analyzer.h"
#include "search/text/links.h"

namespace headwater::search {

struct Snippet {
  std::string text;              // a part of the text, letter for letter
  std::vector<Span> highlights;  // in `text`, in bytes; ascending, apart from one another
  bool is_cut_before = false;    // more of the text stands before it, behind it
  bool is_cut_behind = false;
};

// The part of `text`, of at most `most_bytes` (one word at least), in which most different ones of
// `stems` are, cut between words. Where none is, its beginning. `language` is a tag of BCP 47.
Snippet MakeSnippet(absl::string_view text, absl::string_view language,
                    const std::set<std::string>& stems, size_t most_bytes, Analyzer* analyzer);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_QUERY_SNIPPET_H_
