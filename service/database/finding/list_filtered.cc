#include "database/finding/list_filtered.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "base/cancellation.h"
#include "base/status_macros.h"
#include "database/finding/filter_rows.h"
#include "database/finding/record_index.h"
#include "database/scan.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "search/index/damaged.h"
#include "search/index/indexed.h"
#include "search/text/fold.h"

namespace headwater::database {
namespace {

using search::Indexed;
using search::IndexedField;

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr keys::Corpus kClaims = keys::Corpus::kClaims;
constexpr size_t kChunk = 200;

// Whether the words stand in the field one right behind the other.
bool HasPhrase(const IndexedField& field, const std::vector<search::Token>& phrase) {
  std::set<std::pair<uint32_t, absl::string_view>> words;
  for (const search::IndexedWord& word : field.words) words.emplace(word.position, word.stem);
  return std::any_of(field.words.begin(), field.words.end(), [&](const search::IndexedWord& first) {
    return first.stem == phrase[0].stem &&
           std::all_of(phrase.begin(), phrase.end(), [&](const search::Token& token) {
             return words.contains(
                 {first.position + token.position - phrase[0].position, token.stem});
           });
  });
}

class Lister {
 public:
  Lister(const IndexPoint& point, const search::ParsedQuery& query, const FilteredListing& listing,
         ClaimFilter* filter, search::Analyzer* analyzer)
      : point_(point), listing_(listing), filter_(*filter) {
    // In the language that they seem to be in, and in English.
    for (const std::string& text : query.excluded) {
      for (const char* language : {"und", "en"}) {
        std::vector<search::Token> phrase = analyzer->Analyze(text, language);
        if (!phrase.empty()) excluded_.push_back(std::move(phrase));
      }
    }
    for (const std::string& prefix : query.excluded_prefixes)
      excluded_prefixes_.push_back(search::FoldWord(prefix));
  }

  absl::StatusOr<FilteredClaims> Run() {
    HW_ASSIGN_OR_RETURN(const std::optional<std::vector<std::string>> few, FewFiltered());
    if (few) {
      HW_RETURN_IF_ERROR(TakeAmong(*few));
    } else {
      HW_RETURN_IF_ERROR(TakeAmongAll());
    }
    return std::move(found_);
  }

 private:
  // Those that stand under a group of filters that few stand under, ascending; nullopt where there
  // is none.
  absl::StatusOr<std::optional<std::vector<std::string>>> FewFiltered() {
    const std::vector<std::string>* fewest = nullptr;
    uint64_t fewest_count = kMostExamined;
    for (const std::vector<std::string>& group : filter_.groups()) {
      HW_ASSIGN_OR_RETURN(const std::vector<uint32_t> counts,
                          CountsUnder(point_.snapshot(), kClaims, group));
      uint64_t sum = 0;
      for (const uint32_t count : counts) sum += count;
      if (sum > fewest_count) continue;
      fewest_count = sum;
      fewest = &group;
    }
    if (fewest == nullptr) return std::nullopt;
    std::set<std::string> ids;
    for (const std::string& filter : *fewest) {
      HW_ASSIGN_OR_RETURN(const std::vector<std::string> under,
                          IdsUnder(point_.snapshot(), kClaims, filter, kMostExamined));
      ids.insert(under.begin(), under.end());
    }
    return std::vector<std::string>(ids.upper_bound(listing_.behind), ids.end());
  }

  absl::Status TakeAmong(const std::vector<std::string>& ids) {
    for (size_t begin = 0; begin < ids.size() && !is_full_; begin += kChunk) {
      const size_t end = std::min(begin + kChunk, ids.size());
      std::vector<std::string> keys;
      for (size_t i = begin; i < end; ++i) keys.push_back(keys::IndexedNumberKey(kClaims, ids[i]));
      HW_ASSIGN_OR_RETURN(const auto numbers,
                          point_.snapshot().MultiGet(kPostings, keys, kMayWait));
      std::vector<std::string> there;
      for (const std::optional<std::string>& number : numbers) {
        if (!number) return search::Damaged("the number of what is indexed");
        there.push_back(*number);
      }
      HW_RETURN_IF_ERROR(TakeNumbered(there));
    }
    return absl::OkStatus();
  }

