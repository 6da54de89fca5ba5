#include "search/rank/letters.h"

#include <algorithm>

namespace headwater::search {
namespace {

constexpr size_t kLetters = 4;  // bytes; three letters and a mark in most scripts but Latin
constexpr size_t kShortest = 4;
constexpr float kLeastSimilarity = 0.4f;
constexpr float kSaturation = 1.2f;
constexpr float kLengthShare = 0.4f;
constexpr float kUsualSequences = 125;

uint32_t HashOf(absl::string_view sequence) {
  uint32_t packed = 0;
  for (const char c : sequence) packed = packed << 8 | static_cast<uint8_t>(c);
  return packed;  // four bytes: no two are the same
}

std::vector<uint32_t> Sequences(const std::string& word) {
  const std::string closed = "_" + word + "_";
  std::vector<uint32_t> hashes;
  for (size_t i = 0; i + kLetters <= closed.size(); ++i) {
    hashes.push_back(HashOf(absl::string_view(closed).substr(i, kLetters)));
  }
  return hashes;
}

bool MayBeSimilar(TokenKind kind, const std::string& word) {
  return kind != TokenKind::kNumber && kind != TokenKind::kSyllable && word.size() >= kShortest;
}

}  // namespace

LetterComparison::LetterComparison(const QueryWords& query) : sizes_(query.words.size(), 0) {
  for (size_t i = 0; i < query.words.size(); ++i) {
    const QueryWord& word = query.words[i];
    std::vector<uint32_t> hashes = Sequences(word.stem);
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    sizes_[i] = hashes.size();
    for (const uint32_t hash : hashes) {
      Sequence& sequence = sequences_[hash];
      sequence.weight = std::max(sequence.weight, static_cast<float>(word.weight));
      if (MayBeSimilar(word.kind, word.stem)) sequence.words.push_back(static_cast<int>(i));
    }
  }
}

const LetterComparison::WordSequences& LetterComparison::SequencesOf(const std::string& stem) {
  auto [found, is_new] = words_.try_emplace(stem);
  if (is_new) found->second.hashes = Sequences(stem);
  return found->second;
}

Similar LetterComparison::MostSimilar(const IndexedWord& word) {
  if (!MayBeSimilar(word.kind, word.stem)) return Similar();
  if (const auto known = similar_.find(word.stem); known != similar_.end()) return known->second;
  std::vector<uint32_t> hashes = SequencesOf(word.stem).hashes;
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  std::vector<std::pair<int, size_t>> shared;
  for (const uint32_t hash : hashes) {
    const auto found = sequences_.find(hash);
    if (found == sequences_.end()) continue;
    for (const int index : found->second.words) {
      const auto entry = std::find_if(shared.begin(), shared.end(),
                                      [index](const auto& each) { return each.first == index; });
      if (entry == shared.end()) {
        shared.emplace_back(index, 1);
      } else {
        ++entry->second;
      }
    }
  }
  Similar most;
  for (const auto& [index, count] : shared) {
    const float similarity =
        2 * static_cast<float>(count) / static_cast<float>(hashes.size() + sizes_[index]);
    if (similarity >= kLeastSimilarity && similarity > most.similarity) most = {index, similarity};
  }
  similar_.emplace(word.stem, most);
  return most;
}

float LetterComparison::Compare(std::vector<const IndexedField*> texts) {
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  counts_.clear();
  size_t all = 0;
  for (const IndexedField* text : texts) {
    for (const IndexedWord& word : text->words) {
      const WordSequences& sequences = SequencesOf(word.stem);
      all += sequences.hashes.size();
      for (const uint32_t hash : sequences.hashes) {
        if (sequences_.contains(hash)) counts_[hash] += 1;
      }
    }
  }
  const float length = static_cast<float>(all) / kUsualSequences;
  const float damping = kSaturation * (1 - kLengthShare + kLengthShare * length);
  float sum = 0;
  // In an order of its own, so that the same texts always give the same sum to the last bit.
  std::vector<std::pair<uint32_t, float>> ordered(counts_.begin(), counts_.end());
  std::sort(ordered.begin(), ordered.end());
  for (const auto& [hash, count] : ordered) {
    sum += sequences_.at(hash).weight * count * (kSaturation + 1) / (count + damping);
  }
  return sum;
}

}  // namespace headwater::search
