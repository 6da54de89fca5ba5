#include "records/terms.h"

#include <algorithm>

#include "base/edtf.h"
#include "base/text.h"
#include "base/uri.h"

namespace headwater::records {
namespace {

using keys::Index;

class Collector {
 public:
  explicit Collector(std::vector<std::string>* terms) : terms_(*terms) {}

  void Of(const v1::Source& source) {
    Number(Index::kSourceKind, source.kind());
    Text(Index::kCountry, source.country());
    for (const std::string& domain : source.domains()) Text(Index::kDomain, domain);
    for (const std::string& uri : source.same_as()) Text(Index::kSameAs, uri);
    Text(Index::kSourceNameKey, FoldKey(source.display_name()));
    for (const std::string& alias : source.aliases()) Text(Index::kSourceNameKey, FoldKey(alias));
    for (const v1::LocalizedText& name : source.localized_names()) {
      Text(Index::kSourceNameKey, FoldKey(name.text()));
    }
  }

  void Of(const v1::Document& document) { Text(Index::kLanguage, document.language()); }

  void Of(const v1::Claim& claim) {
    Text(Index::kLanguage, claim.language());
    Number(Index::kNature, claim.nature());
    for (const std::string& tag : claim.tags()) Text(Index::kTag, tag);
    for (const v1::Entity& entity : claim.about()) {
      Text(Index::kAbout, FoldKey(entity.name()));
      // A listing takes what looks like a URI for one, and then looks for it as it stands.
      if (IsAbsoluteUri(entity.name())) Text(Index::kAbout, entity.name());
      Text(Index::kAbout, entity.uri());
    }
  }

  void Of(const v1::Attribution& attribution) { Number(Index::kStance, attribution.stance()); }

  void Of(const v1::Relation& relation) {
    Number(Index::kRelationKind, relation.kind());
    Number(Index::kRelationState, relation.state());
  }

  void Of(const v1::Review&) {}

 private:
  void Number(Index index, int number) {
    terms_.push_back(keys::Term(index, keys::NumberValue(static_cast<uint8_t>(number))));
  }
  void Text(Index index, absl::string_view text) {
    if (!text.empty()) terms_.push_back(keys::Term(index, keys::TextValue(text)));
  }

  std::vector<std::string>& terms_;
};

template <class Visitor>
auto Visit(const Message& resource, Visitor&& visitor) {
  switch (*KindOf(resource.GetDescriptor())) {
    case keys::Kind::kSource:
      return visitor(static_cast<const v1::Source&>(resource));
    case keys::Kind::kDocument:
      return visitor(static_cast<const v1::Document&>(resource));
    case keys::Kind::kClaim:
      return visitor(static_cast<const v1::Claim&>(resource));
    case keys::Kind::kAttribution:
      return visitor(static_cast<const v1::Attribution&>(resource));
    case keys::Kind::kRelation:
      return visitor(static_cast<const v1::Relation&>(resource));
    default:
      return visitor(static_cast<const v1::Review&>(resource));
  }
}

struct DateOf {
  std::string operator()(const v1::Source&) { return ""; }
  std::string operator()(const v1::Document& document) { return document.published_date(); }
  std::string operator()(const v1::Claim& claim) { return claim.subject_date(); }
  std::string operator()(const v1::Attribution& attribution) { return attribution.said_date(); }
  std::string operator()(const v1::Relation&) { return ""; }
  std::string operator()(const v1::Review& review) { return review.published_date(); }
};

}  // namespace

std::vector<std::string> TermsOf(const Message& resource,
                                 absl::Span<const FoundReference> references) {
  std::vector<std::string> terms = {keys::Term(Index::kAll, keys::NoValue())};
  Visit(resource, [&](const auto& typed) { Collector(&terms).Of(typed); });
  if (std::optional<int32_t> day = FirstDay(ListedDate(resource))) {
    terms.push_back(
        keys::Term(Index::kDate, keys::DateValue(*KindOf(resource.GetDescriptor()), *day)));
  }
  for (const FoundReference& reference : references) {
    terms.push_back(
        keys::Term(Index::kReference, keys::ReferenceValue(reference.target, reference.field)));
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::optional<int32_t> FirstDay(absl::string_view date) {
  if (date.empty()) return std::nullopt;
  absl::StatusOr<Edtf> parsed = ParseEdtf(date);
  if (!parsed.ok()) return std::nullopt;
  return parsed->earliest_day;
}

std::string ListedDate(const Message& resource) { return Visit(resource, DateOf()); }

}  // namespace headwater::records
