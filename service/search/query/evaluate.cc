#include "search/query/evaluate.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/index/indexed.h"
#include "search/index/posting_list.h"
#include "search/query/fusion.h"
#include "search/rank/query_words.h"
#include "search/text/detect.h"
#include "search/text/fold.h"

namespace headwater::search {
namespace {

constexpr size_t kPrefixWords = 50;
constexpr size_t kMostPrefixRows = 2000;
// All prefixes of a query share in so many words, and in this many times as many rows looked at.
constexpr size_t kAllPrefixWords = 400;
constexpr size_t kRowsForAWord = kMostPrefixRows / kPrefixWords;
// The rows of so many resources are held at a time.
constexpr size_t kExaminedAtATime = 100;
constexpr uint32_t kPrefixWeight = 3000;  // of a middling word

// Whether the stems stand in the field one right behind the other.
bool HasPhrase(const IndexedField& field, const std::vector<Token>& phrase) {
  const std::vector<IndexedWord>& words = field.words;
  for (size_t begin = 0; begin < words.size(); ++begin) {
    if (words[begin].stem != phrase[0].stem) continue;
    size_t at = begin;
    size_t matched = 1;
    while (matched < phrase.size()) {
      const uint32_t place = words[begin].position + phrase[matched].position - phrase[0].position;
      ++at;
      while (at < words.size() && words[at].position < place) ++at;
      size_t same = at;
      while (same < words.size() && words[same].position == place &&
             words[same].stem != phrase[matched].stem) {
        ++same;
      }
      if (same == words.size() || words[same].position != place) break;
      at = same;
      ++matched;
    }
    if (matched == phrase.size()) return true;
  }
  return false;
}

// A phrase as it may be read.
using Readings = std::vector<std::vector<Token>>;

bool HasPhrase(const Indexed& indexed, const Readings& readings) {
  return std::any_of(readings.begin(), readings.end(), [&](const std::vector<Token>& phrase) {
    return std::any_of(indexed.fields.begin(), indexed.fields.end(),
                       [&](const IndexedField& field) { return HasPhrase(field, phrase); });
  });
}

class Evaluation {
 public:
  Evaluation(const kv::Snapshot& snapshot, keys::Corpus corpus, const ParsedQuery& query,
             const SearchOptions& options, Analyzer* analyzer, kv::Patience patience)
      : snapshot_(snapshot),
        corpus_(corpus),
        query_(query),
        options_(options),
        analyzer_(*analyzer),
        patience_(patience) {}

  absl::StatusOr<SearchResult> Run() {
    HW_ASSIGN_OR_RETURN(words_, ReadQuery(snapshot_, corpus_, query_.text, options_.language,
                                          &analyzer_, patience_));
    language_ = words_.language;
    for (const QueryWord& word : words_.words) {
      result_.stems.insert(word.stem);
      if (word.resources == 0) heads_[WordTerm(word.stem)];
    }
    for (const WeightedTerm& term : words_.terms) heads_[term.found.term] = term.found.head;
    HW_RETURN_IF_ERROR(AddPhrases());
    HW_RETURN_IF_ERROR(AddPrefixes());
    HW_RETURN_IF_ERROR(AddFilters());
    if (is_hopeless_) return std::move(result_);
    if (options_.near) {
      HW_RETURN_IF_ERROR(CollectFused());
    } else if (!words_.terms.empty()) {
      HW_RETURN_IF_ERROR(Collect());
    }
    return std::move(result_);
  }

 private:
  absl::StatusOr<std::vector<FoundTerm>> Find(const std::vector<std::string>& terms) {
    std::vector<FoundTerm> found;
    std::vector<std::string> unread;
    for (const std::string& term : terms) {
      const auto head = heads_.find(term);
      if (head == heads_.end()) {
        unread.push_back(term);
      } else if (!head->second.empty()) {
        found.push_back({term, head->second});
      }
    }
    if (unread.empty()) return found;
    HW_ASSIGN_OR_RETURN(std::vector<std::string> heads,
                        ReadHeads(snapshot_, corpus_, unread, patience_));
    for (size_t i = 0; i < unread.size(); ++i) {
      if (!heads[i].empty()) found.push_back({std::move(unread[i]), std::move(heads[i])});
    }
    return found;
  }

  // Of the terms one has to be there.
  void Require(std::vector<FoundTerm> group) {
    is_hopeless_ |= group.empty();
    restriction_.groups.push_back(std::move(group));
  }

  // In the query's language, and where that is not known in English too, as its words are.
  Readings ReadingsOf(const std::string& text) {
    Readings readings;
    readings.push_back(analyzer_.AnalyzeAs(text, language_));
    if (readings[0].empty()) return {};
    if (language_ != "en" && LanguageToReadBy(options_.language, query_.text).empty()) {
      readings.push_back(analyzer_.AnalyzeAs(text, "en"));
      if (readings[1].size() != readings[0].size()) readings.pop_back();
    }
    return readings;
  }

