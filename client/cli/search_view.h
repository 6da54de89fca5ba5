// What a search found, as people read it.
#ifndef HEADWATER_CLI_SEARCH_VIEW_H_
#define HEADWATER_CLI_SEARCH_VIEW_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "cli/terminal.h"
#include "headwater/v1/search.pb.h"

namespace headwater::cli {

// The results, numbered, then the facets, a line for each field.
void PrintSearch(std::ostream& out, const Terminal& terminal,
                 const v1::SearchClaimsResponse& response);

// What to type next: names that may have been meant, what to try where nothing was found, how to
// see more. Empty where there is nothing to say.
std::string SearchAdvice(absl::string_view query, const v1::SearchClaimsResponse& response);

// The text as one word of a shell: in single quotes where it has to be.
std::string ShellWord(absl::string_view text);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_SEARCH_VIEW_H_
