#include "search_texts.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace headwater::bench {
namespace {

constexpr double kExponent = 1.05;
constexpr double kOffset = 2.7;
constexpr size_t kCommon = 100;

// Common words are short, as they are everywhere.
std::string MakeWord(size_t rank, std::mt19937_64* random) {
  static constexpr const char* kOnsets[] = {"b",  "c",  "d",  "f",  "g",  "h", "l", "m",
                                            "n",  "p",  "r",  "s",  "t",  "v", "w", "st",
                                            "tr", "pl", "ch", "br", "gr", "sh"};
  static constexpr const char* kRimes[] = {"a",  "e",  "i",  "o",   "u",   "an", "en",
                                           "in", "or", "al", "ent", "ion", "er", "ol"};
  std::string word;
  const size_t syllables =
      1 + static_cast<size_t>(std::log10(1.0 + static_cast<double>(rank)) / 1.4) + (*random)() % 2;
  for (size_t i = 0; i < syllables; ++i) {
    word += kOnsets[(*random)() % std::size(kOnsets)];
    word += kRimes[(*random)() % std::size(kRimes)];
  }
  return word;
}

}  // namespace

SearchTexts::SearchTexts(size_t words, uint64_t seed) : random_(seed) {
  std::mt19937_64 random(1);  // the same words whatever the seed
  std::set<std::string> known;
  double sum = 0;
  while (words_.size() < words) {
    std::string word = MakeWord(words_.size(), &random);
    while (!known.insert(word).second) word += static_cast<char>('a' + random() % 26);
    words_.push_back(std::move(word));
    sum += 1 / std::pow(static_cast<double>(words_.size()) + kOffset, kExponent);
    sums_.push_back(sum);
  }
}

size_t SearchTexts::Rank() {
  const double at = std::uniform_real_distribution<double>(0, sums_.back())(random_);
  const auto found = std::lower_bound(sums_.begin(), sums_.end(), at);
  return std::min<size_t>(found - sums_.begin(), words_.size() - 1);
}

std::string SearchTexts::Claim() {
  std::vector<std::string> words(8 + random_() % 14);
  for (std::string& word : words) word = words_[Rank()];
  return absl::StrJoin(words, " ");
}

std::string SearchTexts::Retold(const std::string& claim) {
  std::vector<std::string> words = absl::StrSplit(claim, ' ');
  for (std::string& word : words) {
    if (random_() % 3 == 0) word = words_[Rank()];
  }
  return absl::StrJoin(words, " ");
}

std::string SearchTexts::Words(size_t count) {
  std::vector<std::string> words;
  while (words.size() < count) {
    const size_t rank = Rank();
    if (rank >= std::min(kCommon, words_.size() / 2)) words.push_back(words_[rank]);
  }
  return absl::StrJoin(words, " ");
}

std::string SearchTexts::Commonest(size_t count) const {
  return absl::StrJoin(
      words_.begin(), words_.begin() + static_cast<ptrdiff_t>(std::min(count, words_.size())), " ");
}

}  // namespace headwater::bench