  // The words that may stand at one place of a phrase.
  absl::StatusOr<std::vector<FoundTerm>> FindAt(const Readings& readings, size_t place) {
    std::set<std::string> terms;
    for (const std::vector<Token>& phrase : readings) terms.insert(WordTerm(phrase[place].stem));
    return Find({terms.begin(), terms.end()});
  }

  absl::Status AddPhrases() {
    for (const std::string& text : query_.phrases) {
      Readings readings = ReadingsOf(text);
      if (readings.empty()) continue;
      for (size_t i = 0; i < readings[0].size(); ++i) {
        HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> found, FindAt(readings, i));
        Require(std::move(found));
      }
      phrases_.push_back(std::move(readings));
    }
    for (const std::string& text : query_.excluded) {
      Readings readings = ReadingsOf(text);
      if (readings.empty()) continue;
      if (readings[0].size() > 1) {
        excluded_phrases_.push_back(std::move(readings));
        continue;
      }
      HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> found, FindAt(readings, 0));
      for (FoundTerm& term : found) restriction_.excluded.push_back(std::move(term));
    }
    return absl::OkStatus();
  }

  // A beginning may be longer than the stem of what begins so: "engineer" and "engin".
  absl::Status AddStemsOf(const std::string& prefix, std::vector<FoundTerm>* group) {
    std::set<std::string> terms;
    for (const std::vector<Token>& reading : ReadingsOf(prefix)) {
      for (const Token& token : reading) terms.insert(WordTerm(token.stem));
    }
    for (const FoundTerm& each : *group) terms.erase(each.term);
    HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> found, Find({terms.begin(), terms.end()}));
    for (FoundTerm& term : found) group->push_back(std::move(term));
    return absl::OkStatus();
  }

  absl::Status AddPrefixes() {
    const size_t prefixes = query_.prefixes.size() + query_.excluded_prefixes.size();
    if (prefixes == 0) return absl::OkStatus();
    const size_t most =
        std::min(kPrefixWords, kAllPrefixWords / std::min(prefixes, kAllPrefixWords));
    for (const std::string& prefix : query_.prefixes) {
      HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> group,
                          ExpandPrefix(snapshot_, corpus_, FoldWord(prefix), most, patience_));
      HW_RETURN_IF_ERROR(AddStemsOf(prefix, &group));
      for (const FoundTerm& term : group) {
        result_.stems.insert(term.term.substr(1));
        const bool is_there =
            std::any_of(words_.terms.begin(), words_.terms.end(),
                        [&](const WeightedTerm& each) { return each.found.term == term.term; });
        if (!is_there) words_.terms.push_back({term, kPrefixWeight});
      }
      Require(std::move(group));
    }
    for (const std::string& prefix : query_.excluded_prefixes) {
      HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> group,
                          ExpandPrefix(snapshot_, corpus_, FoldWord(prefix), most, patience_));
      HW_RETURN_IF_ERROR(AddStemsOf(prefix, &group));
      for (FoundTerm& term : group) restriction_.excluded.push_back(std::move(term));
    }
    if (words_.terms.size() > kMaxTerms) words_.terms.resize(kMaxTerms);
    return absl::OkStatus();
  }

  absl::Status AddFilters() {
    for (const std::vector<std::string>& group : options_.filters) {
      std::vector<std::string> terms;
      for (const std::string& filter : group) terms.push_back(FilterTerm(filter));
      HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> found, Find(terms));
      Require(std::move(found));
    }
    for (const std::string& filter : options_.excluded_filters) {
      HW_ASSIGN_OR_RETURN(std::vector<FoundTerm> found, Find({FilterTerm(filter)}));
      for (FoundTerm& term : found) restriction_.excluded.push_back(std::move(term));
    }
    restriction_.behind = options_.behind;
    return absl::OkStatus();
  }

  // Takes the best until there are enough hits; more and more of them, where few are hits.
  absl::Status Collect() {
    size_t examined = 0;
    size_t wanted = std::max(options_.most, options_.facet_hits) + 1;
    while (true) {
      wanted = std::min(wanted, options_.most_examined - examined);
      HW_ASSIGN_OR_RETURN(
          const std::vector<Scored> best,
          FindBest(snapshot_, corpus_, words_.terms, restriction_, wanted, patience_));
      const absl::Span<const Scored> every(best);
      for (size_t begin = 0; begin < best.size(); begin += kExaminedAtATime) {
        HW_RETURN_IF_ERROR(Examine(every.subspan(begin, kExaminedAtATime), examined + begin));
      }
      examined += best.size();
      const bool is_all = best.size() < wanted;
      result_.is_complete = is_all && !is_full_;
      if (is_all || is_full_ || examined >= options_.most_examined) return absl::OkStatus();
      restriction_.behind = result_.last_examined;
      wanted *= 4;
    }
  }

  // The order is worked out whole, and gone through until there are enough hits.
  absl::Status CollectFused() {
    std::vector<Scored> best;
    restriction_.behind.reset();
    if (!words_.terms.empty()) {
      HW_ASSIGN_OR_RETURN(
          best, FindBest(snapshot_, corpus_, words_.terms, restriction_, kFusedByWords, patience_));
    }
    std::vector<Scored> fused = Fuse(best, *options_.near);
    if (options_.behind) {
      const Scored& behind = *options_.behind;
      std::erase_if(fused, [&](const Scored& each) {
        return each.score > behind.score ||
               (each.score == behind.score && each.number <= behind.number);
      });
    }
    const absl::Span<const Scored> every(fused);
    for (size_t begin = 0; begin < fused.size(); begin += kExaminedAtATime) {
      HW_RETURN_IF_ERROR(Examine(every.subspan(begin, kExaminedAtATime), begin));
    }
    result_.is_complete = !is_full_;
    return absl::OkStatus();
  }

  // What the postings hold of those that were found by words.
  bool IsLetThrough(const Indexed& indexed) const {
    if (restriction_.groups.empty() && restriction_.excluded.empty()) return true;
    std::set<std::string> terms;
    for (const TermImpact& each : ImpactsOf(indexed)) terms.insert(each.term);
    const auto has = [&](const FoundTerm& each) { return terms.contains(each.term); };
    return std::all_of(restriction_.groups.begin(), restriction_.groups.end(),
                       [&](const std::vector<FoundTerm>& group) {
                         return std::any_of(group.begin(), group.end(), has);
                       }) &&
           std::none_of(restriction_.excluded.begin(), restriction_.excluded.end(), has);
  }

  absl::Status Examine(absl::Span<const Scored> best, size_t examined_before) {
    if (is_full_ && examined_before >= options_.facet_hits) return absl::OkStatus();
    std::vector<std::string> keys;
    for (const Scored& scored : best) keys.push_back(keys::IndexedKey(corpus_, scored.number));
    HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                        snapshot_.MultiGet(kv::Keyspace::kPostings, keys, patience_));
    for (size_t i = 0; i < best.size(); ++i) {
      const std::optional<Indexed> indexed = rows[i] ? DecodeIndexed(*rows[i]) : std::nullopt;
      if (!indexed) return Damaged("what is indexed");
      if (result_.hits.size() == options_.most) is_full_ = true;
      const bool counts = examined_before + i < options_.facet_hits;
      if (is_full_ && !counts) break;
      HW_ASSIGN_OR_RETURN(const bool is_hit, IsHit(*indexed));
      if (counts && is_hit) {
        for (const std::string& filter : indexed->filters) ++result_.facets[filter];
      }
      if (is_full_) continue;
      result_.last_examined = best[i];
      if (is_hit) result_.hits.push_back({indexed->id, best[i]});
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> IsHit(const Indexed& indexed) const {
    if (options_.near && !IsLetThrough(indexed)) return false;
    for (const Readings& phrase : phrases_) {
      if (!HasPhrase(indexed, phrase)) return false;
    }
    for (const Readings& phrase : excluded_phrases_) {
      if (HasPhrase(indexed, phrase)) return false;
    }
    if (options_.may_be_hit) return options_.may_be_hit(indexed.id);
    return true;
  }

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const ParsedQuery& query_;
  const SearchOptions& options_;
  Analyzer& analyzer_;
  const kv::Patience patience_;
  std::string language_;
  QueryWords words_;
  std::map<std::string, std::string> heads_;  // of the words that were looked up; empty: nowhere
  std::vector<Readings> phrases_;
  std::vector<Readings> excluded_phrases_;
  Restriction restriction_;
  bool is_hopeless_ = false;  // something required is nowhere
  bool is_full_ = false;
  SearchResult result_;
};

}  // namespace

