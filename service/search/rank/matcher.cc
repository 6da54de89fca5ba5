#include "search/rank/matcher.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "search/index/damaged.h"
#include "search/query/fusion.h"
#include "search/rank/candidates.h"
#include "search/rank/features.h"
#include "search/rank/letters.h"
#include "search/rank/model.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

constexpr uint64_t kWholeTextScore = uint64_t{255} * kWholeTextWeight;

// Adds those that are near and were not found by their words; tells the cosine of each that is
// near.
std::vector<std::optional<double>> AddNear(const std::vector<Neighbour>& near,
                                           std::vector<Scored>* best) {
  absl::flat_hash_map<uint32_t, size_t> places;
  for (size_t i = 0; i < best->size(); ++i) places[(*best)[i].number] = i;
  std::vector<std::optional<double>> cosines(best->size());
  for (const Neighbour& each : near) {
    const auto [place, is_new] = places.try_emplace(each.number, best->size());
    if (is_new) {
      best->push_back({each.number, 0});
      cosines.emplace_back();
    }
    cosines[place->second] = each.cosine;
  }
  return cosines;
}

// Sorts again an order of candidates by rank, now that vectors join in. Only the first `by_words`
// candidates have a place by their words.
void JoinOrders(const std::vector<std::optional<double>>& cosines, size_t by_words,
                const std::vector<bool>& is_likely, std::vector<size_t>* order) {
  std::vector<double> worth(order->size());
  size_t place = 0;
  for (const size_t candidate : *order) {
    if (candidate < by_words) worth[candidate] = FusionWorth(++place);
  }
  std::vector<size_t> near;
  for (const size_t candidate : *order) {
    if (cosines[candidate]) near.push_back(candidate);
  }
  std::stable_sort(near.begin(), near.end(),
                   [&](size_t a, size_t b) { return *cosines[a] > *cosines[b]; });
  for (size_t i = 0; i < near.size(); ++i) worth[near[i]] += FusionWorth(i + 1);
  std::stable_sort(order->begin(), order->end(), [&](size_t a, size_t b) {
    return is_likely[a] != is_likely[b] ? is_likely[a] : worth[a] > worth[b];
  });
}

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

// Puts the older ones first among those that are equal, which stand side by side; without vectors,
// which may lift any of them, only among those that may be returned.
absl::Status OrderByAge(const Candidates& candidates, const MatchOptions& options,
                        const std::function<bool(size_t, size_t)>& are_equal,
                        std::vector<size_t>* order) {
  if (!options.ages) return absl::OkStatus();
  const size_t most = options.near.empty() ? std::min(order->size(), options.most) : order->size();
  for (size_t begin = 0; begin < most;) {
    size_t end = begin + 1;
    while (end < order->size() && are_equal((*order)[begin], (*order)[end])) ++end;
    if (end - begin > 1) {
      const absl::Span<size_t> equal = absl::MakeSpan(*order).subspan(begin, end - begin);
      std::vector<std::string> ids;
      for (const size_t i : equal) ids.emplace_back(candidates.id(i));
      HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> ages, options.ages(ids));
      absl::flat_hash_map<size_t, uint64_t> age_of;
      for (size_t i = 0; i < equal.size(); ++i) age_of[equal[i]] = ages[i];
      std::stable_sort(equal.begin(), equal.end(),
                       [&](size_t a, size_t b) { return age_of[a] < age_of[b]; });
    }
    begin = end;
  }
  return absl::OkStatus();
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
      std::vector<Scored> best,
      FindBest(snapshot, corpus, query.terms, options.restriction, options.candidates, patience));
  const size_t by_words = best.size();
  const std::vector<std::optional<double>> cosines = AddNear(options.near, &best);
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
  HW_RETURN_IF_ERROR(OrderByAge(
      candidates, options,
      [&](size_t a, size_t b) { return is_same(a) == is_same(b) && ranks[a] == ranks[b]; },
      &order));
  if (!options.near.empty()) {
    std::vector<bool> is_likely;
    for (size_t i = 0; i < order.size(); ++i)
      is_likely.push_back(is_same(i) || LikelihoodOf(features[i]) >= kMatchThreshold);
    JoinOrders(cosines, by_words, is_likely, &order);
    std::stable_partition(order.begin(), order.end(), is_same);
  }
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
    match.cosine = cosines[i];
    Explain(query, *indexed, &match);
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace headwater::search
