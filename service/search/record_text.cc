#include "search/record_text.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/text.h"
#include "keys/name.h"
#include "search/text/stemmer.h"
#include "search/vectors/packed_vector.h"

namespace headwater::search {
namespace {

std::string IdOf(absl::string_view name) {
  const std::optional<keys::Name> parsed = keys::Name::Parse(name);
  return parsed ? parsed->id : std::string(name);
}

class Collector {
 public:
  explicit Collector(std::string id) { text_.id = std::move(id); }

  // Each text once to a field.
  void AddField(Field field, absl::string_view language, absl::string_view text) {
    if (text.empty() || text_.fields.size() == kMaxFields) return;
    size_t size = std::min({text.size(), kMaxFieldBytes, kMaxTextBytes - bytes_});
    while (size < text.size() && size > 0 && (text[size] & 0xc0) == 0x80) --size;
    text = text.substr(0, size);
    if (text.empty() || !seen_.emplace(field, std::string(text)).second) return;
    bytes_ += text.size();
    text_.fields.push_back({field, std::string(language), std::string(text)});
  }

  void AddFilter(FilterField field, absl::string_view value) {
    if (!value.empty() && filters_.size() < kMaxFilters) filters_.insert(FilterOf(field, value));
  }

  void AddName(absl::string_view name) {
    if (!name.empty() && names_.size() < kMaxNames) names_.insert(std::string(name));
  }

  IndexedText Take() {
    text_.filters.assign(filters_.begin(), filters_.end());
    text_.names.assign(names_.begin(), names_.end());
    return std::move(text_);
  }

 private:
  IndexedText text_;
  size_t bytes_ = 0;  // of its texts
  std::set<std::pair<Field, std::string>> seen_;
  std::set<std::string> filters_;
  std::set<std::string> names_;
};

absl::string_view StanceWord(v1::Stance stance) {
  return absl::StripPrefix(v1::Stance_Name(stance), "STANCE_");
}

void AddTelling(const v1::Claim& claim, const Telling& telling, Collector* collector) {
  const v1::Attribution& attribution = *telling.attribution;
  collector->AddFilter(FilterField::kSource, IdOf(attribution.source()));
  collector->AddFilter(FilterField::kStance, StanceWord(attribution.stance()));
  const std::string language = telling.document != nullptr && !telling.document->language().empty()
                                   ? telling.document->language()
                                   : "und";
  collector->AddField(Field::kQuote, language, attribution.quote().exact());
  if (telling.document != nullptr) {
    collector->AddField(Field::kTitle, language, telling.document->title());
  }
  if (telling.source != nullptr) {
    collector->AddField(Field::kSource, claim.language(), telling.source->display_name());
  }
}

}  // namespace

std::string FilterOf(FilterField field, absl::string_view value) {
  switch (field) {
    case FilterField::kSource:
      return absl::StrCat("s", absl::StripPrefix(value, "sources/"));
    case FilterField::kAbout:
      return absl::StrCat("a", headwater::FoldKey(value));
    case FilterField::kTag:
      return absl::StrCat("t", headwater::FoldKey(value));
    case FilterField::kLanguage:
      return absl::StrCat("l", absl::AsciiStrToLower(value));
    case FilterField::kStance:
      return absl::StrCat("p", absl::AsciiStrToUpper(value));
    case FilterField::kStanding:
      return absl::StrCat("d", absl::AsciiStrToUpper(value));
  }
  return "";
}

IndexedText TextOfClaim(const v1::Claim& claim, absl::Span<const Telling> tellings,
                        absl::Span<const v1::Review* const> reviews) {
  Collector collector(IdOf(claim.name()));
  collector.AddField(Field::kStatement, claim.language(), claim.text());
  collector.AddFilter(FilterField::kLanguage, claim.language());
  collector.AddFilter(FilterField::kLanguage, PrimaryLanguage(claim.language()));
  for (const v1::LocalizedText& translation : claim.translations()) {
    collector.AddField(Field::kTranslation, translation.language(), translation.text());
    collector.AddFilter(FilterField::kLanguage, PrimaryLanguage(translation.language()));
  }
  for (const v1::Entity& entity : claim.about()) {
    collector.AddField(Field::kAbout, claim.language(), entity.name());
    collector.AddFilter(FilterField::kAbout, entity.name());
    collector.AddFilter(FilterField::kAbout, entity.uri());
    collector.AddName(entity.name());
  }
  for (const std::string& tag : claim.tags()) collector.AddFilter(FilterField::kTag, tag);
  for (const v1::Review* review : reviews) {
    const std::string language = review->language().empty() ? "und" : review->language();
    collector.AddField(Field::kReviewed, language, review->claim_reviewed());
    collector.AddField(Field::kTitle, language, review->title());
  }
  for (const Telling& telling : tellings) AddTelling(claim, telling, &collector);
  IndexedText text = collector.Take();
  for (const v1::Embedding& embedding : claim.embeddings()) {
    std::string packed = PackVector(embedding);
    const uint64_t fingerprint = FingerprintOfVector(packed);
    text.vectors.push_back(
        {embedding.model(), static_cast<uint32_t>(packed.size()), fingerprint, std::move(packed)});
  }
  return text;
}

IndexedText TextOfSource(const v1::Source& source) {
  Collector collector(IdOf(source.name()));
  collector.AddField(Field::kName, "und", source.display_name());
  collector.AddName(source.display_name());
  for (const v1::LocalizedText& name : source.localized_names()) {
    collector.AddField(Field::kName, name.language(), name.text());
    collector.AddName(name.text());
  }
  for (const std::string& alias : source.aliases()) {
    collector.AddField(Field::kAlias, "und", alias);
    collector.AddName(alias);
  }
  for (const std::string& domain : source.domains()) {
    collector.AddField(Field::kAlias, "und", domain);
  }
  return collector.Take();
}

}  // namespace headwater::search
