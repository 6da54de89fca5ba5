#include "database/finding/match_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "database/questions/weighed.h"

namespace headwater::database {
namespace {

using search::Field;

absl::string_view WordFor(Field field) {
  switch (field) {
    case Field::kTranslation:
      return "A translation of it";
    case Field::kReviewed:
      return "What a review says was claimed";
    case Field::kQuote:
      return "A quote of it";
    default:
      return "Its text";
  }
}

}  // namespace

std::string MatchReason(const search::Match& match, absl::string_view statement,
                        absl::Span<const search::Token> tokens) {
  if (match.is_same_text) return "One of its texts is the statement, word for word.";
  std::vector<std::string> words;  // as they stand in the statement, the weightiest first
  for (const std::string& stem : match.shared) {
    const auto token = std::find_if(tokens.begin(), tokens.end(), [&](const search::Token& each) {
      return each.stem == stem && each.end > each.begin;
    });
    if (token == tokens.end()) continue;
    std::string word =
        absl::StrCat("\"", statement.substr(token->begin, token->end - token->begin), "\"");
    if (std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(std::move(word));
  }
  if (words.empty() && match.cosine && match.shared.empty())
    return "It has no word of the statement.";
  if (words.empty()) return absl::StrCat(WordFor(match.field), " has words like the statement's.");
  return absl::StrCat(WordFor(match.field), " and the statement agree best; in common are ",
                      AndList(words), ".");
}

void AddNearReason(double cosine, const v1::Embedding& embedding, v1::ClaimMatch* out) {
  out->set_reason(absl::StrCat(out->reason(), " Its vector lies near the statement's (",
                               embedding.model(), ", cosine ", absl::StrFormat("%.2f", cosine),
                               ")."));
}

void AddMismatches(const search::Match& match, v1::ClaimMatch* out) {
  const search::Agreement& agreement = match.agreement;
  if (agreement.figures == search::Figures::kDiffer) {
    v1::Mismatch* const mismatch = out->add_mismatches();
    mismatch->set_kind(v1::MISMATCH_KIND_FIGURES);
    for (const std::string& figure : agreement.query_figures)
      mismatch->add_statement_figures(figure);
    for (const std::string& figure : agreement.statement_figures)
      mismatch->add_claim_figures(figure);
    mismatch->set_reason(absl::StrCat("The statement gives ", AndList(agreement.query_figures),
                                      " where the claim gives ",
                                      AndList(agreement.statement_figures), "."));
  }
  if (agreement.is_negation_other) {
    v1::Mismatch* const mismatch = out->add_mismatches();
    mismatch->set_kind(v1::MISMATCH_KIND_NEGATION);
    mismatch->set_reason("One of the two denies what the other states, as far as words tell.");
  }
}

}  // namespace headwater::database