absl::StatusOr<std::vector<FoundTerm>> ExpandPrefix(const kv::Snapshot& snapshot,
                                                    keys::Corpus corpus, absl::string_view folded,
                                                    size_t most, kv::Patience patience) {
  std::vector<std::pair<uint32_t, FoundTerm>> found;
  const std::string prefix = keys::TermHeadPrefix(corpus, WordTerm(folded));
  const std::unique_ptr<kv::Cursor> cursor =
      snapshot.Range(kv::Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), patience);
  for (size_t i = 0; cursor->Valid() && i < kRowsForAWord * most; cursor->Next(), ++i) {
    std::string term;
    const std::optional<TermHead> head = ParseHead(cursor->value());
    if (!head || !keys::TermOfHeadKey(cursor->key(), &term)) {
      return Damaged("the head of a search term");
    }
    found.push_back({head->count, {std::move(term), std::string(cursor->value())}});
  }
  HW_RETURN_IF_ERROR(cursor->status());
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > most) found.resize(most);
  std::vector<FoundTerm> terms;
  for (auto& [count, term] : found) terms.push_back(std::move(term));
  return terms;
}

absl::StatusOr<SearchResult> Evaluate(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                      const ParsedQuery& query, const SearchOptions& options,
                                      Analyzer* analyzer, kv::Patience patience) {
  return Evaluation(snapshot, corpus, query, options, analyzer, patience).Run();
}

}  // namespace headwater::search
