#include "search/rank/query_words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "search/index/indexed.h"
#include "search/index/posting_list.h"
#include "search/index/statistics.h"
#include "search/rank/word_weight.h"
#include "search/text/byline.h"
#include "search/text/decode.h"
#include "search/text/detect.h"

namespace headwater::search {
namespace {

constexpr size_t kMostWords = 300;
constexpr size_t kMostPlaces = 16;
constexpr size_t kMostUnknown = 40;  // so many words are tried apart
constexpr size_t kShortestJoined = 6;
constexpr size_t kShortestPart = 3;
constexpr double kWeightUnit = 1000;

// Whether a sentence ends in what stands between two words.
bool EndsSentence(absl::string_view between) {
  return between.find_first_of(".!?\n") != absl::string_view::npos ||
         between.find("\xe2\x80\x94") != absl::string_view::npos ||  // a dash
         between.find("\xe3\x80\x82") != absl::string_view::npos;    // 。
}

class Reading {
 public:
  Reading(const kv::Snapshot& snapshot, keys::Corpus corpus, Analyzer* analyzer,
          kv::Patience patience)
      : snapshot_(snapshot), corpus_(corpus), analyzer_(*analyzer), patience_(patience) {}

  absl::StatusOr<QueryWords> Run(absl::string_view text, absl::string_view tag) {
    language_ = LanguageToReadBy(tag, text);
    const bool is_certain = !language_.empty();
    if (!is_certain) language_ = DetectLanguage(text).language;
    const std::vector<Token> tokens = analyzer_.AnalyzeAs(text, language_);
    fingerprint_ = FingerprintOf(tokens);
    TakeTokens(text, tokens);
    const size_t own = words_.size();
    if (!is_certain && language_ != "en") AddEnglish(own);
    AddJoined(tokens);
    const std::string whole = TextTerm(fingerprint_);
    HW_RETURN_IF_ERROR(Look(0, &whole));
    DropUnknown(own);
    HW_RETURN_IF_ERROR(AddApart(own));
    return Finish(whole);
  }

 private:
  struct Place {
    uint32_t word;
    uint32_t sentence;
    double share;
  };

  void TakeTokens(absl::string_view text, const std::vector<Token>& tokens) {
    const Byline byline = FindByline(text);
    size_t end = 0;
    for (const Token& token : tokens) {
      if (token.begin > end && end > 0 && EndsSentence(text.substr(end, token.begin - end))) {
        ++sentence_;
      }
      end = std::max<size_t>(end, token.end);
      Add(token.stem, token.folded, token.kind, token.is_name,
          {token.position, sentence_, ShareOf(token, byline)});
    }
  }

  void Add(const std::string& stem, const std::string& folded, TokenKind kind, bool is_name,
           const Place& place) {
    const auto [found, is_new] = by_stem_.emplace(stem, words_.size());
    if (is_new) {
      words_.emplace_back();
      words_.back().stem = stem;
      words_.back().folded = folded;
      words_.back().kind = kind;
    }
    QueryWord& word = words_[found->second];
    word.is_name |= is_name;
    if (kind < word.kind) word.kind = kind;
    word.share = std::max(word.share, place.share);
    if (word.places.size() < kMostPlaces) word.places.push_back(place.word);
    if (word.sentences.empty() || word.sentences.back() != place.sentence) {
      word.sentences.push_back(place.sentence);
    }
  }

  // By value: adding moves words, and what is given may stand in one.
  void AddLike(const QueryWord& other, std::string stem, std::string folded) {
    if (stem.empty() || by_stem_.contains(stem)) return;
    const QueryWord like = other;
    for (const uint32_t place : like.places) {
      Add(stem, folded, TokenKind::kWord, like.is_name,
          {place, like.sentences.front(), like.share});
    }
  }

  void AddEnglish(size_t own) {
    for (size_t i = 0; i < own; ++i) {
      if (words_[i].kind != TokenKind::kWord) continue;
      AddLike(words_[i], analyzer_.Stem(words_[i].folded, "en"), words_[i].folded);
    }
  }

