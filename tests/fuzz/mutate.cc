#include "fuzz/mutate.h"

#include <algorithm>
#include <iterator>

namespace headwater::fuzz {
namespace {

constexpr size_t kMostBytes = 4096;

const std::string& Interesting(uint64_t number) {
  static const auto* const pieces =
      new std::vector<std::string>{std::string(1, '\0'),
                                   "\x01",
                                   "\x7f",
                                   "\x80",
                                   "\xff",
                                   "\xff\xff\xff\xff\x0f",
                                   "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
                                   std::string(8, '\0'),
                                   std::string(8, '\xff'),
                                   "/",
                                   "//",
                                   ":",
                                   "-",
                                   "--",
                                   "..",
                                   ".",
                                   "?",
                                   "~",
                                   "%",
                                   "%00",
                                   "\n",
                                   "\r\n",
                                   "\t",
                                   " ",
                                   "_",
                                   "0",
                                   "9",
                                   "-0",
                                   "00",
                                   "9999",
                                   "\"",
                                   "\\",
                                   "\\u0000",
                                   "\\ud800",
                                   "{",
                                   "}",
                                   "[",
                                   "]",
                                   "null",
                                   "xn--",
                                   "x-",
                                   "u-",
                                   "http://",
                                   "\xc3\xa9",
                                   "e\xcc\x81",
                                   "\xe1\xbb\x87",
                                   "\xcd\x85",
                                   "\xf0\x9f\x98\x80",
                                   "\xef\xbb\xbf",
                                   "\xe2\x80\xae",
                                   "\xc2\xad",
                                   "\xed\xa0\x80",
                                   "\xc0\x80",
                                   "\xf4\x90\x80\x80",
                                   "\xc4\xb0",
                                   "\xc3\x9f",
                                   "\xef\xac\x83",
                                   "\xe1\x84\x80\xe1\x85\xa1",
                                   std::string(64, 'a')};
  return (*pieces)[number % pieces->size()];
}

class Mutation {
 public:
  Mutation(const std::vector<std::string>& corpus, std::mt19937_64* random)
      : corpus_(corpus), random_(*random), input_(corpus[Draw(corpus.size())]) {}

  std::string Run() {
    for (uint64_t changes = 1 + Draw(8); changes > 0; --changes) Change();
    if (input_.size() > kMostBytes) input_.resize(kMostBytes);
    return std::move(input_);
  }

 private:
  uint64_t Draw(uint64_t count) { return random_() % count; }
  size_t Place() { return Draw(input_.size() + 1); }

  // A piece of `text`, most often a short one.
  std::string Piece(const std::string& text) {
    const size_t begin = Draw(text.size() + 1);
    return text.substr(begin, 1 + Draw(Draw(4) == 0 ? 64 : 8));
  }

  void Change() {
    switch (Draw(7)) {
      case 0:  // flip a bit
        if (!input_.empty()) input_[Draw(input_.size())] ^= static_cast<char>(1 << Draw(8));
        return;
      case 1:  // set a byte
        if (!input_.empty()) input_[Draw(input_.size())] = static_cast<char>(random_());
        return;
      case 2:  // take a piece out
        input_.erase(Place(), 1 + Draw(Draw(4) == 0 ? 64 : 4));
        return;
      case 3:  // double a piece
        input_.insert(Place(), Piece(input_));
        return;
      case 4:  // put a piece of another in
        input_.insert(Place(), Piece(corpus_[Draw(corpus_.size())]));
        return;
      case 5:  // put in what parsers trip over
        input_.insert(Place(), Interesting(random_()));
        return;
      default:  // count a byte up or down: lengths, digits
        if (!input_.empty())
          input_[Draw(input_.size())] += static_cast<char>(Draw(2) == 0 ? 1 : -1);
        return;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64& random_;
  std::string input_;
};

}  // namespace

std::string Mutated(const std::vector<std::string>& corpus, std::mt19937_64* random) {
  return Mutation(corpus, random).Run();
}

}  // namespace headwater::fuzz
