#include "search/rank/candidates.h"

namespace headwater::search {
namespace {

// As claims are: tables that fit are not made larger on the way.
constexpr size_t kUsualWords = 24;
constexpr size_t kUsualTerms = 10;

}  // namespace

Candidates::Candidates(size_t count) {
  by_stem_.reserve(kUsualTerms * count);
  terms_.reserve(kUsualTerms * count);
  words_.reserve(kUsualWords * count);
  texts_.reserve(2 * count);
  all_.reserve(count);
}

bool Candidates::Add(absl::string_view row) {
  IndexedReader reader;
  if (!reader.Start(row)) return false;
  One one{reader.id(), texts_.size(), texts_.size()};
  const auto number = static_cast<uint32_t>(all_.size() + 1);
  for (uint64_t i = 0; i < reader.fields(); ++i) {
    IndexedReader::FieldHead head;
    if (!reader.NextField(&head)) return false;
    Text text{head.field, static_cast<uint32_t>(words_.size()), 0};
    IndexedReader::Word word;
    for (uint64_t j = 0; j < head.words; ++j) {
      if (!reader.NextWord(&word)) return false;
      const auto [found, is_new] =
          by_stem_.try_emplace(word.stem, static_cast<uint32_t>(terms_.size()));
      if (is_new) terms_.push_back({word.stem, word.kind, 0, 0});
      Term& term = terms_[found->second];
      if (term.last != number) ++term.candidates;
      term.last = number;
      words_.push_back({found->second, word.kind, word.is_name});
    }
    text.end = static_cast<uint32_t>(words_.size());
    texts_.push_back(text);
  }
  one.end = texts_.size();
  all_.push_back(one);
  return true;
}

}  // namespace headwater::search
