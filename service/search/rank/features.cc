#include "search/rank/features.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace headwater::search {
namespace {

constexpr size_t kFarAway = 99;
constexpr float kSaturation = 1.2f;
constexpr float kLengthShare = 0.4f;
constexpr float kUsualSequences = 110;    // of letters, in a statement and a title
constexpr float kScoreUnit = 255 * 1000;  // of impacts and of weights
constexpr uint64_t kWholeTextScore = uint64_t{255} * kWholeTextWeight;

bool IsStatement(Field field) {
  return field == Field::kStatement || field == Field::kTranslation || field == Field::kReviewed ||
         field == Field::kQuote || field == Field::kName || field == Field::kAlias;
}

// What is found out about a stem that candidates have.
struct Term {
  int word = -1;               // of the query; -1 for none
  CommonLetters similar;       // else what is most like it there
  float weight_missed = 0;     // what it weighs where the query lacks it
  uint32_t seen = 0;           // the pass that it was seen in last
  uint32_t letters_begin = 0;  // its sequences of letters that the query has too: in letters_
  uint32_t letters_end = 0;
};

// One text of a candidate, its words looked up.
struct Looked {
  Candidates::Text text;
  bool is_there = false;
  float hit = 0;
  float missed = 0;

  float coverage() const { return hit / (hit + missed + 1); }
};

class Comparison {
 public:
  Comparison(const QueryWords& query, const QueryLetters& letters, const Candidates& candidates)
      : query_(query), letters_of_query_(letters), candidates_(candidates) {
    for (const QueryWord& word : query.words) {
      weights_.push_back(static_cast<float>(word.weight));
      if (word.resources > 0) query_weight_ += weights_.back();
      for (const uint32_t place : word.places) places_ = std::max<size_t>(places_, place + 1);
    }
    how_often_.assign(letters.sequences().size(), 0);
    LookUpTerms();
  }

  Features Compare(size_t candidate, uint64_t score) {
    Features features{};
    features[kIndexScore] = static_cast<float>(score % kWholeTextScore) / kScoreUnit;
    const Looked statement = BestOf(candidate, true);
    Looked title = BestOf(candidate, false);
    if (!statement.is_there) return features;
    const bool is_alone = !title.is_there;
    if (is_alone) title = statement;
    features[kStatementHit] = statement.hit;
    features[kTitleHit] = title.hit;
    features[kStatementMissed] = statement.missed;
    features[kTitleMissed] = title.missed;
    features[kStatementCoverage] = statement.coverage();
    features[kTitleCoverage] = title.coverage();
    features[kStatementLength] = std::log1p(static_cast<float>(statement.text.size()));
    features[kTitleLength] = std::log1p(static_cast<float>(title.text.size()));
    CompareTogether(statement, title, &features);
    CompareOrder(statement, kStatementNeighbours, &features);
    CompareOrder(title, kTitleNeighbours, &features);
    CompareNames(statement, title, &features);
    CompareLetters(statement, is_alone ? nullptr : &title, &features);
    return features;
  }

 private:
  // Finds out about each stem of the candidates once.
  void LookUpTerms() {
    absl::flat_hash_map<absl::string_view, int> by_stem;
    for (size_t i = 0; i < query_.words.size(); ++i) {
      by_stem.emplace(query_.words[i].stem, static_cast<int>(i));
    }
    LetterComparison letters(letters_of_query_);
    const auto all = static_cast<float>(candidates_.size());
    terms_.reserve(candidates_.terms().size());
    for (const Candidates::Term& each : candidates_.terms()) {
      Term& term = terms_.emplace_back();
      const auto found = by_stem.find(each.stem);
      if (found != by_stem.end()) term.word = found->second;
      term.letters_begin = static_cast<uint32_t>(letters_.size());
      term.similar = letters.Compare(each.stem, term.word < 0 && MayBeSimilar(each.kind, each.stem),
                                     &letters_);
      term.letters_end = static_cast<uint32_t>(letters_.size());
      // What a word that the query lacks weighs: nothing is known of it but the candidates' use.
      const auto having = static_cast<float>(each.candidates);
      term.weight_missed = std::log1p((all - having + 0.5f) / (having + 0.5f));
    }
  }

