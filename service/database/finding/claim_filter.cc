#include "database/finding/claim_filter.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/errors.h"
#include "database/finding/live_record.h"
#include "database/finding/record_index.h"
#include "database/scan.h"
#include "database/standings/standings.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/register.h"
#include "records/standing_row.h"
#include "records/terms.h"
#include "search/record_text.h"
#include "search/text/stemmer.h"

namespace headwater::database {
namespace {

using keys::Index;
using keys::Kind;
using keys::Name;
using keys::Reference;
using search::FilterField;

// The most claims that one page assesses itself, where they are just being assessed.
constexpr size_t kMostAssessed = 20;
constexpr size_t kMostSourcesNamed = 100;

absl::Status Found() { return absl::OutOfRangeError("found"); }

std::string EnumName(absl::string_view prefix, absl::string_view value) {
  return absl::StrCat(prefix, absl::AsciiStrToUpper(value));
}

std::optional<v1::Stance> StanceNamed(absl::string_view value) {
  v1::Stance stance;
  if (!v1::Stance_Parse(EnumName("STANCE_", value), &stance) || stance == v1::STANCE_UNSPECIFIED)
    return std::nullopt;
  return stance;
}

// The term under which claims stand so: a standing or a flag.
std::optional<std::string> StandingTerm(absl::string_view value) {
  v1::Standing standing;
  if (v1::Standing_Parse(EnumName("STANDING_", value), &standing) &&
      standing != v1::STANDING_UNSPECIFIED) {
    return records::TermOf(standing);
  }
  v1::FlagKind flag;
  if (v1::FlagKind_Parse(EnumName("FLAG_KIND_", value), &flag) &&
      flag != v1::FLAG_KIND_UNSPECIFIED) {
    return records::TermOf(flag);
  }
  return std::nullopt;
}

// "asserts, denies, …": all values of an enum but its first.
std::string ValuesOf(const google::protobuf::EnumDescriptor& descriptor, absl::string_view prefix) {
  std::string values;
  for (int i = 1; i < descriptor.value_count(); ++i) {
    absl::StrAppend(&values, i == 1 ? "" : ", ",
                    absl::AsciiStrToLower(absl::StripPrefix(descriptor.value(i)->name(), prefix)));
  }
  return values;
}

absl::StatusOr<std::optional<int32_t>> Bound(const std::string& date, absl::string_view filter,
                                             std::optional<int32_t> Edtf::*end) {
  if (date.empty()) return std::nullopt;
  const absl::StatusOr<Edtf> parsed = ParseEdtf(date);
  if (!parsed.ok() || !((*parsed).*end)) {
    return InvalidField("query", absl::StrCat("has ", filter, ":", date,
                                              ", which is no day, month or year as in 2025-08-01"));
  }
  return (*parsed).*end;
}

bool IsLanguage(absl::string_view tag, absl::string_view wanted) {
  return absl::AsciiStrToLower(tag) == wanted || search::PrimaryLanguage(tag) == wanted;
}

}  // namespace

ClaimFilter::ClaimFilter(const Reading& reading, uint64_t standings)
    : reading_(reading),
      standings_(standings),
      budget_(Name{}, GatherBounds(), reading.patience),
      walk_(reading, &budget_) {}

absl::Status ClaimFilter::Take(const search::ParsedQuery& query) {
  for (const search::QueryFilter& filter : query.filters) HW_RETURN_IF_ERROR(TakeFilter(filter));
  HW_ASSIGN_OR_RETURN(after_, Bound(query.after, "after", &Edtf::earliest_day));
  HW_ASSIGN_OR_RETURN(before_, Bound(query.before, "before", &Edtf::latest_day));
  // What is not after a day is before all of it, and the other way round.
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> not_after,
                      Bound(query.not_after, "-after", &Edtf::earliest_day));
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> not_before,
                      Bound(query.not_before, "-before", &Edtf::latest_day));
  if (not_after) before_ = std::min(before_.value_or(INT32_MAX), *not_after - 1);
  if (not_before) after_ = std::max(after_.value_or(INT32_MIN), *not_before + 1);
  FillGroups();
  return absl::OkStatus();
}

