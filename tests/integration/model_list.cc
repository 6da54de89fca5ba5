// Model::Listed and Model::LookedUp: what lists and lookups should hold.
#include <algorithm>
#include <utility>

#include "base/edtf.h"
#include "base/text.h"
#include "base/uri.h"
#include "model.h"

namespace headwater::model {
namespace {

// The first day of a date; none where it is empty or open towards the past.
std::optional<int32_t> FirstDay(const std::string& date) {
  const absl::StatusOr<Edtf> parsed = ParseEdtf(date);
  return date.empty() || !parsed.ok() ? std::nullopt : parsed->earliest_day;
}

std::optional<int32_t> LastDay(const std::string& date) {
  const absl::StatusOr<Edtf> parsed = ParseEdtf(date);
  return date.empty() || !parsed.ok() ? std::nullopt : parsed->latest_day;
}

bool BeginsWithin(const std::string& date, const std::string& from, const std::string& until) {
  if (from.empty() && until.empty()) return true;
  const std::optional<int32_t> day = FirstDay(date);
  if (!day) return false;
  return (from.empty() || *day >= *FirstDay(from)) && (until.empty() || *day <= *LastDay(until));
}

template <class Value>
bool Is(const Value& asked, const Value& there) {
  return asked == Value() || asked == there;
}

bool Matches(const v1::ListSourcesRequest& asked, const v1::Source& source) {
  return Is(asked.kind(), source.kind()) && Is(asked.owner(), source.owner()) &&
         Is(asked.part_of(), source.part_of()) && Is(asked.country(), source.country());
}

bool Matches(const v1::ListDocumentsRequest& asked, const v1::Document& document) {
  return Is(asked.publisher(), document.publisher()) && Is(asked.language(), document.language()) &&
         BeginsWithin(document.published_date(), asked.published_from(), asked.published_until());
}

bool IsAbout(const std::string& asked, const v1::Claim& claim) {
  if (asked.empty()) return true;
  const std::string key = FoldKey(asked);
  return std::any_of(claim.about().begin(), claim.about().end(), [&](const v1::Entity& entity) {
    return entity.uri() == asked || (!key.empty() && FoldKey(entity.name()) == key);
  });
}

bool Matches(const v1::ListClaimsRequest& asked, const v1::Claim& claim) {
  const auto& tags = claim.tags();
  return IsAbout(asked.about(), claim) &&
         (asked.tag().empty() || std::find(tags.begin(), tags.end(), asked.tag()) != tags.end()) &&
         Is(asked.language(), claim.language()) && Is(asked.nature(), claim.nature()) &&
         BeginsWithin(claim.subject_date(), asked.subject_from(), asked.subject_until());
}

bool Cites(const std::string& asked, const v1::Attribution& attribution) {
  return asked.empty() || std::any_of(attribution.cites().begin(), attribution.cites().end(),
                                      [&](const v1::Citation& citation) {
                                        return citation.attribution() == asked ||
                                               citation.source() == asked;
                                      });
}

bool Matches(const v1::ListAttributionsRequest& asked, const v1::Attribution& attribution) {
  return Is(asked.source(), attribution.source()) && Is(asked.document(), attribution.document()) &&
         Is(asked.stance(), attribution.stance()) && Cites(asked.cites(), attribution) &&
         BeginsWithin(attribution.said_date(), asked.said_from(), asked.said_until());
}

bool Matches(const v1::ListRelationsRequest& asked, const v1::Relation& relation) {
  return Is(asked.target(), relation.target()) && Is(asked.kind(), relation.kind()) &&
         Is(asked.state(), relation.state());
}

bool Matches(const v1::ListReviewsRequest& asked, const v1::Review& review) {
  return Is(asked.author(), review.author()) &&
         BeginsWithin(review.published_date(), asked.published_from(), asked.published_until());
}

std::string DateOf(const v1::Source&) { return ""; }
std::string DateOf(const v1::Document& document) { return document.published_date(); }
std::string DateOf(const v1::Claim& claim) { return claim.subject_date(); }
std::string DateOf(const v1::Attribution& attribution) { return attribution.said_date(); }
std::string DateOf(const v1::Relation&) { return ""; }
std::string DateOf(const v1::Review& review) { return review.published_date(); }

// Whether the list asks for a period and for nothing else: then it comes in the order of days.
template <class List>
bool AsksForPeriodAlone(const List& request) {
  std::vector<const google::protobuf::FieldDescriptor*> set;
  request.GetReflection()->ListFields(request, &set);
  bool period = false;
  for (const auto* field : set) {
    const bool bound = field->name().ends_with("_from") || field->name().ends_with("_until");
    period |= bound;
    if (field->number() >= 10 && !bound && field->name() != "show_standings") return false;
    if (field->name() == "parent" && GetString("parent", request) != "claims/-") return false;
  }
  return period;
}

template <class List>
std::string ClaimAsked(const List& request) {
  if constexpr (requires { request.parent(); }) {
    return request.parent() == "claims/-" ? "" : request.parent().substr(7);
  }
  return "";
}

}  // namespace

template <class List>
std::vector<v1::Record> Model::Listed(const List& request, int64_t sequence) const {
  using Found = std::pair<int32_t, const v1::Revision*>;
  std::vector<Found> found;
  const bool by_day = AsksForPeriodAlone(request);
  for (Kind kind : keys::kAllKinds) {
    ForKind(kind, [&](auto api) {
      using A = decltype(api);
      if constexpr (std::is_same_v<typename A::List, List>) {
        for (const std::string& name : Names(kind, sequence, ClaimAsked(request))) {
          const v1::Revision* revision = Find(name, sequence);
          const auto& resource =
              static_cast<const typename A::Resource&>(ResourceIn(revision->record()));
          if (!request.show_deleted() && !IsLive(name, sequence)) continue;
          if (!Matches(request, resource)) continue;
          found.emplace_back(by_day ? FirstDay(DateOf(resource)).value() : 0, revision);
        }
      }
    });
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.first < b.first; });
  std::vector<v1::Record> records;
  for (const Found& one : found) records.push_back(Rendered(*one.second));
  return records;
}

