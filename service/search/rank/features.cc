#include "search/rank/features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "search/rank/letters.h"

namespace headwater::search {
namespace {

constexpr size_t kFarAway = 99;
constexpr float kScoreUnit = 255 * 1000;  // of impacts and of weights
constexpr uint64_t kWholeTextScore = uint64_t{255} * kWholeTextWeight;

bool IsStatement(Field field) {
  return field == Field::kStatement || field == Field::kTranslation || field == Field::kReviewed ||
         field == Field::kQuote || field == Field::kName || field == Field::kAlias;
}

// One text of a candidate, its words looked up in the query.
struct Looked {
  const IndexedField* field = nullptr;
  std::vector<int> words;         // by place: which of the query's words; -1 for none
  std::vector<float> similarity;  // by place, of those that are none: to the most similar one
  float hit = 0;
  float missed = 0;

  float coverage() const { return hit / (hit + missed + 1); }
};

class Comparison {
 public:
  Comparison(const QueryWords& query, absl::Span<const Indexed> candidates)
      : query_(query), candidates_(candidates), letters_(query) {
    for (size_t i = 0; i < query.words.size(); ++i) {
      by_stem_.emplace(query.words[i].stem, static_cast<int>(i));
      if (query.words[i].resources > 0) query_weight_ += static_cast<float>(query.words[i].weight);
    }
    CountAmongCandidates();
  }

  Features Compare(const Indexed& candidate, uint64_t score) {
    Features features{};
    features[kIndexScore] = static_cast<float>(score % kWholeTextScore) / kScoreUnit;
    const Looked statement = BestOf(candidate, true);
    Looked title = BestOf(candidate, false);
    if (title.field == nullptr) title = statement;
    if (statement.field == nullptr) return features;
    features[kStatementHit] = statement.hit;
    features[kTitleHit] = title.hit;
    features[kStatementMissed] = statement.missed;
    features[kTitleMissed] = title.missed;
    features[kStatementCoverage] = statement.coverage();
    features[kTitleCoverage] = title.coverage();
    features[kStatementLength] = std::log1p(static_cast<float>(statement.words.size()));
    features[kTitleLength] = std::log1p(static_cast<float>(title.words.size()));
    CompareTogether(statement, title, &features);
    CompareOrder(statement, kStatementNeighbours, &features);
    CompareOrder(title, kTitleNeighbours, &features);
    CompareNames(statement, title, &features);
    features[kLettersHit] = letters_.Compare({statement.field, title.field});
    return features;
  }

 private:
  // In how many candidates each word is.
  void CountAmongCandidates() {
    for (size_t i = 0; i < candidates_.size(); ++i) {
      for (const IndexedField& field : candidates_[i].fields) {
        for (const IndexedWord& word : field.words) {
          Count& count = counts_[word.stem];
          if (count.last == i + 1) continue;
          count.last = i + 1;
          ++count.candidates;
        }
      }
    }
  }

  // What a word that the query lacks weighs: nothing is known of it but the candidates' own use.
  float WeightAmongCandidates(const std::string& stem) const {
    const auto having = static_cast<float>(counts_.at(stem).candidates);
    const auto all = static_cast<float>(candidates_.size());
    return std::log1p((all - having + 0.5f) / (having + 0.5f));
  }

  Looked Look(const IndexedField& field) {
    Looked looked;
    looked.field = &field;
    looked.words.reserve(field.words.size());
    looked.similarity.reserve(field.words.size());
    absl::flat_hash_map<absl::string_view, bool> seen;
    for (const IndexedWord& word : field.words) {
      const auto found = by_stem_.find(word.stem);
      const int index = found == by_stem_.end() ? -1 : found->second;
      const Similar similar = index >= 0 ? Similar{} : letters_.MostSimilar(word);
      looked.words.push_back(index);
      looked.similarity.push_back(similar.similarity);
      if (!seen.emplace(word.stem, true).second) continue;
      if (index >= 0) {
        looked.hit += WeightOf(index);
      } else {
        looked.missed += WeightAmongCandidates(word.stem) * (1 - similar.similarity);
      }
    }
    return looked;
  }

  Looked BestOf(const Indexed& candidate, bool statements) {
    Looked best;
    float best_agreement = -1;
    for (const IndexedField& field : candidate.fields) {
      if (statements ? !IsStatement(field.field) : field.field != Field::kTitle) continue;
      Looked looked = Look(field);
      const float agreement = looked.hit * looked.coverage();
      if (agreement <= best_agreement) continue;
      best_agreement = agreement;
      best = std::move(looked);
    }
    return best;
  }

  float WeightOf(int word) const { return static_cast<float>(query_.words[word].weight); }

