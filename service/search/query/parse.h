// What is typed into a search field.
//
//   query    terms apart by white space
//   term     [-] word | [-] word* | [-] "a phrase" | filter
//   filter   [-] source: | about: | tag: | lang: | stance: | standing: value   value: word or "…"
//            after: | before: date
//
// A word with a colon whose front is none of these names is a word. A quotation mark that is not
// closed closes at the end.
#ifndef HEADWATER_SEARCH_QUERY_PARSE_H_
#define HEADWATER_SEARCH_QUERY_PARSE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::search {

inline constexpr size_t kMaxQueryBytes = 4096;
inline constexpr size_t kMaxQueryParts = 64;

enum class FilterField : uint8_t { kSource, kAbout, kTag, kLanguage, kStance, kStanding };

struct QueryFilter {
  FilterField field = FilterField::kSource;
  std::string value;
  bool is_negated = false;

  friend bool operator==(const QueryFilter&, const QueryFilter&) = default;
};

// A typed query. Who executes which part: words, phrases, excluded ones and prefixes the index
// (see evaluate.h); filters whoever knows the records, as terms that it gave the index, or by
// looking at what is found.
struct ParsedQuery {
  std::string text;                   // the words alone, in order: what is ranked by
  std::vector<std::string> phrases;   // each has to be there, word by word; they are in `text` too
  std::vector<std::string> prefixes;  // of each, a word that begins so has to be there
  std::vector<std::string> excluded;  // words and phrases that must not be there
  std::vector<std::string> excluded_prefixes;
  std::vector<QueryFilter> filters;  // of one field, not negated: one of them; else all
  std::string after;                 // EDTF as typed; empty: no bound
  std::string before;
  std::string not_after;  // of "-after:", "-before:"
  std::string not_before;

  // Whether there is anything to rank by.
  bool has_words() const { return !text.empty() || !prefixes.empty(); }
};

// Errors: kInvalidArgument, in words for who typed it, where the query is longer than
// kMaxQueryBytes, has more than kMaxQueryParts parts, no UTF-8, or a filter has no value.
absl::StatusOr<ParsedQuery> ParseQuery(absl::string_view query);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_QUERY_PARSE_H_
