// Words without their endings (Snowball), by language.
#ifndef HEADWATER_SEARCH_TEXT_STEMMER_H_
#define HEADWATER_SEARCH_TEXT_STEMMER_H_

#include <map>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

struct sb_stemmer;

namespace headwater::search {

// The part of a language tag that says the language: "pt" of "pt-BR". Lower case.
std::string PrimaryLanguage(absl::string_view tag);

// Belongs to one thread: Snowball's stemmers have a buffer of their own.
class Stemmers {
 public:
  Stemmers();
  ~Stemmers();
  Stemmers(Stemmers&&) noexcept;
  Stemmers& operator=(Stemmers&&) noexcept;

  // The stem of a folded word. The word itself where `language` (PrimaryLanguage) has no stemmer,
  // or the rules leave nothing of it.
  std::string Stem(absl::string_view folded, const std::string& language);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  struct Language {
    std::unique_ptr<sb_stemmer, Delete> stemmer;  // null: none
    // Stems found out before, kMostKnown at most: nearly all words of a text are common ones.
    absl::flat_hash_map<std::string, std::string> known;
  };
  std::map<std::string, Language> by_language_;
};

}  // namespace headwater::search

#endif  // HEADWATER_SEARCH_TEXT_STEMMER_H_