template std::vector<v1::Record> Model::Listed(const v1::ListSourcesRequest&, int64_t) const;
template std::vector<v1::Record> Model::Listed(const v1::ListDocumentsRequest&, int64_t) const;
template std::vector<v1::Record> Model::Listed(const v1::ListClaimsRequest&, int64_t) const;
template std::vector<v1::Record> Model::Listed(const v1::ListAttributionsRequest&, int64_t) const;
template std::vector<v1::Record> Model::Listed(const v1::ListRelationsRequest&, int64_t) const;
template std::vector<v1::Record> Model::Listed(const v1::ListReviewsRequest&, int64_t) const;

std::vector<v1::Record> Model::LookedUp(const v1::LookupSourceRequest& request,
                                        int64_t sequence) const {
  std::string domain = request.domain();
  while (true) {
    std::vector<v1::Record> records;
    for (const std::string& name : Names(Kind::kSource, sequence)) {
      const v1::Revision* revision = Find(name, sequence);
      const v1::Source& source = revision->record().source();
      std::vector<std::string> called(source.aliases().begin(), source.aliases().end());
      called.push_back(source.display_name());
      for (const auto& localized : source.localized_names()) called.push_back(localized.text());
      bool matches = false;
      for (const std::string& one : called)
        matches |= request.has_name() && FoldKey(one) == FoldKey(request.name());
      for (const std::string& one : source.domains()) matches |= one == domain;
      if (matches && IsLive(name, sequence)) records.push_back(Rendered(*revision));
    }
    // Where no source has the domain, the one above it is tried.
    const size_t dot = domain.find('.');
    if (!records.empty() || dot == std::string::npos) return records;
    domain = domain.substr(dot + 1);
  }
}

}  // namespace headwater::model
