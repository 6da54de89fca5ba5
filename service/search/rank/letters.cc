#include "search/rank/letters.h"

#include <algorithm>
#include <utility>

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

std::vector<uint32_t> DifferentSequences(const std::string& word) {
  std::vector<uint32_t> hashes = Sequences(word);
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

bool MayBeSimilar(TokenKind kind, const std::string& word) {
  return kind != TokenKind::kNumber && kind != TokenKind::kSyllable && word.size() >= kShortest;
}

}  // namespace

LetterComparison::LetterComparison(const QueryWords& query) : sizes_(query.words.size(), 0) {
  for (size_t i = 0; i < query.words.size(); ++i) {
    const QueryWord& word = query.words[i];
    const std::vector<uint32_t> hashes = DifferentSequences(word.stem);
    sizes_[i] = hashes.size();
    for (const uint32_t hash : hashes) {
      const auto [found, is_new] = numbers_.emplace(hash, static_cast<uint32_t>(sequences_.size()));
      if (is_new) sequences_.emplace_back();
      Sequence& sequence = sequences_[found->second];
      sequence.weight = std::max(sequence.weight, static_cast<float>(word.weight));
      if (MayBeSimilar(word.kind, word.stem)) sequence.words.push_back(static_cast<int>(i));
    }
  }
}

Similar LetterComparison::MostSimilar(const IndexedWord& word) const {
  if (!MayBeSimilar(word.kind, word.stem)) return Similar();
  const std::vector<uint32_t> hashes = DifferentSequences(word.stem);
  std::vector<std::pair<int, size_t>> shared;
  for (const uint32_t hash : hashes) {
    const auto found = numbers_.find(hash);
    if (found == numbers_.end()) continue;
    for (const int index : sequences_[found->second].words) {
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
  return most;
}

std::vector<uint32_t> LetterComparison::Shared(const std::string& stem, size_t* all) const {
  const std::vector<uint32_t> hashes = Sequences(stem);
  *all = hashes.size();
  std::vector<uint32_t> shared;
  for (const uint32_t hash : hashes) {
    const auto found = numbers_.find(hash);
    if (found != numbers_.end()) shared.push_back(found->second);
  }
  return shared;
}

float LetterComparison::Weigh(absl::Span<const uint32_t> shared, size_t all) const {
  const float length = static_cast<float>(all) / kUsualSequences;
  const float damping = kSaturation * (1 - kLengthShare + kLengthShare * length);
  float sum = 0;
  for (size_t i = 0; i < shared.size();) {
    size_t next = i;
    while (next < shared.size() && shared[next] == shared[i]) ++next;
    const auto count = static_cast<float>(next - i);
    sum += sequences_[shared[i]].weight * count * (kSaturation + 1) / (count + damping);
    i = next;
  }
  return sum;
}

}  // namespace headwater::search
