#include "search/text/stemmer.h"

#include <libstemmer.h>

#include "absl/strings/ascii.h"

namespace headwater::search {
namespace {

constexpr size_t kMostKnown = 16'384;

std::string Run(sb_stemmer* stemmer, absl::string_view folded) {
  const sb_symbol* stem = sb_stemmer_stem(
      stemmer, reinterpret_cast<const sb_symbol*>(folded.data()), static_cast<int>(folded.size()));
  const int size = sb_stemmer_length(stemmer);
  if (stem == nullptr || size == 0) return std::string(folded);
  return std::string(reinterpret_cast<const char*>(stem), static_cast<size_t>(size));
}

}  // namespace

std::string PrimaryLanguage(absl::string_view tag) {
  return absl::AsciiStrToLower(tag.substr(0, tag.find('-')));
}

void Stemmers::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmers::Stemmers() = default;
Stemmers::~Stemmers() = default;
Stemmers::Stemmers(Stemmers&&) noexcept = default;
Stemmers& Stemmers::operator=(Stemmers&&) noexcept = default;

std::string Stemmers::Stem(absl::string_view folded, const std::string& language) {
  if (language.size() != 2 && language.size() != 3) return std::string(folded);
  auto found = by_language_.find(language);
  if (found == by_language_.end()) {
    // Bokmål and Nynorsk have their own tags; Snowball knows them by one.
    const std::string known = language == "nb" || language == "nn" ? "no" : language;
    found = by_language_.try_emplace(language).first;
    found->second.stemmer.reset(sb_stemmer_new(known.c_str(), "UTF_8"));
  }
  auto& [stemmer, known] = found->second;
  if (stemmer == nullptr) return std::string(folded);
  if (const auto stem = known.find(folded); stem != known.end()) return stem->second;
  if (known.size() >= kMostKnown) known.clear();
  return known.emplace(folded, Run(stemmer.get(), folded)).first->second;
}

}  // namespace headwater::search