absl::Status ClaimFilter::TakeFilter(const search::QueryFilter& filter) {
  Values& values = values_[static_cast<size_t>(filter.field)];
  std::vector<std::string>& list = filter.is_negated ? values.none_of : values.any_of;
  switch (filter.field) {
    case FilterField::kSource: {
      HW_ASSIGN_OR_RETURN(std::vector<std::string> named, SourcesNamed(filter.value));
      list.insert(list.end(), std::make_move_iterator(named.begin()),
                  std::make_move_iterator(named.end()));
      return absl::OkStatus();
    }
    case FilterField::kStance:
      if (!StanceNamed(filter.value)) {
        return InvalidField("query", absl::StrCat("has stance:", filter.value, "; stances are ",
                                                  ValuesOf(*v1::Stance_descriptor(), "STANCE_")));
      }
      break;
    case FilterField::kStanding:
      if (!StandingTerm(filter.value)) {
        return InvalidField("query",
                            absl::StrCat("has standing:", filter.value, "; a claim can be ",
                                         ValuesOf(*v1::Standing_descriptor(), "STANDING_"), ", ",
                                         ValuesOf(*v1::FlagKind_descriptor(), "FLAG_KIND_")));
      }
      break;
    case FilterField::kLanguage:
      list.push_back(absl::AsciiStrToLower(filter.value));
      return absl::OkStatus();
    default:
      break;
  }
  list.push_back(filter.value);
  return absl::OkStatus();
}

// An id, or whoever is called so. An id of nobody finds nothing, as it should.
absl::StatusOr<std::vector<std::string>> ClaimFilter::SourcesNamed(const std::string& value) const {
  std::vector<std::string> ids = {std::string(absl::StripPrefix(value, "sources/"))};
  const std::string folded = FoldKey(value);
  if (folded.empty()) return ids;
  size_t budget = kMostExamined;
  HW_RETURN_IF_ERROR(
      Scan(Filter{Kind::kSource, "", {keys::Term(Index::kSourceNameKey, keys::TextValue(folded))}})
          .Run(reading_.point, reading_.patience, "", &budget,
               [&](Candidate candidate) {
                 if (!candidate.deleted) ids.push_back(std::move(candidate.name.id));
                 return ids.size() <= kMostSourcesNamed + 1;
               })
          .status());
  if (ids.size() > kMostSourcesNamed + 1) {
    return InvalidField("query",
                        absl::StrCat("has source:", value, ", as more than ", kMostSourcesNamed,
                                     " sources are called; give the id of one of them"));
  }
  return ids;
}

void ClaimFilter::FillGroups() {
  for (size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<FilterField>(i);
    if (field == FilterField::kStanding) continue;
    std::vector<std::string> group;
    for (const std::string& value : values_[i].any_of)
      group.push_back(search::FilterOf(field, value));
    if (!group.empty()) {
      group.emplace_back(kCutFilter);
      groups_.push_back(std::move(group));
    }
    for (const std::string& value : values_[i].none_of)
      excluded_.push_back(search::FilterOf(field, value));
  }
}

bool ClaimFilter::has_standings() const {
  const Values& values = values_[static_cast<size_t>(FilterField::kStanding)];
  return !values.any_of.empty() || !values.none_of.empty();
}

bool ClaimFilter::is_empty() const {
  return !after_ && !before_ && std::all_of(values_.begin(), values_.end(), [](const Values& each) {
    return each.any_of.empty() && each.none_of.empty();
  });
}

absl::StatusOr<bool> ClaimFilter::Holds(const std::string& claim) {
  HW_ASSIGN_OR_RETURN(claim_, LiveRecord<v1::Claim>(reading_, Name{Kind::kClaim, "", claim}));
  if (claim_ == nullptr) return false;
  HW_ASSIGN_OR_RETURN(bool holds, DatesHold(claim));
  for (size_t i = 0; holds && i < kFields; ++i) {
    HW_ASSIGN_OR_RETURN(holds, FieldHolds(static_cast<FilterField>(i), claim));
  }
  return holds;
}

absl::StatusOr<bool> ClaimFilter::FieldHolds(FilterField field, const std::string& claim) {
  const Values& values = values_[static_cast<size_t>(field)];
  for (const std::string& value : values.none_of) {
    HW_ASSIGN_OR_RETURN(const bool has, Has(field, value, claim));
    if (has) return false;
  }
  for (const std::string& value : values.any_of) {
    HW_ASSIGN_OR_RETURN(const bool has, Has(field, value, claim));
    if (has) return true;
  }
  return values.any_of.empty();
}

