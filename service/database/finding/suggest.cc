#include "database/finding/suggest.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "search/index/indexed.h"
#include "search/index/name_rows.h"
#include "search/rank/query_words.h"

namespace headwater::database {
namespace {

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr int kMostSuggestions = 5;
constexpr size_t kMostTyped = 8;  // words and pairs of words
constexpr size_t kMostNames = 3;  // for each
constexpr keys::Corpus kNamed[] = {keys::Corpus::kSources, keys::Corpus::kClaims};

// What was typed, and whether it is a filter's value, where a name with spaces needs quotation
// marks.
struct Typed {
  std::string text;
  bool is_value = false;
};

class Suggester {
 public:
  Suggester(const IndexPoint& point, const v1::SearchClaimsRequest& request,
            search::Analyzer* analyzer, v1::SearchClaimsResponse* response)
      : point_(point), request_(request), analyzer_(*analyzer), response_(*response) {}

  absl::Status Run(const search::ParsedQuery& query) {
    std::vector<Typed> typed;
    for (const search::QueryFilter& filter : query.filters) {
      if (filter.field == search::FilterField::kSource ||
          filter.field == search::FilterField::kAbout) {
        typed.push_back({filter.value, true});
      }
    }
    HW_RETURN_IF_ERROR(AddWords(query.text, &typed));
    if (typed.size() > kMostTyped) typed.resize(kMostTyped);
    for (const Typed& each : typed) HW_RETURN_IF_ERROR(Suggest(each));
    return absl::OkStatus();
  }

 private:
  // Words that no claim has, each with a neighbour first: "Financal Times" is meant as a whole.
  absl::Status AddWords(const std::string& text, std::vector<Typed>* typed) {
    std::vector<search::Token> words = analyzer_.Analyze(
        text, request_.language().empty() ? "und" : absl::string_view(request_.language()));
    std::erase_if(words, [](const search::Token& word) {
      return word.kind != search::TokenKind::kWord || word.end <= word.begin;
    });
    std::vector<std::string> terms;
    for (const search::Token& word : words) terms.push_back(search::WordTerm(word.stem));
    HW_ASSIGN_OR_RETURN(
        const std::vector<std::string> heads,
        search::ReadHeads(point_.snapshot(), keys::Corpus::kClaims, terms, kMayWait));
    const auto between = [&](size_t first, size_t last) {
      return Typed{text.substr(words[first].begin, words[last].end - words[first].begin)};
    };
    for (size_t i = 0; i < words.size(); ++i) {
      if (!heads[i].empty()) continue;
      if (i + 1 < words.size()) typed->push_back(between(i, i + 1));
      if (i > 0) typed->push_back(between(i - 1, i));
      typed->push_back(between(i, i));
    }
    return absl::OkStatus();
  }

  absl::Status Suggest(const Typed& typed) {
    std::vector<search::SimilarName> all;
    for (const keys::Corpus corpus : kNamed) {
      HW_ASSIGN_OR_RETURN(
          const std::vector<search::SimilarName> similar,
          search::FindSimilarNames(point_.snapshot(), corpus, typed.text, kMostNames, kMayWait));
      all.insert(all.end(), similar.begin(), similar.end());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const search::SimilarName& a, const search::SimilarName& b) {
                       return a.distance < b.distance;
                     });
    // Somebody is called so.
    if (!all.empty() && all.front().distance == 0) return absl::OkStatus();
    for (const search::SimilarName& name : all) {
      if (response_.suggestions_size() == kMostSuggestions) break;
      if (!seen_.insert(FoldKey(name.name)).second) continue;
      v1::NameSuggestion* const suggestion = response_.add_suggestions();
      suggestion->set_typed(typed.text);
      suggestion->set_name(name.name);
      suggestion->set_query(Replaced(typed, name.name));
    }
    return absl::OkStatus();
  }

  std::string Replaced(const Typed& typed, const std::string& name) const {
    std::string query = request_.query();
    const size_t at = query.find(typed.text);
    if (at == std::string::npos) return name;
    const bool is_quoted = at > 0 && query[at - 1] == '"';
    const bool needs_quotes = typed.is_value && !is_quoted && name.find(' ') != std::string::npos;
    return query.replace(at, typed.text.size(),
                         needs_quotes ? absl::StrCat("\"", name, "\"") : name);
  }

  const IndexPoint& point_;
  const v1::SearchClaimsRequest& request_;
  search::Analyzer& analyzer_;
  v1::SearchClaimsResponse& response_;
  std::set<std::string> seen_;  // names suggested, folded
};

}  // namespace

absl::Status AddSuggestions(const IndexPoint& point, const v1::SearchClaimsRequest& request,
                            const search::ParsedQuery& query, search::Analyzer* analyzer,
                            v1::SearchClaimsResponse* response) {
  return Suggester(point, request, analyzer, response).Run(query);
}

}  // namespace headwater::database