  void CompareTogether(const Looked& statement, const Looked& title, Features* out) {
    Features& features = *out;
    std::vector<float> sentences(query_.sentences, 0);
    std::vector<uint8_t> in(query_.words.size(), 0);  // 1: in the statement, 2: counted
    std::vector<float> similar(query_.words.size(), 0);
    absl::flat_hash_map<absl::string_view, bool> seen;
    float hit = 0;
    float missed = 0;
    float squares = 0;
    for (const Looked* looked : {&statement, &title}) {
      for (size_t i = 0; i < looked->words.size(); ++i) {
        const IndexedWord& word = looked->field->words[i];
        const int index = looked->words[i];
        if (looked == &title && index >= 0 && in[index] == 1) {
          in[index] = 2;
          features[kBothHit] += WeightOf(index);
        }
        if (!seen.emplace(word.stem, true).second) continue;
        if (index < 0) {
          const Similar most = letters_.MostSimilar(word);
          if (most.word >= 0) similar[most.word] = std::max(similar[most.word], most.similarity);
          missed += WeightAmongCandidates(word.stem) * (1 - most.similarity);
          continue;
        }
        in[index] = looked == &statement ? 1 : 2;
        const float weight = WeightOf(index);
        hit += weight;
        squares += weight * weight;
        features[kWordsHit] += 1;
        if (weight > features[kHighestHit]) {
          features[kSecondHit] = std::exchange(features[kHighestHit], weight);
        } else {
          features[kSecondHit] = std::max(features[kSecondHit], weight);
        }
        for (const uint32_t sentence : query_.words[index].sentences) sentences[sentence] += weight;
      }
    }
    for (size_t i = 0; i < similar.size(); ++i) {
      features[kSimilarHit] += similar[i] * WeightOf(static_cast<int>(i));
    }
    const float all = hit + missed;
    features[kOverlap] = 2 * hit / (query_weight_ + all + 1);
    features[kCosine] = hit / std::sqrt(all + 1);
    features[kRootSquareHit] = std::sqrt(squares);
    features[kSentenceHit] = *std::max_element(sentences.begin(), sentences.end());
    features[kSentenceCoverage] = features[kSentenceHit] / (all + 1);
    features[kWordsShare] = features[kWordsHit] / static_cast<float>(1 + seen.size());
  }

  // How many places the second word is behind the first in the query, where they are nearest; the
  // other way round is one more.
  size_t Distance(int first, int second) const {
    size_t nearest = kFarAway;
    for (const uint32_t a : query_.words[first].places) {
      for (const uint32_t b : query_.words[second].places) {
        if (b > a) nearest = std::min<size_t>(nearest, b - a);
        if (b < a) nearest = std::min<size_t>(nearest, a - b + 1);
      }
    }
    return nearest;
  }

  // Fills `first` and the two features behind it.
  void CompareOrder(const Looked& looked, Feature first, Features* out) {
    Features& features = *out;
    float run = 0;
    for (size_t i = 0; i + 1 < looked.words.size(); ++i) {
      const int a = looked.words[i];
      const int b = looked.words[i + 1];
      const size_t distance = a >= 0 && b >= 0 ? Distance(a, b) : kFarAway;
      const float weight = a >= 0 && b >= 0 ? (WeightOf(a) + WeightOf(b)) / 2 : 0;
      run = distance == 1 ? run + weight : 0;
      features[first] += weight * (distance == 1 ? 1 : distance <= 3 ? 0.5f : distance <= 8 ? 0.2f : 0);
      features[first + 1] = std::max(features[first + 1], run);
    }
    features[first + 2] = HeaviestSequence(looked);
  }

  // The weight of the heaviest sequence of words that both have in the same order: each of the
  // text's words, going through it, extends the best sequence that ends before one of its places.
  float HeaviestSequence(const Looked& looked) {
    best_until_.assign(places() + 1, 0);  // a tree of maxima over the query's places
    float best = 0;
    for (const int word : looked.words) {
      if (word < 0) continue;
      // From the last place on, so that one word of the text counts once.
      const std::vector<uint32_t>& at = query_.words[word].places;
      for (auto place = at.rbegin(); place != at.rend(); ++place) {
        const float sum = MaxBefore(*place) + WeightOf(word);
        best = std::max(best, sum);
        for (size_t i = *place + 1; i < best_until_.size(); i += i & -i) {
          best_until_[i] = std::max(best_until_[i], sum);
        }
      }
    }
    return best;
  }

  float MaxBefore(size_t place) const {
    float most = 0;
    for (size_t i = place; i > 0; i -= i & -i) most = std::max(most, best_until_[i]);
    return most;
  }

  size_t places() {
    if (places_ == 0) {
      for (const QueryWord& word : query_.words) {
        for (const uint32_t place : word.places) places_ = std::max<size_t>(places_, place + 1);
      }
    }
    return places_;
  }

  void CompareNames(const Looked& statement, const Looked& title, Features* out) {
    Features& features = *out;
    absl::flat_hash_map<absl::string_view, bool> seen;
    for (const Looked* looked : {&statement, &title}) {
      for (size_t i = 0; i < looked->words.size(); ++i) {
        const IndexedWord& word = looked->field->words[i];
        if (!seen.emplace(word.stem, true).second) continue;
        const bool is_hit = looked->words[i] >= 0;
        if (word.is_name && looked == &statement) {
          features[is_hit ? kNameHit : kNameMissed] +=
              is_hit ? WeightOf(looked->words[i]) : WeightAmongCandidates(word.stem);
        }
        if (word.kind == TokenKind::kNumber) features[is_hit ? kNumberHit : kNumberMissed] += 1;
      }
    }
  }

  struct Count {
    size_t last = 0;  // the candidate that was counted last, from 1
    uint32_t candidates = 0;
  };

  const QueryWords& query_;
  const absl::Span<const Indexed> candidates_;
  LetterComparison letters_;
  absl::flat_hash_map<std::string, int> by_stem_;
  absl::flat_hash_map<absl::string_view, Count> counts_;
  float query_weight_ = 0;
  size_t places_ = 0;
  std::vector<float> best_until_;
};

}  // namespace

std::vector<Features> Compare(const QueryWords& query, absl::Span<const Indexed> candidates,
                              absl::Span<const uint64_t> scores) {
  Comparison comparison(query, candidates);
  std::vector<Features> features;
  features.reserve(candidates.size());
  for (size_t i = 0; i < candidates.size(); ++i) {
    features.push_back(comparison.Compare(candidates[i], scores[i]));
  }
  return features;
}

}  // namespace headwater::search
