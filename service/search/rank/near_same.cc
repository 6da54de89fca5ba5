#include "search/rank/near_same.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/index/posting_list.h"
#include "search/index/posting_reader.h"
#include "search/index/top_k.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

constexpr size_t kFewestTelling = 4;
constexpr size_t kFewestMoved = 5;  // telling words of which a part may stand elsewhere
constexpr size_t kMostWordings = 8;
constexpr size_t kMostLookedFor = 8;  // of the telling words, the rarest
// Where the rarest word is in more resources than this, only the same text is looked for.
constexpr uint32_t kTooCommon = 20'000;

// Words that a headline leaves out. Not "was", which tells of another time, nor what says who did
// something to whom.
bool IsSmall(absl::string_view stem) {
  static const auto* const kSmall = new absl::flat_hash_set<std::string>{
      "the", "a",   "an",  "that", "is",  "are", "be",  "of",           // English
      "le",  "la",  "les", "un",   "une", "du",  "des", "de",           // French
      "el",  "los", "las", "una",  "der", "die", "das", "ein", "eine",  // Spanish, German
      "il",  "lo",  "gli", "o",    "os",  "as",  "um",  "uma",          // Italian, Portuguese
  };
  return kSmall->contains(std::string(stem));
}

std::vector<absl::string_view> TellingWords(const IndexedField& field) {
  std::vector<absl::string_view> telling;
  for (const IndexedWord& word : field.words) {
    if (word.kind != TokenKind::kWord || !IsSmall(word.stem)) telling.push_back(word.stem);
  }
  return telling;
}

// Figures alone say nothing.
bool SaysEnough(const IndexedField& field) {
  size_t telling = 0;
  for (const IndexedWord& word : field.words) {
    if (word.kind == TokenKind::kNumber) continue;
    if (word.kind != TokenKind::kWord || !IsSmall(word.stem)) ++telling;
  }
  return telling >= kFewestTelling;
}

bool IsRotated(const std::vector<absl::string_view>& a, const std::vector<absl::string_view>& b) {
  if (a.size() < kFewestMoved) return false;
  for (size_t by = 1; by < a.size(); ++by) {
    if (std::equal(a.begin() + static_cast<std::ptrdiff_t>(by), a.end(), b.begin()) &&
        std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(by),
                   b.end() - static_cast<std::ptrdiff_t>(by))) {
      return true;
    }
  }
  return false;
}

// The wordings that are compared.
std::vector<const IndexedField*> WordingsOf(const Indexed& indexed) {
  std::vector<const IndexedField*> wordings;
  for (const IndexedField& field : indexed.fields) {
    const bool is_own = field.field == Field::kStatement || field.field == Field::kTranslation;
    if (is_own && SaysEnough(field)) wordings.push_back(&field);
    if (wordings.size() == kMostWordings) break;
  }
  return wordings;
}

class Search {
 public:
  Search(const kv::Snapshot& snapshot, keys::Corpus corpus, kv::Patience patience)
      : snapshot_(snapshot), corpus_(corpus), patience_(patience) {}

