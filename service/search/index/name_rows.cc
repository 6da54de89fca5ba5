#include "search/index/name_rows.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/text/decode.h"
#include "search/text/fold.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
// Rows that are read for one name, shared evenly among its letters, and names that are compared.
constexpr size_t kMostLetterRows = 60'000;
constexpr size_t kMostRowsOfLetters = 4000;
constexpr size_t kMostCompared = 1000;

std::vector<UChar32> CodePointsOf(absl::string_view text) {
  std::vector<UChar32> points;
  for (size_t at = 0, next = 0; at < text.size(); at = next) {
    points.push_back(CodePointAt(text, at, &next));
  }
  return points;
}

// How a name is compared: folded, and in Latin letters where it is of another script.
std::vector<std::string> FormsOf(absl::string_view name) {
  std::vector<std::string> forms = {FoldWord(name)};
  std::string latin = LatinWord(name);
  if (latin != forms.front() && !latin.empty()) forms.push_back(std::move(latin));
  return forms;
}

// The three neighbouring letters everywhere in a form, whose ends count as a letter.
void AddLetters(absl::string_view form, std::set<std::string>* out) {
  std::set<std::string>& letters = *out;
  const std::string folded = absl::StrCat("\x02", form, "\x03");
  std::vector<size_t> begins;
  for (size_t at = 0, next = 0; at < folded.size(); at = next) {
    CodePointAt(folded, at, &next);
    begins.push_back(at);
  }
  begins.push_back(folded.size());
  for (size_t i = 0; i + 3 < begins.size(); ++i) {
    letters.insert(folded.substr(begins[i], begins[i + 3] - begins[i]));
  }
  if (begins.size() == 3) letters.insert(folded);  // a name of one letter
}

std::set<std::string> LettersOf(const std::vector<std::string>& forms) {
  std::set<std::string> letters;
  for (const std::string& form : forms) AddLetters(form, &letters);
  return letters;
}

absl::StatusOr<std::vector<uint64_t>> ReadCounts(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                 const std::vector<std::string>& names,
                                                 kv::Patience patience) {
  std::vector<std::string> keys;
  keys.reserve(names.size());
  for (const std::string& name : names) keys.push_back(keys::IndexedNameKey(corpus, name));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> values,
                      snapshot.MultiGet(kPostings, keys, patience));
  std::vector<uint64_t> counts(names.size(), 0);
  for (size_t i = 0; i < names.size(); ++i) {
    if (!values[i]) continue;
    absl::string_view in = *values[i];
    if (!keys::TakeVarint(&in, &counts[i]) || !in.empty()) return Damaged("a name's row");
  }
  return counts;
}

// How far a name may be from one of so many letters.
size_t LimitOf(size_t letters) { return letters < 3 ? 0 : std::min<size_t>(letters / 3, 3); }

// How far two names are apart in the forms that are nearest; nullopt where in none near enough.
std::optional<size_t> DistanceOf(const std::vector<std::string>& asked,
                                 const std::vector<std::string>& found) {
  std::optional<size_t> least;
  for (const std::string& one : asked) {
    const size_t limit = LimitOf(CodePointsOf(one).size());
    for (const std::string& other : found) {
      const size_t distance = EditDistance(other, one, limit);
      if (distance <= limit && distance < least.value_or(SIZE_MAX)) least = distance;
    }
  }
  return least;
}

