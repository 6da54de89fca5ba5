// The resources that a query is compared with, as the index keeps them, side by side.
#ifndef HEADWATER_SEARCH_RANK_CANDIDATES_H_
#define HEADWATER_SEARCH_RANK_CANDIDATES_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "search/index/indexed.h"

namespace headwater::search {

// Each stem of theirs is kept once and known by a number, so that whatever is to be found out about
// a word is found out once for all candidates. Copies no texts: rows must outlive this.
class Candidates {
 public:
  struct Term {
    absl::string_view stem;
    TokenKind kind = TokenKind::kWord;  // where it was met first
    uint32_t candidates = 0;            // in how many it is
    uint32_t last = 0;                  // the last of them, from 1
  };
  struct Word {
    uint32_t term = 0;
    TokenKind kind = TokenKind::kWord;
    bool is_name = false;
  };
  struct Text {
    Field field = Field::kStatement;
    uint32_t begin = 0;
    uint32_t end = 0;

    uint32_t size() const { return end - begin; }
  };

  explicit Candidates(size_t count);

  // Adds what EncodeIndexed made. False where it is damaged; the candidates are of no use then.
  bool Add(absl::string_view row);

  size_t size() const { return all_.size(); }
  absl::string_view id(size_t candidate) const { return all_[candidate].id; }
  absl::Span<const Text> texts(size_t candidate) const {
    const One& one = all_[candidate];
    return absl::MakeConstSpan(texts_).subspan(one.begin, one.end - one.begin);
  }
  // In the order of the text.
  absl::Span<const Word> words(const Text& text) const {
    return absl::MakeConstSpan(words_).subspan(text.begin, text.size());
  }
  absl::Span<const Term> terms() const { return terms_; }

 private:
  struct One {
    absl::string_view id;
    size_t begin = 0;  // of its texts
    size_t end = 0;
  };

  absl::flat_hash_map<absl::string_view, uint32_t> by_stem_;
  std::vector<Term> terms_;
  std::vector<Word> words_;
  std::vector<Text> texts_;
  std::vector<One> all_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_RANK_CANDIDATES_H_
