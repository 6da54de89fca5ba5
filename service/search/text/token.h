// What a text is taken apart into.
#ifndef HEADWATER_SEARCH_TEXT_TOKEN_H_
#define HEADWATER_SEARCH_TEXT_TOKEN_H_

#include <cstdint>
#include <string>

namespace headwater::search {

// Do not change these numbers: they are on disk.
enum class TokenKind : uint8_t {
  kWord = 0,
  kNumber = 1,   // a figure in one spelling: "163000000", "7.5"; and "%"
  kHandle = 2,   // "@FT": of whom an account is
  kTag = 3,      // a hashtag as one word, beside its parts
  kLink = 4,     // a word of a web address
  kSyllable = 5  // two neighbouring characters of a script without spaces, or one that stands alone
};

struct Token {
  // Folded as FoldWord does: what an exact search compares.
  std::string folded;
  // The folded word without its endings, by the rules of its language; the same as `folded` where
  // the language is not known or has no such rules. What the index knows it by.
  std::string stem;
  // Where it stands in the text, in bytes: [begin, end).
  uint32_t begin = 0;
  uint32_t end = 0;
  // Counts words from 0. Parts of a word have places of their own; the whole beside its parts, and
  // another reading of the same place, share that of the first.
  uint32_t position = 0;
  TokenKind kind = TokenKind::kWord;
  // It looks like a name: a capital where a sentence does not ask for one.
  bool is_name = false;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_TOKEN_H_