// The names that share the most letters, in the order of the alphabet.
std::vector<std::string> MostShared(const absl::flat_hash_map<std::string, size_t>& shared) {
  std::vector<std::pair<size_t, std::string>> by_letters;
  by_letters.reserve(shared.size());
  for (const auto& [name, letters] : shared) by_letters.emplace_back(letters, name);
  if (by_letters.size() > kMostCompared) {
    std::nth_element(by_letters.begin(), by_letters.begin() + kMostCompared, by_letters.end(),
                     [](const auto& a, const auto& b) {
                       return a.first != b.first ? a.first > b.first : a.second < b.second;
                     });
    by_letters.resize(kMostCompared);
  }
  std::vector<std::string> names;
  names.reserve(by_letters.size());
  for (auto& [letters, name] : by_letters) names.push_back(std::move(name));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

absl::Status AddNameRows(const kv::Snapshot& snapshot, keys::Corpus corpus,
                         const std::map<std::string, int64_t>& more, kv::Batch* batch) {
  std::vector<std::string> names;
  for (const auto& [name, difference] : more) {
    if (difference != 0 && !name.empty() && name.size() <= kMaxNameBytes) names.push_back(name);
  }
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> counts,
                      ReadCounts(snapshot, corpus, names, kv::Patience::kMayWait));
  for (size_t i = 0; i < names.size(); ++i) {
    const int64_t after = static_cast<int64_t>(counts[i]) + more.at(names[i]);
    if (after < 0) return Damaged("how many bear a name");
    const std::string key = keys::IndexedNameKey(corpus, names[i]);
    if (after > 0) {
      std::string value;
      keys::AppendVarint(static_cast<uint64_t>(after), &value);
      batch->Put(kPostings, key, value);
    } else {
      batch->Delete(kPostings, key);
    }
    if ((counts[i] > 0) == (after > 0)) continue;
    for (const std::string& letters : LettersOf(FormsOf(names[i]))) {
      const std::string row = keys::IndexedLettersKey(corpus, letters, names[i]);
      if (after > 0) {
        batch->Put(kPostings, row, "");
      } else {
        batch->Delete(kPostings, row);
      }
    }
  }
  return absl::OkStatus();
}

size_t EditDistance(absl::string_view first, absl::string_view second, size_t limit) {
  const std::vector<UChar32> a = CodePointsOf(first);
  const std::vector<UChar32> b = CodePointsOf(second);
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    size_t least = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

absl::StatusOr<std::vector<SimilarName>> FindSimilarNames(const kv::Snapshot& snapshot,
                                                          keys::Corpus corpus,
                                                          absl::string_view name, size_t most,
                                                          kv::Patience patience) {
  const std::vector<std::string> forms = FormsOf(name);
  // No name is so long.
  if (CodePointsOf(forms.front()).size() > 2 * kMaxNameBytes) return std::vector<SimilarName>();
  const std::set<std::string> all_letters = LettersOf(forms);
  const size_t most_rows =
      std::min(kMostRowsOfLetters, kMostLetterRows / std::max<size_t>(all_letters.size(), 1) + 1);
  absl::flat_hash_map<std::string, size_t> shared;
  for (const std::string& letters : all_letters) {
    HW_RETURN_IF_ERROR(UnlessCancelled());
    const std::string prefix = keys::IndexedLettersPrefix(corpus, letters);
    const std::unique_ptr<kv::Cursor> cursor =
        snapshot.Range(kPostings, prefix, keys::PrefixEnd(prefix), patience);
    for (size_t i = 0; cursor->Valid() && i < most_rows; cursor->Next(), ++i) {
      std::string found;
      if (!keys::NameOfLettersKey(cursor->key(), &found)) return Damaged("a name's row");
      ++shared[found];
    }
    HW_RETURN_IF_ERROR(cursor->status());
  }
  std::vector<std::string> names;
  std::vector<SimilarName> similar;
  for (const std::string& candidate : MostShared(shared)) {
    const std::optional<size_t> distance = DistanceOf(forms, FormsOf(candidate));
    if (!distance) continue;
    names.push_back(candidate);
    similar.push_back({candidate, *distance, 0});
  }
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> counts,
                      ReadCounts(snapshot, corpus, names, patience));
  for (size_t i = 0; i < similar.size(); ++i) similar[i].resources = counts[i];
  std::stable_sort(similar.begin(), similar.end(), [](const SimilarName& a, const SimilarName& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.resources > b.resources;
  });
  if (similar.size() > most) similar.resize(most);
  return similar;
}

}  // namespace headwater::search