  absl::StatusOr<std::vector<NearSame>> Run(absl::string_view id) {
    std::vector<NearSame> found;
    HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> own, NumberOf(id));
    if (!own) return found;
    HW_ASSIGN_OR_RETURN(const std::vector<Indexed> self, Rows({*own}));
    const std::vector<const IndexedField*> wordings = WordingsOf(self.front());
    for (const IndexedField* const wording : wordings) {
      HW_RETURN_IF_ERROR(AddSameText(*wording));
      HW_RETURN_IF_ERROR(AddSameWords(*wording));
    }
    numbers_.erase(*own);
    HW_ASSIGN_OR_RETURN(const std::vector<Indexed> others,
                        Rows(std::vector<uint32_t>(numbers_.begin(), numbers_.end())));
    for (const Indexed& other : others) {
      std::optional<NearSame> same = Compare(wordings, other);
      if (same) found.push_back(*std::move(same));
    }
    return found;
  }

  absl::StatusOr<std::optional<NearSame>> RunOn(absl::string_view id,
                                                absl::string_view other) const {
    HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> own, NumberOf(id));
    HW_ASSIGN_OR_RETURN(const std::optional<uint32_t> others, NumberOf(other));
    if (!own || !others) return std::nullopt;
    HW_ASSIGN_OR_RETURN(const std::vector<Indexed> both, Rows({*own, *others}));
    return Compare(WordingsOf(both[0]), both[1]);
  }

 private:
  absl::StatusOr<std::optional<uint32_t>> NumberOf(absl::string_view id) const {
    HW_ASSIGN_OR_RETURN(
        const std::optional<std::string> value,
        snapshot_.Get(kv::Keyspace::kPostings, keys::IndexedNumberKey(corpus_, id), patience_));
    if (!value) return std::nullopt;
    absl::string_view in = *value;
    uint64_t number = 0;
    if (!keys::TakeVarint(&in, &number) || number > UINT32_MAX)
      return Damaged("a resource's number");
    return static_cast<uint32_t>(number);
  }

  absl::StatusOr<std::vector<Indexed>> Rows(const std::vector<uint32_t>& numbers) const {
    std::vector<Indexed> all;
    if (numbers.empty()) return all;
    std::vector<std::string> keys;
    for (const uint32_t number : numbers) keys.push_back(keys::IndexedKey(corpus_, number));
    HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                        snapshot_.MultiGet(kv::Keyspace::kPostings, keys, patience_));
    for (const std::optional<std::string>& row : rows) {
      std::optional<Indexed> indexed = row ? DecodeIndexed(*row) : std::nullopt;
      if (!indexed) return Damaged("what is indexed");
      all.push_back(*std::move(indexed));
    }
    return all;
  }

  absl::Status AddSameText(const IndexedField& wording) {
    const std::string term = TextTerm(wording.fingerprint);
    HW_ASSIGN_OR_RETURN(std::vector<std::string> heads,
                        ReadHeads(snapshot_, corpus_, {term}, patience_));
    if (heads.front().empty()) return absl::OkStatus();
    PostingReader reader(snapshot_, corpus_, term, std::move(heads.front()), patience_);
    // One more, for it finds itself.
    for (size_t left = kMostSameTexts + 1; left > 0 && !reader.at_end();) {
      for (const uint32_t number : reader.postings().numbers) {
        if (left == 0) break;
        numbers_.insert(number);
        --left;
      }
      if (!reader.at_end()) reader.NextPage();
    }
    return reader.status();
  }

  absl::Status AddSameWords(const IndexedField& wording) {
    std::set<std::string> terms;
    for (const absl::string_view stem : TellingWords(wording)) terms.insert(WordTerm(stem));
    std::vector<FoundTerm> found;
    HW_ASSIGN_OR_RETURN(std::vector<std::string> heads,
                        ReadHeads(snapshot_, corpus_,
                                  std::vector<std::string>(terms.begin(), terms.end()), patience_));
    std::vector<std::pair<uint32_t, FoundTerm>> by_count;
    size_t i = 0;
    for (const std::string& term : terms) {
      const std::optional<TermHead> head = ParseHead(heads[i]);
      by_count.emplace_back(head ? head->count : 0, FoundTerm{term, std::move(heads[i])});
      ++i;
    }
    std::stable_sort(by_count.begin(), by_count.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (by_count.front().first <= 1 || by_count.front().first > kTooCommon) return absl::OkStatus();
    if (by_count.size() > kMostLookedFor) by_count.resize(kMostLookedFor);
    Restriction restriction;
    for (size_t at = 1; at < by_count.size(); ++at)
      restriction.groups.push_back({std::move(by_count[at].second)});
    const WeightedTerm rarest{std::move(by_count.front().second), 1};
    HW_ASSIGN_OR_RETURN(
        const std::vector<Scored> best,
        FindBest(snapshot_, corpus_, {&rarest, 1}, restriction, kMostSameWords + 1, patience_));
    for (const Scored& scored : best) numbers_.insert(scored.number);
    return absl::OkStatus();
  }

  static std::optional<NearSame> Compare(const std::vector<const IndexedField*>& wordings,
                                         const Indexed& other) {
    bool is_near = false;
    for (const IndexedField* const theirs : WordingsOf(other)) {
      for (const IndexedField* const own : wordings) {
        if (own->fingerprint == theirs->fingerprint) return NearSame{other.id, true};
        is_near = is_near || AreNearSame(*own, *theirs);
      }
    }
    if (!is_near) return std::nullopt;
    return NearSame{other.id, false};
  }

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const kv::Patience patience_;
  std::set<uint32_t> numbers_;  // to be compared
};

}  // namespace

bool AreNearSame(const IndexedField& a, const IndexedField& b) {
  if (!SaysEnough(a) || !SaysEnough(b)) return false;
  const std::vector<absl::string_view> first = TellingWords(a);
  const std::vector<absl::string_view> second = TellingWords(b);
  return first.size() == second.size() && (first == second || IsRotated(first, second));
}

absl::StatusOr<std::vector<NearSame>> FindNearSame(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus, absl::string_view id,
                                                   kv::Patience patience) {
  return Search(snapshot, corpus, patience).Run(id);
}

absl::StatusOr<std::optional<NearSame>> CompareSame(const kv::Snapshot& snapshot,
                                                    keys::Corpus corpus, absl::string_view id,
                                                    absl::string_view other,
                                                    kv::Patience patience) {
  return Search(snapshot, corpus, patience).RunOn(id, other);
}

}  // namespace headwater::search
