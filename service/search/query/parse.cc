#include "search/query/parse.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/text.h"

namespace headwater::search {
namespace {

struct NamedFilter {
  absl::string_view name;
  FilterField field;
};
constexpr NamedFilter kFilters[] = {
    {"source", FilterField::kSource}, {"about", FilterField::kAbout},
    {"tag", FilterField::kTag},       {"lang", FilterField::kLanguage},
    {"stance", FilterField::kStance}, {"standing", FilterField::kStanding},
};

// What opens and closes a phrase: straight, and as typesetters and keyboards make of it.
constexpr absl::string_view kQuotes[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                         "\xe2\x80\x9e", "\xc2\xab",     "\xc2\xbb"};

class Parser {
 public:
  explicit Parser(absl::string_view rest) : rest_(rest) {}

  absl::StatusOr<ParsedQuery> Run() {
    for (SkipSpace(); !rest_.empty(); SkipSpace()) {
      if (++parts_ > kMaxQueryParts) {
        return absl::InvalidArgumentError(
            absl::StrCat("a query has at most ", kMaxQueryParts, " words, phrases and filters"));
      }
      HW_RETURN_IF_ERROR(TakePart());
    }
    return std::move(query_);
  }

 private:
  void SkipSpace() {
    while (!rest_.empty() && absl::ascii_isspace(rest_.front())) rest_.remove_prefix(1);
  }

  size_t QuoteSize() const {
    for (const absl::string_view quote : kQuotes) {
      if (rest_.substr(0, quote.size()) == quote) return quote.size();
    }
    return 0;
  }

  // Requires a quotation mark in front.
  std::string TakeQuoted() {
    rest_.remove_prefix(QuoteSize());
    std::string phrase;
    while (!rest_.empty()) {
      if (const size_t size = QuoteSize(); size > 0) {
        rest_.remove_prefix(size);
        break;
      }
      phrase.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    return std::string(absl::StripAsciiWhitespace(phrase));
  }

  std::string TakeWord() {
    std::string word;
    while (!rest_.empty() && !absl::ascii_isspace(rest_.front()) && QuoteSize() == 0) {
      word.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    return word;
  }

  absl::Status TakePart() {
    bool is_negated = false;
    if (rest_.size() > 1 && rest_.front() == '-' && !absl::ascii_isspace(rest_[1])) {
      is_negated = true;
      rest_.remove_prefix(1);
    }
    if (QuoteSize() > 0) {
      AddPhrase(TakeQuoted(), is_negated);
      return absl::OkStatus();
    }
    std::string word = TakeWord();
    const size_t colon = word.find(':');
    if (colon != std::string::npos) {
      const std::string name = absl::AsciiStrToLower(word.substr(0, colon));
      const std::optional<FilterField> field = FieldOf(name);
      if (field || name == "after" || name == "before") {
        std::string value = word.substr(colon + 1);
        if (value.empty() && QuoteSize() > 0) value = TakeQuoted();
        if (value.empty()) {
          return absl::InvalidArgumentError(absl::StrCat("the filter ", name, ": has no value"));
        }
        AddFilter(name, field, std::move(value), is_negated);
        return absl::OkStatus();
      }
    }
    AddWord(std::move(word), is_negated);
    return absl::OkStatus();
  }

  static std::optional<FilterField> FieldOf(absl::string_view name) {
    for (const NamedFilter& filter : kFilters) {
      if (filter.name == name) return filter.field;
    }
    return std::nullopt;
  }

  void AddFilter(absl::string_view name, std::optional<FilterField> field, std::string value,
                 bool is_negated) {
    if (field) {
      query_.filters.push_back({*field, std::move(value), is_negated});
    } else {
      std::string& bound = name == "after" ? (is_negated ? query_.not_after : query_.after)
                                           : (is_negated ? query_.not_before : query_.before);
      bound = std::move(value);
    }
  }

  void AddPhrase(std::string phrase, bool is_negated) {
    if (phrase.empty()) return;
    if (is_negated) {
      query_.excluded.push_back(std::move(phrase));
      return;
    }
    AddText(phrase);
    query_.phrases.push_back(std::move(phrase));
  }

  void AddWord(std::string word, bool is_negated) {
    const bool is_prefix = word.size() > 1 && word.back() == '*';
    if (is_prefix) {
      word.pop_back();
      (is_negated ? query_.excluded_prefixes : query_.prefixes).push_back(std::move(word));
    } else if (is_negated) {
      query_.excluded.push_back(std::move(word));
    } else {
      AddText(word);
    }
  }

  void AddText(absl::string_view words) {
    absl::StrAppend(&query_.text, query_.text.empty() ? "" : " ", words);
  }

  absl::string_view rest_;
  ParsedQuery query_;
  size_t parts_ = 0;
};

}  // namespace

absl::StatusOr<ParsedQuery> ParseQuery(absl::string_view query) {
  if (query.size() > kMaxQueryBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("a query is at most ", kMaxQueryBytes, " bytes long"));
  }
  if (!IsValidUtf8(query)) return absl::InvalidArgumentError("a query is in UTF-8");
  return Parser(query).Run();
}

}  // namespace headwater::search
