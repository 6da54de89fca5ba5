#include "search/rank/matcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "search/index/damaged.h"
#include "search/rank/candidates.h"
#include "search/rank/features.h"
#include "search/rank/letters.h"
#include "search/rank/model.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

constexpr uint64_t kWholeTextScore = uint64_t{255} * kWholeTextWeight;

// The rows of what the index found, in its order.
absl::StatusOr<std::vector<std::string>> Load(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                              const std::vector<Scored>& best,
                                              kv::Patience patience) {
  std::vector<std::string> keys;
  keys.reserve(best.size());
  for (const Scored& scored : best) keys.push_back(keys::IndexedKey(corpus, scored.number));
  HW_ASSIGN_OR_RETURN(std::vector<std::optional<std::string>> rows,
                      snapshot.MultiGet(kv::Keyspace::kPostings, keys, patience));
  std::vector<std::string> loaded;
  loaded.reserve(rows.size());
  for (std::optional<std::string>& row : rows) {
    if (!row) return Damaged("what is indexed");
    loaded.push_back(*std::move(row));
  }
  return loaded;
}

bool IsWording(Field field) {
  return field != Field::kTitle && field != Field::kAbout && field != Field::kSource;
}

float SharedWeight(const QueryWords& query, const IndexedField& field) {
  absl::flat_hash_set<absl::string_view> stems;
  for (const IndexedWord& word : field.words) stems.insert(word.stem);
  float shared = 0;
  for (const QueryWord& word : query.words) {
    if (stems.contains(word.stem)) shared += static_cast<float>(word.weight);
  }
  return shared / (4 + static_cast<float>(field.words.size()));
}

// Says why, and whether figures and negation agree.
void Explain(const QueryWords& query, const Indexed& indexed, Match* match) {
  absl::flat_hash_set<absl::string_view> stems;
  const IndexedField* best = nullptr;
  float best_shared = -1;
  for (const IndexedField& field : indexed.fields) {
    for (const IndexedWord& word : field.words) stems.insert(word.stem);
    const float shared = SharedWeight(query, field);
    if (!IsWording(field.field) || shared <= best_shared) continue;
    best_shared = shared;
    best = &field;
  }
  if (best != nullptr) {
    match->field = best->field;
    match->agreement = CompareStatement(query, *best);
  }
  std::vector<const QueryWord*> shared;
  for (const QueryWord& word : query.words) {
    if (stems.contains(word.stem)) shared.push_back(&word);
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const QueryWord* a, const QueryWord* b) { return a->weight > b->weight; });
  for (const QueryWord* word : shared) match->shared.push_back(word->stem);
}

}  // namespace

absl::StatusOr<std::vector<Match>> FindMatches(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                               absl::string_view text, absl::string_view language,
                                               const MatchOptions& options, Analyzer* analyzer,
                                               kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(const QueryWords query,
                      ReadQuery(snapshot, corpus, text, language, analyzer, patience));
  HW_ASSIGN_OR_RETURN(
      const std::vector<Scored> best,
      FindBest(snapshot, corpus, query.terms, options.restriction, options.candidates, patience));
  if (best.empty()) return std::vector<Match>();
  HW_ASSIGN_OR_RETURN(const std::vector<std::string> rows, Load(snapshot, corpus, best, patience));
  HW_ASSIGN_OR_RETURN(const QueryLetters letters,
                      QueryLetters::Read(snapshot, corpus, query, patience));
  Candidates candidates(rows.size());
  for (const std::string& row : rows) {
    if (!candidates.Add(row)) return Damaged("what is indexed");
  }
  std::vector<uint64_t> scores;
  scores.reserve(best.size());
  for (const Scored& scored : best) scores.push_back(scored.score);
  const std::vector<Features> features = Compare(query, letters, candidates, scores);
  const std::vector<double> ranks = RankOf(features);
  std::vector<size_t> order(candidates.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto is_same = [&](size_t i) { return query.has_own_term && scores[i] >= kWholeTextScore; };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (is_same(a) != is_same(b)) return is_same(a);
    return ranks[a] != ranks[b] ? ranks[a] > ranks[b] : candidates.id(a) < candidates.id(b);
  });
  std::vector<Match> matches;
  for (const size_t i : order) {
    if (matches.size() == options.most) break;
    const std::optional<Indexed> indexed = DecodeIndexed(rows[i]);
    if (!indexed) return Damaged("what is indexed");
    Match match;
    match.id = indexed->id;
    match.is_same_text = is_same(i);
    match.likelihood = match.is_same_text ? 1 : LikelihoodOf(features[i]);
    match.rank = ranks[i];
    Explain(query, *indexed, &match);
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace headwater::search
