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

// A stem that candidates have.
struct Term {
  int word = -1;                  // of the query; -1 for none
  Similar similar;                // else what is most like it there
  float weight_missed = 0;        // what it weighs where the query lacks it
  uint32_t candidates = 0;        // in how many it is
  size_t last = 0;                // the candidate that was counted last, from 1
  size_t seen = 0;                // the pass that it was seen in last
  std::vector<uint32_t> letters;  // its sequences of letters that the query has too
  size_t all_letters = 0;         // how many it has
};

// One text of a candidate, its words looked up.
struct Looked {
  const IndexedField* field = nullptr;
  absl::Span<const uint32_t> terms;  // by place
  std::vector<int> words;            // by place: which of the query's words; -1 for none
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

  Features Compare(size_t candidate, uint64_t score) {
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
    features[kLettersHit] = CompareLetters(statement, title);
    return features;
  }

 private:
  // Finds each stem of the candidates once.
  void CountAmongCandidates() {
    absl::flat_hash_map<absl::string_view, uint32_t> ids;
    ids_.reserve(candidates_.size());
    for (size_t i = 0; i < candidates_.size(); ++i) {
      ids_.emplace_back();
      for (const IndexedField& field : candidates_[i].fields) {
        ids_.back().emplace_back();
        ids_.back().back().reserve(field.words.size());
        for (const IndexedWord& word : field.words) {
          const auto [found, is_new] = ids.emplace(word.stem, terms_.size());
          if (is_new) terms_.push_back(MakeTerm(word));
          Term& term = terms_[found->second];
          ids_.back().back().push_back(found->second);
          if (term.last != i + 1) ++term.candidates;
          term.last = i + 1;
        }
      }
    }
    // What a word that the query lacks weighs: nothing is known of it but the candidates' own use.
    const auto all = static_cast<float>(candidates_.size());
    for (Term& term : terms_) {
      const auto having = static_cast<float>(term.candidates);
      term.weight_missed = std::log1p((all - having + 0.5f) / (having + 0.5f));
    }
  }

  Term MakeTerm(const IndexedWord& word) {
    Term term;
    const auto found = by_stem_.find(word.stem);
    if (found != by_stem_.end()) {
      term.word = found->second;
    } else {
      term.similar = letters_.MostSimilar(word);
    }
    term.letters = letters_.Shared(word.stem, &term.all_letters);
    return term;
  }

  // Whether the term is met for the first time in this pass.
  bool IsNew(uint32_t term) { return std::exchange(terms_[term].seen, pass_) != pass_; }

  Looked Look(const IndexedField& field, absl::Span<const uint32_t> terms) {
    Looked looked;
    looked.field = &field;
    looked.terms = terms;
    looked.words.reserve(terms.size());
    ++pass_;
    for (const uint32_t id : terms) {
      const Term& term = terms_[id];
      looked.words.push_back(term.word);
      if (!IsNew(id)) continue;
      if (term.word >= 0) {
        looked.hit += WeightOf(term.word);
      } else {
        looked.missed += term.weight_missed * (1 - term.similar.similarity);
      }
    }
    return looked;
  }

  Looked BestOf(size_t candidate, bool statements) {
    Looked best;
    float best_agreement = -1;
    for (size_t i = 0; i < candidates_[candidate].fields.size(); ++i) {
      const IndexedField& field = candidates_[candidate].fields[i];
      if (statements ? !IsStatement(field.field) : field.field != Field::kTitle) continue;
      Looked looked = Look(field, ids_[candidate][i]);
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
    size_t different = 0;
    float hit = 0;
    float missed = 0;
    float squares = 0;
    ++pass_;
    for (const Looked* looked : {&statement, &title}) {
      for (size_t i = 0; i < looked->words.size(); ++i) {
        const Term& term = terms_[looked->terms[i]];
        const int index = looked->words[i];
        if (looked == &title && index >= 0 && in[index] == 1) {
          in[index] = 2;
          features[kBothHit] += WeightOf(index);
        }
        if (!IsNew(looked->terms[i])) continue;
        ++different;
        if (index < 0) {
          const Similar& most = term.similar;
          if (most.word >= 0) similar[most.word] = std::max(similar[most.word], most.similarity);
          missed += term.weight_missed * (1 - most.similarity);
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
    features[kWordsShare] = features[kWordsHit] / static_cast<float>(1 + different);
  }

  // How many places the second word is behind the first in the query, where they are nearest; the
  // other way round is one more.
  size_t Distance(int first, int second) const {
    size_t nearest = kFarAway;
    for (const uint32_t a : query_.words[first].places) {
      for (const uint32_t b : query_.words[second].places) {
        if (b == a) nearest = 1;  // parts of one word of the query
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
      features[first] += weight * (distance == 1   ? 1
                                   : distance <= 3 ? 0.5f
                                   : distance <= 8 ? 0.2f
                                                   : 0);
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
    ++pass_;
    for (const Looked* looked : {&statement, &title}) {
      for (size_t i = 0; i < looked->words.size(); ++i) {
        const IndexedWord& word = looked->field->words[i];
        if (!IsNew(looked->terms[i])) continue;
        const bool is_hit = looked->words[i] >= 0;
        if (word.is_name && looked == &statement) {
          features[is_hit ? kNameHit : kNameMissed] +=
              is_hit ? WeightOf(looked->words[i]) : terms_[looked->terms[i]].weight_missed;
        }
        if (word.kind == TokenKind::kNumber) features[is_hit ? kNumberHit : kNumberMissed] += 1;
      }
    }
  }

  // The weight of the sequences of letters in both, damped where they are many in a long text.
  float CompareLetters(const Looked& statement, const Looked& title) {
    const bool is_alone = statement.field == title.field;
    size_t all = 0;
    letters_in_.clear();
    for (const Looked* looked : {&statement, &title}) {
      if (is_alone && looked == &title) break;
      for (const uint32_t id : looked->terms) {
        all += terms_[id].all_letters;
        letters_in_.insert(letters_in_.end(), terms_[id].letters.begin(), terms_[id].letters.end());
      }
    }
    std::sort(letters_in_.begin(), letters_in_.end());
    return letters_.Weigh(letters_in_, all);
  }

  const QueryWords& query_;
  const absl::Span<const Indexed> candidates_;
  LetterComparison letters_;
  absl::flat_hash_map<std::string, int> by_stem_;
  std::vector<Term> terms_;
  std::vector<std::vector<std::vector<uint32_t>>> ids_;  // of terms: by candidate, field, place
  size_t pass_ = 0;
  std::vector<uint32_t> letters_in_;
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
    features.push_back(comparison.Compare(i, scores[i]));
  }
  return features;
}

}  // namespace headwater::search