  // Whether the term is met for the first time in this pass.
  bool IsNew(uint32_t term) { return std::exchange(terms_[term].seen, pass_) != pass_; }

  Looked Look(const Candidates::Text& text) {
    Looked looked;
    looked.text = text;
    looked.is_there = true;
    ++pass_;
    for (const Candidates::Word& word : candidates_.words(text)) {
      const Term& term = terms_[word.term];
      if (!IsNew(word.term)) continue;
      if (term.word >= 0) {
        looked.hit += weights_[term.word];
      } else {
        looked.missed += term.weight_missed * (1 - term.similar.similarity);
      }
    }
    return looked;
  }

  Looked BestOf(size_t candidate, bool statements) {
    Looked best;
    float best_agreement = -1;
    for (const Candidates::Text& text : candidates_.texts(candidate)) {
      if (statements ? !IsStatement(text.field) : text.field != Field::kTitle) continue;
      const Looked looked = Look(text);
      const float agreement = looked.hit * looked.coverage();
      if (agreement <= best_agreement) continue;
      best_agreement = agreement;
      best = looked;
    }
    return best;
  }

  void CompareTogether(const Looked& statement, const Looked& title, Features* out) {
    Features& features = *out;
    sentences_.assign(query_.sentences, 0);
    in_.assign(weights_.size(), 0);
    similar_.assign(weights_.size(), 0);
    size_t different = 0;
    float hit = 0;
    float missed = 0;
    float squares = 0;
    ++pass_;
    for (const Looked* looked : {&statement, &title}) {
      for (const Candidates::Word& word : candidates_.words(looked->text)) {
        const Term& term = terms_[word.term];
        const int index = term.word;
        if (looked == &title && index >= 0 && in_[index] == 1) {
          in_[index] = 2;
          features[kBothHit] += weights_[index];
        }
        if (!IsNew(word.term)) continue;
        ++different;
        if (index < 0) {
          const CommonLetters& most = term.similar;
          if (most.word >= 0) similar_[most.word] = std::max(similar_[most.word], most.similarity);
          missed += term.weight_missed * (1 - most.similarity);
          continue;
        }
        in_[index] = looked == &statement ? 1 : 2;
        const float weight = weights_[index];
        hit += weight;
        squares += weight * weight;
        features[kWordsHit] += 1;
        if (weight > features[kHighestHit]) {
          features[kSecondHit] = std::exchange(features[kHighestHit], weight);
        } else {
          features[kSecondHit] = std::max(features[kSecondHit], weight);
        }
        for (const uint32_t sentence : query_.words[index].sentences) {
          sentences_[sentence] += weight;
        }
      }
    }
    for (size_t i = 0; i < similar_.size(); ++i) {
      features[kSimilarHit] += similar_[i] * weights_[i];
    }
    const float all = hit + missed;
    features[kOverlap] = 2 * hit / (query_weight_ + all + 1);
    features[kCosine] = hit / std::sqrt(all + 1);
    features[kRootSquareHit] = std::sqrt(squares);
    features[kSentenceHit] = *std::max_element(sentences_.begin(), sentences_.end());
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
    int a = -1;  // the word before
    for (const Candidates::Word& word : candidates_.words(looked.text)) {
      const int b = terms_[word.term].word;
      const size_t distance = a >= 0 && b >= 0 ? Distance(a, b) : kFarAway;
      const float weight = a >= 0 && b >= 0 ? (weights_[a] + weights_[b]) / 2 : 0;
      run = distance == 1 ? run + weight : 0;
      features[first] += weight * (distance == 1   ? 1
                                   : distance <= 3 ? 0.5f
                                   : distance <= 8 ? 0.2f
                                                   : 0);
      features[first + 1] = std::max(features[first + 1], run);
      a = b;
    }
    features[first + 2] = HeaviestSequence(looked);
  }