  void AddJoined(const std::vector<Token>& tokens) {
    for (size_t i = 0; i + 1 < tokens.size(); ++i) {
      const Token& first = tokens[i];
      const Token& second = tokens[i + 1];
      if (first.kind != TokenKind::kWord || second.kind != TokenKind::kWord) continue;
      const std::string folded = first.folded + second.folded;
      if (folded.size() < kShortestJoined || folded.size() > kMaxWordBytes) continue;
      const size_t parts[] = {by_stem_.at(first.stem), by_stem_.at(second.stem)};
      const size_t known = words_.size();
      AddLike(words_[parts[0]], analyzer_.Stem(folded, language_), folded);
      if (words_.size() > known) joined_[words_.back().stem] = {parts[0], parts[1]};
    }
  }

  // Once the kinds of words and how many resources hold them are known.
  void WeighWords(uint32_t resources) {
    for (QueryWord& word : words_) word.weight = WeightOf(word, resources);
    // Joined words are seldom in the index and would weigh accordingly, beside their parts.
    for (const auto& [stem, parts] : joined_) {
      const auto found = by_stem_.find(stem);
      if (found == by_stem_.end()) continue;
      QueryWord& word = words_[found->second];
      word.weight =
          std::min(word.weight, std::max(words_[parts.first].weight, words_[parts.second].weight));
    }
  }

  // Finds the heads of the words from `begin` on, and that of the whole text's term with them.
  absl::Status Look(size_t begin, const std::string* whole = nullptr) {
    std::vector<std::string> terms;
    for (size_t i = begin; i < words_.size(); ++i) terms.push_back(WordTerm(words_[i].stem));
    if (whole != nullptr) terms.push_back(*whole);
    HW_ASSIGN_OR_RETURN(std::vector<std::string> heads,
                        ReadHeads(snapshot_, corpus_, terms, patience_));
    if (whole != nullptr) {
      whole_head_ = std::move(heads.back());
      heads.pop_back();
    }
    heads_.resize(begin);
    for (size_t i = 0; i < heads.size(); ++i) {
      const std::optional<TermHead> head = ParseHead(heads[i]);
      words_[begin + i].resources = head ? head->count : 0;
      heads_.push_back(std::move(heads[i]));
    }
    return absl::OkStatus();
  }

  // Other readings of the text's words count only where the index has them.
  void DropUnknown(size_t own) {
    size_t kept = own;
    for (size_t i = own; i < words_.size(); ++i) {
      if (heads_[i].empty()) continue;
      if (kept != i) {
        words_[kept] = std::move(words_[i]);
        heads_[kept] = std::move(heads_[i]);
      }
      ++kept;
    }
    words_.resize(kept);
    heads_.resize(kept);
    by_stem_.clear();
    for (size_t i = 0; i < words_.size(); ++i) by_stem_.emplace(words_[i].stem, i);
  }

