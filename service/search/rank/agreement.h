// Whether two texts that say much the same also agree in their figures, and in whether they deny.
#ifndef HEADWATER_SEARCH_RANK_AGREEMENT_H_
#define HEADWATER_SEARCH_RANK_AGREEMENT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "search/index/indexed.h"
#include "search/rank/query_words.h"

namespace headwater::search {

enum class Figures {
  kNone,    // one of the two has none
  kAgree,   // all of the statement's figures are in the query
  kPartly,  // some are, or those that differ look like dates
  kDiffer   // none is: the same statement, perhaps, with another figure
};

struct Agreement {
  Figures figures = Figures::kNone;
  std::vector<std::string> query_figures;      // those that the other lacks; ascending
  std::vector<std::string> statement_figures;  // likewise
  // One of the two denies, by an odd number of words that do, and the other does not.
  bool is_negation_other = false;
};

Agreement CompareStatement(const QueryWords& query, const IndexedField& statement);

// Whether a stem is a word that denies, in one of the languages known here.
bool IsNegation(absl::string_view stem, TokenKind kind);

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_AGREEMENT_H_