  // The weight of the heaviest sequence of words that both have in the same order: each of the
  // text's words, going through it, extends the best sequence that ends before one of its places.
  float HeaviestSequence(const Looked& looked) {
    best_until_.assign(places_ + 1, 0);  // a tree of maxima over the query's places
    float best = 0;
    for (const Candidates::Word& word : candidates_.words(looked.text)) {
      const int index = terms_[word.term].word;
      if (index < 0) continue;
      // From the last place on, so that one word of the text counts once.
      const std::vector<uint32_t>& at = query_.words[index].places;
      for (auto place = at.rbegin(); place != at.rend(); ++place) {
        const float sum = MaxBefore(*place) + weights_[index];
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

  void CompareNames(const Looked& statement, const Looked& title, Features* out) {
    Features& features = *out;
    ++pass_;
    for (const Looked* looked : {&statement, &title}) {
      for (const Candidates::Word& word : candidates_.words(looked->text)) {
        if (!IsNew(word.term)) continue;
        const Term& term = terms_[word.term];
        const bool is_hit = term.word >= 0;
        if (word.is_name && looked == &statement) {
          features[is_hit ? kNameHit : kNameMissed] +=
              is_hit ? weights_[term.word] : term.weight_missed;
        }
        if (word.kind == TokenKind::kNumber) features[is_hit ? kNumberHit : kNumberMissed] += 1;
      }
    }
  }

  // The weight of the sequences of letters in both, damped where they are many in a long text.
  void CompareLetters(const Looked& statement, const Looked* title, Features* out) {
    size_t all = 0;
    for (const Looked* looked : {&statement, title}) {
      if (looked == nullptr) continue;
      for (const Candidates::Word& word : candidates_.words(looked->text)) {
        const Term& term = terms_[word.term];
        all += term.similar.all;
        for (uint32_t i = term.letters_begin; i < term.letters_end; ++i) {
          if (how_often_[letters_[i]]++ == 0) met_.push_back(letters_[i]);
        }
      }
    }
    const float length = static_cast<float>(all) / kUsualSequences;
    const float damping = kSaturation * (1 - kLengthShare + kLengthShare * length);
    for (const uint32_t number : met_) {
      const auto often = static_cast<float>(std::exchange(how_often_[number], 0));
      const float share = often * (kSaturation + 1) / (often + damping);
      const QueryLetters::Sequence& sequence = letters_of_query_.sequences()[number];
      (*out)[kLettersHit] += sequence.weight * share;
      (*out)[kRareLettersHit] += sequence.rarity * share;
    }
    met_.clear();
  }

  const QueryWords& query_;
  const QueryLetters& letters_of_query_;
  const Candidates& candidates_;
  std::vector<float> weights_;  // of the query's words
  float query_weight_ = 0;
  size_t places_ = 0;              // in the query
  std::vector<Term> terms_;        // as the candidates number them
  std::vector<uint32_t> letters_;  // numbers of the query's sequences: see Term
  uint32_t pass_ = 0;
  // Of the candidate at hand, to be used again for the next.
  std::vector<float> sentences_;  // what each of the query's hits
  std::vector<uint8_t> in_;       // by word of the query. 1: in the statement, 2: counted
  std::vector<float> similar_;    // likewise: to the most similar word
  std::vector<float> best_until_;
  std::vector<uint32_t> how_often_;  // by sequence; all 0 between candidates
  std::vector<uint32_t> met_;        // those that are not
};

}  // namespace

std::vector<Features> Compare(const QueryWords& query, const QueryLetters& letters,
                              const Candidates& candidates, absl::Span<const uint64_t> scores) {
  Comparison comparison(query, letters, candidates);
  std::vector<Features> features;
  features.reserve(candidates.size());
  for (size_t i = 0; i < candidates.size(); ++i) {
    features.push_back(comparison.Compare(i, scores[i]));
  }
  return features;
}

}  // namespace headwater::search
