#include "database/filter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "base/uri.h"
#include "database/errors.h"
#include "keys/register.h"
#include "records/standing_row.h"

namespace headwater::database {
namespace {

using keys::Index;
using keys::Kind;
using keys::Reference;

// Collects the terms of a filter, the most selective first: the order in which they are added.
class Builder {
 public:
  explicit Builder(Kind kind) { filter_.kind = kind; }
  Builder(Kind kind, absl::string_view parent) : Builder(kind) {
    if (parent != "claims/-") filter_.claim = keys::Name::Parse(parent)->id;
  }

  Builder& Refers(absl::string_view target, Reference field) {
    if (!target.empty())
      Add(Index::kReference, keys::ReferenceValue(*keys::Name::Parse(target), field));
    return *this;
  }
  Builder& Text(Index index, absl::string_view text) {
    if (!text.empty()) Add(index, keys::TextValue(text));
    return *this;
  }
  // An entity's URI or its name. Where folding leaves nothing of the name, nothing is of that name.
  Builder& About(absl::string_view about) {
    if (!about.empty())
      Add(Index::kAbout,
          keys::TextValue(IsAbsoluteUri(about) ? std::string(about) : FoldKey(about)));
    return *this;
  }
  Builder& Number(Index index, int number) {
    if (number != 0) Add(index, keys::NumberValue(static_cast<uint8_t>(number)));
    return *this;
  }
  Builder& Stands(std::string term) {
    filter_.standing_terms.push_back(std::move(term));
    return *this;
  }
  // Days between `from` and `until`, which are dates and may be empty: the fields "said_from" and
  // "said_until" at `path`, where `what` is "said".
  absl::StatusOr<Filter> Days(absl::string_view from, absl::string_view until,
                              absl::string_view path, absl::string_view what) {
    HW_ASSIGN_OR_RETURN(filter_.from_day,
                        Bound(from, absl::StrCat(path, what, "_from"), &Edtf::earliest_day));
    HW_ASSIGN_OR_RETURN(filter_.until_day,
                        Bound(until, absl::StrCat(path, what, "_until"), &Edtf::latest_day));
    return Done();
  }
  Filter Done() { return std::move(filter_); }

 private:
  void Add(Index index, absl::string_view value) {
    filter_.terms.push_back(keys::Term(index, value));
  }

  static absl::StatusOr<std::optional<int32_t>> Bound(absl::string_view date,
                                                      absl::string_view field,
                                                      std::optional<int32_t> Edtf::*end) {
    if (date.empty()) return std::nullopt;
    HW_ASSIGN_OR_RETURN(const Edtf parsed, ParseEdtf(date));
    if (!(parsed.*end))
      return InvalidField(field, "is open on the side that counts; give a day, month or year");
    return parsed.*end;
  }

  Filter filter_;
};

}  // namespace

bool Filter::walks_standings() const {
  if (standing_terms.empty() || terms.empty()) return !standing_terms.empty();
  const auto index = static_cast<Index>(terms.front().front());
  return index != Index::kAbout && index != Index::kTag;
}

absl::StatusOr<Filter> FilterOf(const v1::ListSourcesRequest& request, absl::string_view /*path*/) {
  return Builder(Kind::kSource)
      .Refers(request.part_of(), Reference::kSourcePartOf)
      .Refers(request.owner(), Reference::kSourceOwner)
      .Text(Index::kCountry, request.country())
      .Number(Index::kSourceKind, request.kind())
      .Done();
}

absl::StatusOr<Filter> FilterOf(const v1::ListDocumentsRequest& request, absl::string_view path) {
  return Builder(Kind::kDocument)
      .Refers(request.publisher(), Reference::kDocumentPublisher)
      .Text(Index::kLanguage, request.language())
      .Days(request.published_from(), request.published_until(), path, "published");
}

absl::StatusOr<Filter> FilterOf(const v1::ListClaimsRequest& request, absl::string_view path) {
  Builder builder(Kind::kClaim);
  for (int flag : request.flags()) builder.Stands(records::TermOf(static_cast<v1::FlagKind>(flag)));
  if (request.standing() != v1::STANDING_UNSPECIFIED)
    builder.Stands(records::TermOf(request.standing()));
  return builder.About(request.about())
      .Text(Index::kTag, request.tag())
      .Text(Index::kLanguage, request.language())
      .Number(Index::kNature, request.nature())
      .Days(request.subject_from(), request.subject_until(), path, "subject");
}

absl::StatusOr<Filter> FilterOf(const v1::ListAttributionsRequest& request,
                                absl::string_view path) {
  const bool cites_source =
      keys::Name::Parse(request.cites()).value_or(keys::Name{}).kind == Kind::kSource;
  return Builder(Kind::kAttribution, request.parent())
      .Refers(request.cites(),
              cites_source ? Reference::kCitedSource : Reference::kCitedAttribution)
      .Refers(request.document(), Reference::kAttributionDocument)
      .Refers(request.source(), Reference::kAttributionSource)
      .Number(Index::kStance, request.stance())
      .Days(request.said_from(), request.said_until(), path, "said");
}

absl::StatusOr<Filter> FilterOf(const v1::ListRelationsRequest& request,
                                absl::string_view /*path*/) {
  return Builder(Kind::kRelation, request.parent())
      .Refers(request.target(), Reference::kRelationTarget)
      .Number(Index::kRelationState, request.state())
      .Number(Index::kRelationKind, request.kind())
      .Done();
}

absl::StatusOr<Filter> FilterOf(const v1::ListReviewsRequest& request, absl::string_view path) {
  return Builder(Kind::kReview, request.parent())
      .Refers(request.author(), Reference::kReviewAuthor)
      .Days(request.published_from(), request.published_until(), path, "published");
}

}  // namespace headwater::database
