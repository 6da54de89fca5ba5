#include "search/rank/letters.h"

#include <algorithm>
#include <bit>

#include "base/status_macros.h"
#include "search/index/letter_counts.h"
#include "search/rank/word_weight.h"

namespace headwater::search {
namespace {

constexpr size_t kShortest = 4;
constexpr float kLeastSimilarity = 0.4f;

std::vector<uint32_t> DifferentSequences(absl::string_view stem) {
  std::vector<uint32_t> sequences;
  ForEachSequence(stem, [&](uint32_t sequence) { sequences.push_back(sequence); });
  std::sort(sequences.begin(), sequences.end());
  sequences.erase(std::unique(sequences.begin(), sequences.end()), sequences.end());
  return sequences;
}

}  // namespace

bool MayBeSimilar(TokenKind kind, absl::string_view stem) {
  return kind != TokenKind::kNumber && kind != TokenKind::kSyllable && stem.size() >= kShortest &&
         !IsDate(stem);
}

QueryLetters::QueryLetters(const QueryWords& query) {
  size_t most = 0;
  for (const QueryWord& word : query.words) most += word.stem.size();
  const int bits = std::bit_width(2 * most + 4);
  slots_.assign(size_t{1} << bits, -1);
  shift_ = 32 - bits;
  for (size_t i = 0; i < query.words.size(); ++i) {
    const QueryWord& word = query.words[i];
    const std::vector<uint32_t> own = DifferentSequences(word.stem);
    sizes_.push_back(static_cast<uint32_t>(own.size()));
    for (const uint32_t letters : own) {
      int32_t& slot = SlotOf(letters);
      if (slot < 0) {
        slot = static_cast<int32_t>(sequences_.size());
        sequences_.push_back({letters, 0, 0, {}});
      }
      Sequence& sequence = sequences_[slot];
      sequence.weight = std::max(sequence.weight, static_cast<float>(word.weight));
      if (MayBeSimilar(word.kind, word.stem)) sequence.words.push_back(i);
    }
  }
}

int32_t& QueryLetters::SlotOf(uint32_t letters) {
  size_t at = letters * 0x9e3779b1u >> shift_;
  while (slots_[at] >= 0 && sequences_[slots_[at]].letters != letters) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at];
}

int QueryLetters::Find(uint32_t letters) const {
  size_t at = letters * 0x9e3779b1u >> shift_;
  while (slots_[at] >= 0 && sequences_[slots_[at]].letters != letters) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return slots_[at];
}

absl::StatusOr<QueryLetters> QueryLetters::Read(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                                const QueryWords& query, kv::Patience patience) {
  QueryLetters letters(query);
  std::vector<uint16_t> counters;
  counters.reserve(letters.sequences_.size());
  for (const Sequence& each : letters.sequences_) counters.push_back(CounterOf(each.letters));
  HW_ASSIGN_OR_RETURN(const std::vector<uint32_t> counts,
                      ReadLetterCounts(snapshot, corpus, counters, patience));
  for (size_t i = 0; i < counts.size(); ++i) {
    letters.sequences_[i].rarity = static_cast<float>(RarityWeight(counts[i], query.resources));
  }
  return letters;
}

LetterComparison::LetterComparison(const QueryLetters& letters)
    : letters_(letters), counts_(letters.sizes().size(), 0) {}

CommonLetters LetterComparison::Compare(absl::string_view stem, bool may_be_similar,
                                        std::vector<uint32_t>* shared) {
  CommonLetters common;
  const size_t begin = shared->size();
  ForEachSequence(stem, [&](uint32_t letters) {
    ++common.all;
    const int number = letters_.Find(letters);
    if (number < 0) return;
    const auto known = shared->begin() + static_cast<ptrdiff_t>(begin);
    const bool is_new = std::find(known, shared->end(), number) == shared->end();
    shared->push_back(static_cast<uint32_t>(number));
    if (!may_be_similar || !is_new) return;
    for (const size_t word : letters_.sequences()[number].words) {
      if (counts_[word]++ == 0) counted_.push_back(word);
    }
  });
  for (const size_t word : counted_) {
    const float similarity = 2 * static_cast<float>(counts_[word]) /
                             static_cast<float>(common.all + letters_.sizes()[word]);
    counts_[word] = 0;
    if (similarity < kLeastSimilarity || similarity <= common.similarity) continue;
    common.word = static_cast<int>(word);
    common.similarity = similarity;
  }
  counted_.clear();
  return common;
}

}  // namespace headwater::search