absl::StatusOr<bool> ClaimFilter::Has(FilterField field, const std::string& value,
                                      const std::string& claim) {
  switch (field) {
    case FilterField::kSource:
      return HasAttribution(
          keys::Term(Index::kReference, keys::ReferenceValue(Name{Kind::kSource, "", value},
                                                             Reference::kAttributionSource)),
          claim);
    case FilterField::kStance:
      return HasAttribution(
          keys::Term(Index::kStance, keys::NumberValue(static_cast<uint8_t>(*StanceNamed(value)))),
          claim);
    case FilterField::kAbout: {
      const std::string folded = FoldKey(value);
      return std::any_of(
          claim_->about().begin(), claim_->about().end(), [&](const v1::Entity& entity) {
            return FoldKey(entity.name()) == folded || FoldKey(entity.uri()) == folded;
          });
    }
    case FilterField::kTag:
      return std::any_of(claim_->tags().begin(), claim_->tags().end(),
                         [&](const std::string& tag) { return FoldKey(tag) == FoldKey(value); });
    case FilterField::kLanguage:
      return IsLanguage(claim_->language(), value) ||
             std::any_of(claim_->translations().begin(), claim_->translations().end(),
                         [&](const v1::LocalizedText& translation) {
                           return search::PrimaryLanguage(translation.language()) == value;
                         });
    case FilterField::kStanding:
      return Stands(value, claim);
  }
  return false;
}

absl::StatusOr<bool> ClaimFilter::HasAttribution(const std::string& term,
                                                 const std::string& claim) {
  const absl::Status walked = walk_.Under(term, keys::NameKeyPrefix(Kind::kAttribution, claim),
                                          [](const Name&, uint64_t) { return Found(); });
  if (absl::IsOutOfRange(walked)) return true;
  HW_RETURN_IF_ERROR(walked);
  return false;
}

absl::StatusOr<bool> ClaimFilter::Stands(const std::string& value, const std::string& claim) {
  HW_ASSIGN_OR_RETURN(StandingSince standing, StandingAt(*reading_.point.view.snapshot, claim,
                                                         standings_, reading_.patience));
  if (standing.row.unsettled()) {
    if (++assessed_ > kMostAssessed) return StandingsBehind(reading_.point.sequence, standings_);
    HW_ASSIGN_OR_RETURN(standing.row, AssessStanding(reading_, claim));
  }
  const std::vector<std::string> terms = records::StandingTerms(standing.row);
  return std::binary_search(terms.begin(), terms.end(), *StandingTerm(value));
}

absl::StatusOr<bool> ClaimFilter::DatesHold(const std::string& claim) {
  if (!after_ && !before_) return true;
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> day, DayOf(claim));
  return day && (!after_ || *day >= *after_) && (!before_ || *day <= *before_);
}

// Of the claim's first tellings the earliest, where it does not say itself.
absl::StatusOr<std::optional<int32_t>> ClaimFilter::DayOf(const std::string& claim) {
  if (!claim_->subject_date().empty()) return records::FirstDay(claim_->subject_date());
  bool truncated = false;
  HW_ASSIGN_OR_RETURN(
      const std::vector<records::Edge> edges,
      reading_.reader().Edges(claim, reading_.point.sequence, kMostTellings, &truncated));
  std::optional<int32_t> day;
  const auto take = [&](const std::string& date) {
    const std::optional<int32_t> first = records::FirstDay(date);
    if (first) day = std::min(day.value_or(*first), *first);
  };
  std::vector<Name> documents;
  for (const records::Edge& edge : edges) {
    if (edge.deleted) continue;
    if (edge.said_date.empty()) {
      documents.push_back(edge.document);
    } else {
      take(edge.said_date);
    }
  }
  HW_ASSIGN_OR_RETURN(const auto published, LiveRecords<v1::Document>(reading_, documents));
  for (const auto& document : published) {
    if (document != nullptr) take(document->published_date());
  }
  return day;
}

}  // namespace headwater::database