  // Words that the index does not have, as two that it has.
  absl::Status AddApart(size_t own) {
    struct Parts {
      size_t word;
      std::string first;
      std::string second;
    };
    std::vector<Parts> parts;
    std::vector<std::string> terms;
    size_t unknown = 0;
    for (size_t i = 0; i < own && unknown < kMostUnknown; ++i) {
      const QueryWord& word = words_[i];
      const bool may_be_joined = word.kind == TokenKind::kWord || word.kind == TokenKind::kTag ||
                                 (word.kind == TokenKind::kHandle && word.folded[0] != '@');
      if (word.resources > 0 || !may_be_joined || word.folded.size() < 2 * kShortestPart + 1) {
        continue;
      }
      ++unknown;
      for (size_t at = kShortestPart; at + kShortestPart <= word.folded.size(); ++at) {
        if ((word.folded[at] & 0xc0) == 0x80) continue;
        parts.push_back({i, word.folded.substr(0, at), word.folded.substr(at)});
        terms.push_back(WordTerm(analyzer_.Stem(parts.back().first, language_)));
        terms.push_back(WordTerm(analyzer_.Stem(parts.back().second, language_)));
      }
    }
    if (parts.empty()) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const std::vector<std::string> heads,
                        ReadHeads(snapshot_, corpus_, terms, patience_));
    // Of each word the parts of which the rarer is the most common: "tampered water".
    std::map<size_t, std::pair<uint32_t, const Parts*>> best;
    for (size_t i = 0; i < parts.size(); ++i) {
      const std::optional<TermHead> first = ParseHead(heads[2 * i]);
      const std::optional<TermHead> second = ParseHead(heads[2 * i + 1]);
      if (!first || !second) continue;
      const uint32_t rarer = std::min(first->count, second->count);
      auto& entry = best[parts[i].word];
      if (rarer > 1 && rarer > entry.first) entry = {rarer, &parts[i]};
    }
    const size_t begin = words_.size();
    for (const auto& [word, chosen] : best) {
      if (chosen.second == nullptr) continue;
      for (const std::string* part : {&chosen.second->first, &chosen.second->second}) {
        AddLike(words_[word], analyzer_.Stem(*part, language_), *part);
      }
    }
    return Look(begin);
  }

  absl::StatusOr<QueryWords> Finish(const std::string& whole) {
    HW_ASSIGN_OR_RETURN(const IndexStatistics statistics,
                        ReadStatistics(snapshot_, corpus_, patience_));
    WeighWords(statistics.count);
    std::vector<size_t> order(words_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [this](size_t a, size_t b) { return words_[a].weight > words_[b].weight; });
    if (order.size() > kMostWords) order.resize(kMostWords);
    std::sort(order.begin(), order.end());
    QueryWords query;
    query.language = language_;
    query.sentences = sentence_ + 1;
    query.resources = statistics.count;
    if (!whole_head_.empty()) {
      query.has_own_term = true;
      query.terms.push_back({{whole, std::move(whole_head_)}, kWholeTextWeight});
    }
    for (const size_t i : order) {
      if (!heads_[i].empty()) {
        const double weight = std::round(kWeightUnit * words_[i].weight);
        query.terms.push_back(
            {{WordTerm(words_[i].stem), std::move(heads_[i])},
             static_cast<uint32_t>(std::clamp<double>(weight, 1, kWholeTextWeight / 1000))});
      }
      query.words.push_back(std::move(words_[i]));
    }
    return query;
  }

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  Analyzer& analyzer_;
  const kv::Patience patience_;
  std::string language_;
  uint64_t fingerprint_ = 0;
  uint32_t sentence_ = 0;
  std::vector<QueryWord> words_;
  std::vector<std::string> heads_;  // of each word
  std::string whole_head_;          // of the term of the whole text
  absl::flat_hash_map<std::string, size_t> by_stem_;
  // By the stem of a word that was joined: its parts, which are the text's own words.
  absl::flat_hash_map<std::string, std::pair<size_t, size_t>> joined_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadHeads(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus,
                                                   absl::Span<const std::string> terms,
                                                   kv::Patience patience) {
  std::vector<std::string> keys;
  keys.reserve(terms.size());
  for (const std::string& term : terms) keys.push_back(keys::TermHeadKey(corpus, term));
  HW_ASSIGN_OR_RETURN(std::vector<std::optional<std::string>> values,
                      snapshot.MultiGet(kv::Keyspace::kPostings, keys, patience));
  std::vector<std::string> heads;
  heads.reserve(values.size());
  for (std::optional<std::string>& value : values) {
    heads.push_back(value ? *std::move(value) : std::string());
  }
  return heads;
}

absl::StatusOr<QueryWords> ReadQuery(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                     absl::string_view text, absl::string_view language,
                                     Analyzer* analyzer, kv::Patience patience) {
  return Reading(snapshot, corpus, analyzer, patience).Run(text, language);
}

}  // namespace headwater::search
