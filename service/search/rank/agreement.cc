#include "search/rank/agreement.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"

namespace headwater::search {
namespace {

bool LooksLikeYear(const std::string& figure) {
  return figure.size() == 4 && (figure[0] == '1' || figure[0] == '2') &&
         figure.find('.') == std::string::npos;
}

std::vector<std::string> Without(const std::set<std::string>& from,
                                 const std::set<std::string>& without) {
  std::vector<std::string> left;
  absl::c_set_difference(from, without, std::back_inserter(left));
  return left;
}

}  // namespace

bool IsNegation(absl::string_view stem, TokenKind kind) {
  if (kind == TokenKind::kSyllable) {
    for (const absl::string_view character : {"不", "没", "沒", "無", "无", "未", "否"}) {
      // A character is in two pairs: it counts where it is the first.
      if (absl::StartsWith(stem, character)) return true;
    }
    return false;
  }
  static const auto* const kWords = new absl::flat_hash_set<std::string>{
      // English; apostrophes are gone
      "not", "no", "never", "none", "neither", "nor", "cannot", "cant", "dont", "doesnt", "didnt",
      "isnt", "wasnt", "arent", "werent", "wont", "wouldnt", "shouldnt", "couldnt", "hasnt",
      "havent", "hadnt", "aint", "without",
      // Vietnamese, bare of marks
      "khong", "chua", "chang",
      // German, Dutch, the Nordic languages
      "nicht", "kein", "keine", "nie", "niet", "geen", "ikke", "inte", "ei",
      // French, Spanish, Portuguese, Italian
      "pas", "jamai", "jamais", "aucun", "nunca", "ningun", "jamas", "nao", "nenhum", "non", "mai",
      "nessun",
      // Russian, Ukrainian, Polish, Czech
      "не", "нет", "ні", "никогда", "ne",
      // Indonesian, Turkish
      "tidak", "bukan", "belum", "degil", "hayir",
      // Arabic, Persian, Hindi, Thai
      "لا", "لم", "لن", "ليس", "ما", "نه", "नहीं", "ไม่"};
  return kWords->contains(std::string(stem));
}

Agreement CompareStatement(const QueryWords& query, const IndexedField& statement) {
  std::set<std::string> asked;
  std::set<std::string> stated;
  size_t query_negations = 0;
  size_t statement_negations = 0;
  for (const QueryWord& word : query.words) {
    if (word.kind == TokenKind::kNumber) asked.insert(word.stem);
    if (IsNegation(word.stem, word.kind)) query_negations += word.places.size();
  }
  for (const IndexedWord& word : statement.words) {
    if (word.kind == TokenKind::kNumber) stated.insert(word.stem);
    if (IsNegation(word.stem, word.kind)) ++statement_negations;
  }
  Agreement agreement;
  agreement.query_figures = Without(asked, stated);
  agreement.statement_figures = Without(stated, asked);
  agreement.is_negation_other = query_negations % 2 != statement_negations % 2;
  if (asked.empty() || stated.empty()) return agreement;
  if (agreement.statement_figures.empty()) {
    agreement.figures = Figures::kAgree;
  } else if (agreement.statement_figures.size() < stated.size() ||
             absl::c_all_of(agreement.statement_figures, LooksLikeYear)) {
    agreement.figures = Figures::kPartly;
  } else {
    agreement.figures = Figures::kDiffer;
  }
  return agreement;
}

}  // namespace headwater::search
