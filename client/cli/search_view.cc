#include "cli/search_view.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/claim_summary_view.h"
#include "cli/help.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

constexpr int kFacetWidth = 6;  // "source", "stance"

void PrintFacets(std::ostream& out, const Terminal& terminal,
                 const v1::SearchClaimsResponse& response) {
  for (const v1::Facet& facet : response.facets()) {
    if (facet.values().empty()) continue;
    std::vector<std::string> values;
    for (const v1::FacetValue& value : facet.values())
      values.push_back(absl::StrCat(OneLine(value.value()), " (", value.count(), ")"));
    out << terminal.Dim(PadTo(facet.field(), kFacetWidth)) << "  "
        << Wrap(absl::StrJoin(values, ", "), PageWidth(terminal), kFacetWidth + 2) << "\n";
  }
}

// A query that begins with "-" would be read as a flag.
std::string Command(absl::string_view query) {
  return absl::StrCat("headwater search ", !query.empty() && query[0] == '-' ? "-- " : "",
                      ShellWord(query));
}

}  // namespace

std::string ShellWord(absl::string_view text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains("-_./:,@%+", absl::string_view(&c, 1)) ||
           !absl::ascii_isascii(c);
  });
  if (plain) return std::string(text);
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

void PrintSearch(std::ostream& out, const Terminal& terminal,
                 const v1::SearchClaimsResponse& response) {
  const int width = static_cast<int>(absl::StrCat(response.results_size()).size());
  int number = 0;
  for (const v1::SearchResult& result : response.results()) {
    std::vector<const v1::Snippet*> snippets;
    for (const v1::Snippet& snippet : result.snippets()) snippets.push_back(&snippet);
    if (number > 0) out << "\n";
    out << terminal.Dim(PadTo(absl::StrCat(++number), width)) << "  ";
    PrintClaim(out, terminal, result.claim(), snippets, width + 2);
  }
  if (response.facets().empty() || response.results().empty()) return;
  out << "\n";
  PrintFacets(out, terminal, response);
}

std::string SearchAdvice(absl::string_view query, const v1::SearchClaimsResponse& response) {
  std::string advice;
  for (const v1::NameSuggestion& suggestion : response.suggestions()) {
    absl::StrAppend(&advice, "did you mean \"", OneLine(suggestion.name()), "\" by \"",
                    OneLine(suggestion.typed()), "\"?\n  ", Command(OneLine(suggestion.query())),
                    "\n");
  }
  if (response.results().empty()) {
    absl::StrAppend(&advice,
                    "nothing found\n"
                    "  (try fewer words, the beginning of one (engin*), or without filters; for a "
                    "whole sentence `headwater verify`)\n");
  } else if (!response.next_page_token().empty()) {
    absl::StrAppend(&advice, "(there are more: --all, or --limit up to 100)\n");
  }
  return advice;
}

}  // namespace headwater::cli