  absl::Status TakeAmongAll() {
    const std::string prefix = keys::IndexedNumberKey(kClaims, "");
    const std::string all = prefix.substr(0, 2);  // the row's sort and the corpus
    const std::string begin =
        listing_.behind.empty() ? all : keys::IndexedNumberKey(kClaims, listing_.behind) + '\0';
    const std::unique_ptr<kv::Cursor> rows =
        point_.snapshot().Range(kPostings, begin, keys::PrefixEnd(all), kMayWait);
    size_t examined = 0;
    while (rows->Valid() && !is_full_ && examined < kMostExamined) {
      std::vector<std::string> numbers;
      for (; rows->Valid() && numbers.size() < kChunk; rows->Next(), ++examined)
        numbers.emplace_back(rows->value());
      HW_RETURN_IF_ERROR(TakeNumbered(numbers));
    }
    HW_RETURN_IF_ERROR(rows->status());
    // Where the page is full and the rest was but counted, it goes on behind the page.
    if (rows->Valid() && !is_full_ && found_.go_on.empty()) found_.go_on = last_;
    return absl::OkStatus();
  }

  absl::Status TakeNumbered(const std::vector<std::string>& numbers) {
    HW_RETURN_IF_ERROR(UnlessCancelled());
    std::vector<std::string> keys;
    for (absl::string_view in : numbers) {
      uint64_t number = 0;
      if (!keys::TakeVarint(&in, &number) || number > UINT32_MAX)
        return search::Damaged("the number of what is indexed");
      keys.push_back(keys::IndexedKey(kClaims, static_cast<uint32_t>(number)));
    }
    HW_ASSIGN_OR_RETURN(const auto rows, point_.snapshot().MultiGet(kPostings, keys, kMayWait));
    for (const std::optional<std::string>& row : rows) {
      const std::optional<Indexed> indexed = row ? search::DecodeIndexed(*row) : std::nullopt;
      if (!indexed) return search::Damaged("what is indexed");
      HW_RETURN_IF_ERROR(Take(*indexed));
      if (is_full_) return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  absl::Status Take(const Indexed& indexed) {
    const bool is_page_full = found_.ids.size() == listing_.most;
    if (is_page_full && found_.go_on.empty()) found_.go_on = last_;
    if (is_page_full && counted_ >= listing_.facet_claims) {
      is_full_ = true;
      return absl::OkStatus();
    }
    last_ = indexed.id;
    if (!MayBe(indexed)) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const bool holds, filter_.Holds(indexed.id));
    if (!holds) return absl::OkStatus();
    if (++counted_ <= listing_.facet_claims) {
      for (const std::string& filter : indexed.filters) ++found_.facets[filter];
    }
    if (!is_page_full) found_.ids.push_back(indexed.id);
    return absl::OkStatus();
  }

  // By what is indexed alone.
  bool MayBe(const Indexed& indexed) const {
    const auto has = [&](const std::string& filter) {
      return std::find(indexed.filters.begin(), indexed.filters.end(), filter) !=
             indexed.filters.end();
    };
    for (const std::vector<std::string>& group : filter_.groups()) {
      if (std::none_of(group.begin(), group.end(), has)) return false;
    }
    if (std::any_of(filter_.excluded().begin(), filter_.excluded().end(), has)) return false;
    return std::none_of(indexed.fields.begin(), indexed.fields.end(),
                        [&](const IndexedField& field) { return IsExcluded(field); });
  }

  bool IsExcluded(const IndexedField& field) const {
    for (const std::vector<search::Token>& phrase : excluded_) {
      if (HasPhrase(field, phrase)) return true;
    }
    for (const std::string& prefix : excluded_prefixes_) {
      for (const search::IndexedWord& word : field.words) {
        if (absl::StartsWith(word.stem, prefix)) return true;
      }
    }
    return false;
  }

  const IndexPoint& point_;
  const FilteredListing& listing_;
  ClaimFilter& filter_;
  std::vector<std::vector<search::Token>> excluded_;
  std::vector<std::string> excluded_prefixes_;
  FilteredClaims found_;
  std::string last_;
  size_t counted_ = 0;
  bool is_full_ = false;
};

}  // namespace

absl::StatusOr<FilteredClaims> ListFiltered(const IndexPoint& point,
                                            const search::ParsedQuery& query,
                                            const FilteredListing& listing, ClaimFilter* filter,
                                            search::Analyzer* analyzer) {
  return Lister(point, query, listing, filter, analyzer).Run();
}

}  // namespace headwater::database
