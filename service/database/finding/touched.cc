#include "database/finding/touched.h"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "database/finding/live_record.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/register.h"

namespace headwater::database {

using keys::Kind;
using keys::Name;
using keys::Reference;

Touched::Touched(const Reading& after, std::string from, size_t most, GoOn go_on)
    : after_(after),
      from_(std::move(from)),
      most_(most),
      go_on_(std::move(go_on)),
      budget_(Name{}, GatherBounds(), after.patience),
      walk_(after, &budget_) {}

Reading Touched::Before(const records::Entry& entry) const {
  Reading before = after_;
  before.point.sequence = entry.first_sequence - 1;
  return before;
}

absl::Status Touched::Add(const records::Entry& entry) {
  const std::optional<Name> name = Name::Parse(entry.name);
  if (!name) return records::Damaged("an entry's name cannot be read");
  HW_RETURN_IF_ERROR(go_on_());
  switch (name->kind) {
    case Kind::kAttribution:
    case Kind::kReview:
      Keep(name->Parent());
      return absl::OkStatus();
    case Kind::kRelation:
      return absl::OkStatus();
    case Kind::kClaim:
      Keep(*name);
      return absl::OkStatus();
    case Kind::kDocument:
      Keep(*name);
      return AddTold(entry, *name);
    case Kind::kSource:
      Keep(*name);
      return AddSpoken(entry, *name);
  }
  return absl::OkStatus();
}

absl::Status Touched::AddTold(const records::Entry& entry, const Name& document) {
  // Who refers to what was not there before does so from the same request.
  if (entry.operation == v1::OPERATION_CREATE) return absl::OkStatus();
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Document> was,
                      LiveRecord<v1::Document>(Before(entry), document));
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Document> is,
                      LiveRecord<v1::Document>(after_, document));
  if (was == nullptr && is == nullptr) return absl::OkStatus();
  if (was != nullptr && is != nullptr && was->title() == is->title() &&
      was->language() == is->language()) {
    return absl::OkStatus();
  }
  return AddClaimsUnder(keys::Term(
      keys::Index::kReference, keys::ReferenceValue(document, Reference::kAttributionDocument)));
}

absl::Status Touched::AddSpoken(const records::Entry& entry, const Name& source) {
  if (entry.operation == v1::OPERATION_CREATE) return absl::OkStatus();
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Source> was,
                      LiveRecord<v1::Source>(Before(entry), source));
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Source> is,
                      LiveRecord<v1::Source>(after_, source));
  if (was == nullptr && is == nullptr) return absl::OkStatus();
  if (was != nullptr && is != nullptr && was->display_name() == is->display_name())
    return absl::OkStatus();
  return AddClaimsUnder(keys::Term(keys::Index::kReference,
                                   keys::ReferenceValue(source, Reference::kAttributionSource)));
}

absl::Status Touched::AddClaimsUnder(const std::string& term) {
  std::string last;  // they come claim by claim
  return walk_.Under(term, "", [&](const Name& attribution, uint64_t) {
    if (attribution.claim == last) return absl::OkStatus();
    last = attribution.claim;
    Keep(attribution.Parent());
    return go_on_();
  });
}

void Touched::Keep(const Name& name) {
  std::string key = name.Key();
  if (key <= from_) return;
  if (names_.size() >= most_ && key > *names_.rbegin()) {
    more_ = true;
    return;
  }
  names_.insert(std::move(key));
  if (names_.size() <= most_) return;
  names_.erase(std::prev(names_.end()));
  more_ = true;
}

}  // namespace headwater::database
