// Claims and questions made up of words that are as common as a language's are.
#ifndef HEADWATER_TESTS_BENCH_SEARCH_TEXTS_H_
#define HEADWATER_TESTS_BENCH_SEARCH_TEXTS_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace headwater::bench {

// The same seed makes the same texts. Belongs to one thread.
class SearchTexts {
 public:
  SearchTexts(size_t words, uint64_t seed);

  // 8 to 21 words, the word of rank r once in about r (Zipf and Mandelbrot).
  std::string Claim();
  // A claim as somebody else puts it: a third of its words are others.
  std::string Retold(const std::string& claim);
  // So many words, as common as those of claims are, but for the hundred commonest.
  std::string Words(size_t count);
  // The commonest so many.
  std::string Commonest(size_t count) const;

 private:
  size_t Rank();

  std::vector<std::string> words_;  // the commonest first
  std::vector<double> sums_;        // of the shares of the words up to each
  std::mt19937_64 random_;
};

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_SEARCH_TEXTS_H_
