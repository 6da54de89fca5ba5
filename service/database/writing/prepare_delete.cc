// Deletions and their taking back.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/scan.h"
#include "database/writing/preparation.h"
#include "records/terms.h"

namespace headwater::database {
namespace {

constexpr size_t kReferrersNamed = 5;

// The change that deletes or undeletes what stands: its bytes stay where they are.
records::Change Turned(const Standing& standing, v1::Operation operation,
                       std::vector<records::StandingTerm> before) {
  records::Change change;
  change.name = standing.name;
  change.operation = operation;
  change.deleted = operation == v1::OPERATION_DELETE;
  const records::Entry& entry = standing.stored.entry;
  change.body_sequence = entry.body_sequence != 0 ? entry.body_sequence : entry.sequence;
  change.create_micros = entry.create_micros;
  std::vector<std::string> after;
  for (const records::StandingTerm& term : before) after.push_back(term.term);
  change.terms = records::CompareTerms(std::move(before), std::move(after), /*turned=*/true);
  if (standing.name.kind == keys::Kind::kAttribution) {
    change.edge = records::EdgeValue(static_cast<const v1::Attribution&>(*standing.resource),
                                     change.deleted, standing.recorded);
  }
  return change;
}

// What the server only suggests goes along, and holds nobody back.
absl::Status CheckChildless(Preparation* preparation, const keys::Name& claim,
                            const std::vector<keys::Name>& children) {
  std::vector<keys::Name> holding;
  for (const keys::Name& child : children) {
    if (holding.size() > kReferrersNamed) break;
    HW_ASSIGN_OR_RETURN(const bool is_suggestion, preparation->IsServersSuggestion(child));
    if (!is_suggestion) holding.push_back(child);
  }
  if (holding.empty()) return absl::OkStatus();
  const bool more = holding.size() > kReferrersNamed;
  if (more) holding.resize(kReferrersNamed);
  return ReferredTo(claim, holding, more);
}

}  // namespace

// In a batch, what goes along with one claim holds no other one back.
absl::Status Preparation::NoteDeletedChildren() {
  if (!request_.batch) return absl::OkStatus();
  for (size_t i = 0; i < names_.size(); ++i) {
    const Operation& operation = request_.operations[i];
    const bool takes_children = operation.shape == Shape::kDelete && operation.force &&
                                operation.kind == keys::Kind::kClaim;
    if (!takes_children) continue;
    HW_ASSIGN_OR_RETURN(const std::vector<keys::Name> children,
                        Children(names_[i], /*deleted=*/false));
    for (const keys::Name& child : children) deleted_.insert(child.Key());
    // What cannot be done in all is told before the rest is gathered.
    if (deleted_.size() > kMostChanges) return TooManyChanges();
  }
  return absl::OkStatus();
}

absl::Status Preparation::Delete(const Operation& operation, const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(const Standing standing, Stand(name, operation.etag, /*deleted=*/false));
  std::vector<keys::Name> children;
  if (name.kind == keys::Kind::kClaim) {
    HW_ASSIGN_OR_RETURN(children, Children(name, /*deleted=*/false));
    if (!operation.force) HW_RETURN_IF_ERROR(CheckChildless(this, name, children));
  }
  if (!operation.force) HW_RETURN_IF_ERROR(CheckUnreferenced(name));
  // With force too: a child that comes meanwhile must be found.
  prepared_.reliance.unreferenced.push_back(HashOf(name));
  HW_RETURN_IF_ERROR(DeleteStanding(standing, operation.reason, /*answered=*/true));
  for (const keys::Name& child : children) {
    HW_ASSIGN_OR_RETURN(const Standing of_child, Stand(child, "", /*deleted=*/false));
    HW_RETURN_IF_ERROR(DeleteStanding(of_child, operation.reason, /*answered=*/false));
    HW_RETURN_IF_ERROR(CheckChildrenFit(name));
  }
  return absl::OkStatus();
}

absl::Status Preparation::CheckUnreferenced(const keys::Name& name) {
  std::vector<keys::Name> referrers;
  std::string position;
  do {
    std::vector<keys::Name> found;
    const bool on_the_spot = patience_ == kv::Patience::kCacheOnly;
    size_t budget = on_the_spot ? kMostRowsOnTheSpot : kMostExamined;
    HW_ASSIGN_OR_RETURN(
        position, Scan::Referrers(name).Run(
                      reading().point, patience_, position, &budget, [&](Candidate candidate) {
                        if (referrers.size() + found.size() > kReferrersNamed) return false;
                        if (!candidate.deleted && !deleted_.contains(candidate.name.Key()))
                          found.push_back(std::move(candidate.name));
                        return true;
                      }));
    // What the server only suggests holds nobody back.
    for (keys::Name& referrer : found) {
      HW_ASSIGN_OR_RETURN(const bool is_suggestion, IsServersSuggestion(referrer));
      if (!is_suggestion) referrers.push_back(std::move(referrer));
    }
    // Deleted referrers hold nothing back but may be many: they are passed over piece by piece.
    if (!position.empty() && patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
  } while (!position.empty() && referrers.size() <= kReferrersNamed);
  if (referrers.empty()) return absl::OkStatus();
  const bool more = referrers.size() > kReferrersNamed;
  if (more) referrers.resize(kReferrersNamed);
  return ReferredTo(name, referrers, more);
}

absl::Status Preparation::DeleteStanding(const Standing& standing, absl::string_view reason,
                                         bool answered) {
  HW_ASSIGN_OR_RETURN(std::vector<records::StandingTerm> before, TermsOf(standing));
  records::Change change = Turned(standing, v1::OPERATION_DELETE, std::move(before));
  change.stored = std::string(reason);
  const size_t place = AddChange(std::move(change));
  if (answered) AnswerWithChange(place, std::string(standing.stored.body));
  return absl::OkStatus();
}

absl::Status Preparation::Undelete(const Operation& operation, const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(const Standing standing, Stand(name, operation.etag, /*deleted=*/true));
  if (!standing.row.deleted) return NotDeleted(name);
  if (IsChild(name.kind)) {
    HW_RETURN_IF_ERROR(
        TakeReference({keys::Reference{}, name.Parent(), absl::StrCat(operation.path, "name")}));
  }
  std::vector<keys::Name> children;
  if (name.kind == keys::Kind::kClaim) {
    HW_ASSIGN_OR_RETURN(children, DeletedTogether(name, standing.stored.entry.first_sequence));
  }
  // They may refer to one another.
  undeleted_.insert(name.Key());
  for (const keys::Name& child : children) undeleted_.insert(child.Key());
  HW_RETURN_IF_ERROR(UndeleteStanding(standing, operation.force, /*answered=*/true));
  for (const keys::Name& child : children) {
    HW_ASSIGN_OR_RETURN(const Standing of_child, Stand(child, "", /*deleted=*/true));
    HW_RETURN_IF_ERROR(UndeleteStanding(of_child, operation.force, /*answered=*/false));
    HW_RETURN_IF_ERROR(CheckChildrenFit(name));
  }
  return absl::OkStatus();
}

// Names alone are kept: together the resources may be far larger than what is changed of them.
absl::StatusOr<std::vector<keys::Name>> Preparation::DeletedTogether(const keys::Name& claim,
                                                                     uint64_t first_sequence) {
  HW_ASSIGN_OR_RETURN(std::vector<keys::Name> children, Children(claim, /*deleted=*/true));
  std::vector<keys::Name> together;
  for (keys::Name& child : children) {
    HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(child));
    if (!row) return records::Damaged(absl::StrCat(child.Text(), " is listed and not there"));
    HW_ASSIGN_OR_RETURN(const records::Stored stored, reader().Load(row->head));
    if (stored.entry.first_sequence == first_sequence) together.push_back(std::move(child));
  }
  return together;
}

absl::Status Preparation::CheckChildrenFit(const keys::Name& claim) const {
  return change_bytes_ > kMostChangeBytes ? TooMuchWithChildren(claim, kMostChangeBytes)
                                          : absl::OkStatus();
}

absl::Status Preparation::UndeleteStanding(const Standing& standing, bool force, bool answered) {
  if (standing.name.kind == keys::Kind::kAttribution)
    NoteQuote(static_cast<const v1::Attribution&>(*standing.resource), nullptr, /*path=*/"");
  for (const records::FoundReference& reference : records::ReferencesOf(*standing.resource)) {
    HW_ASSIGN_OR_RETURN(const bool live, IsLive(reference.target));
    // The source may have become one that may not since.
    if (NeedsAPublisher(reference.field)) publishers_.push_back(reference);
    if (live) {
      prepared_.reliance.live.push_back(HashOf(reference.target));
    } else if (!force && missing_.size() < records::kMaxViolations) {
      missing_.push_back(reference);
    }
  }
  HW_ASSIGN_OR_RETURN(std::vector<records::StandingTerm> before, TermsOf(standing));
  const size_t place = AddChange(Turned(standing, v1::OPERATION_UNDELETE, std::move(before)));
  if (answered) AnswerWithChange(place, std::string(standing.stored.body));
  return absl::OkStatus();
}

}  // namespace headwater::database
