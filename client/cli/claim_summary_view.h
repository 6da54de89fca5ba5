// A claim in a few lines, as something that was found.
#ifndef HEADWATER_CLI_CLAIM_SUMMARY_VIEW_H_
#define HEADWATER_CLI_CLAIM_SUMMARY_VIEW_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/terminal.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "headwater/v1/claim_summary.pb.h"

namespace headwater::cli {

using Highlights = google::protobuf::RepeatedPtrField<v1::Highlight>;

// The columns that pages of what was found are wrapped to.
int PageWidth(const Terminal& terminal);

// The text wrapped as by Wrap(), what is highlighted in bold where colours are on. Positions that
// the text does not have are left out.
std::string WrapMarked(const Terminal& terminal, absl::string_view text,
                       const Highlights& highlights, int indent);

// What of the claim's own text the snippets highlight, counted in that text; a snippet that may be
// cut is looked for in it.
Highlights HighlightsOfText(const v1::ClaimSummary& claim,
                            const std::vector<const v1::Snippet*>& snippets);

// Prints the claim's text with the marks of the snippets that are of it, a line with its name,
// standing, lines and flags, `added` at that line's end, then its summary, and each snippet that is
// of another of its texts. All but the first line begin with `indent` spaces.
void PrintClaim(std::ostream& out, const Terminal& terminal, const v1::ClaimSummary& claim,
                const std::vector<const v1::Snippet*>& snippets, int indent,
                absl::string_view added = "");

// "1 claim", "2 claims".
std::string Counted(int count, absl::string_view noun);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_CLAIM_SUMMARY_VIEW_H_
