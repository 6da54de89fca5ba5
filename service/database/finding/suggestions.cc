#include "database/finding/suggestions.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "keys/register.h"
#include "records/entry.h"
#include "records/render.h"
#include "records/suggestion.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

constexpr size_t kIdDigits = 32;

std::string Referring(const Name& target) {
  return keys::Term(keys::Index::kReference,
                    keys::ReferenceValue(target, keys::Reference::kRelationTarget));
}

absl::StatusOr<v1::Relation> Parse(const records::Stored& stored) {
  v1::Relation relation;
  if (!relation.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
    return records::Damaged("a relation cannot be read");
  return relation;
}

SuggestionWrite WriteOf(Shape shape, const Name& name, uint64_t revision) {
  SuggestionWrite write;
  write.shape = shape;
  write.relation.set_name(name.Text());
  write.relation.set_etag(records::Etag(revision));
  return write;
}

}  // namespace

std::string SuggestionId(const Name& a, const Name& b) {
  const std::string pair = absl::StrCat(std::min(a.id, b.id), "\n", std::max(a.id, b.id));
  return absl::StrCat("same-as-", ToHex(AsBytes(Sha256(pair))).substr(0, kIdDigits));
}

Operation ToOperation(const SuggestionWrite& write, std::string path) {
  Operation operation;
  operation.shape = write.shape;
  operation.kind = Kind::kRelation;
  operation.path = std::move(path);
  if (write.shape == Shape::kCreate) {
    const std::optional<Name> name = Name::Parse(write.relation.name());
    operation.parent = name->Parent().Text();
    operation.id = name->id;
    operation.resource = std::make_unique<v1::Relation>(write.relation);
  } else {
    operation.name = write.relation.name();
    operation.etag = write.relation.etag();
    operation.reason = write.reason;
  }
  return operation;
}

Suggestions::Suggestions(const Reading& latest)
    : latest_(latest), budget_(Name{}, GatherBounds(), latest.patience), walk_(latest_, &budget_) {}

absl::StatusOr<Suggestions::Between> Suggestions::BetweenThem(const Name& a, const Name& b) {
  const auto written = about_to_be_.find(SuggestionId(a, b));
  if (written != about_to_be_.end()) return written->second ? Between::kSame : Between::kNothing;
  Between between = Between::kNothing;
  Withdrawn withdrawn;
  HW_RETURN_IF_ERROR(LookUnder(a, b, &between, &withdrawn));
  HW_RETURN_IF_ERROR(LookUnder(b, a, &between, &withdrawn));
  return between;
}

absl::Status Suggestions::LookUnder(const Name& claim, const Name& target, Between* between,
                                    Withdrawn* withdrawn) {
  std::vector<std::pair<Name, uint64_t>> relations;
  HW_RETURN_IF_ERROR(walk_.WithDeleted(Referring(target),
                                       keys::NameKeyPrefix(Kind::kRelation, claim.id),
                                       [&](Name name, uint64_t revision) {
                                         relations.emplace_back(std::move(name), revision);
                                         return absl::OkStatus();
                                       }));
  for (const auto& [name, revision] : relations) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, latest_.reader().Load(revision));
    const bool is_suggestion = name.id == SuggestionId(claim, target);
    if (is_suggestion && stored.entry.deleted() && stored.entry.actor == records::kServerActor) {
      *withdrawn = {name, revision};
      continue;
    }
    if (*between == Between::kNothing) *between = Between::kOther;
    if (stored.entry.deleted()) continue;
    HW_ASSIGN_OR_RETURN(const v1::Relation relation, Parse(stored));
    if (relation.kind() == v1::RELATION_KIND_SAME_AS &&
        relation.state() != v1::RELATION_STATE_REFUSED) {
      *between = Between::kSame;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Suggestions::Suggested> Suggestions::Of(const Name& claim) {
  std::vector<std::pair<Name, uint64_t>> relations;
  const auto take = [&](Name name, uint64_t revision) {
    relations.emplace_back(std::move(name), revision);
    return absl::OkStatus();
  };
  HW_RETURN_IF_ERROR(walk_.WithDeleted(keys::Term(keys::Index::kAll, keys::NoValue()),
                                       keys::NameKeyPrefix(Kind::kRelation, claim.id), take));
  HW_RETURN_IF_ERROR(walk_.WithDeleted(Referring(claim), "", take));
  Suggested suggested;
  for (const auto& [name, revision] : relations)
    HW_RETURN_IF_ERROR(AddTo(name, revision, claim, &suggested));
  return suggested;
}

absl::Status Suggestions::AddTo(const Name& relation, uint64_t revision, const Name& claim,
                                Suggested* suggested) {
  HW_ASSIGN_OR_RETURN(const records::Stored stored, latest_.reader().Load(revision));
  HW_ASSIGN_OR_RETURN(const v1::Relation is, Parse(stored));
  const std::optional<Name> target = Name::Parse(is.target());
  if (!target) return records::Damaged("a relation's target cannot be read");
  const Name other = relation.claim == claim.id ? *target : relation.Parent();
  if (relation.id != SuggestionId(claim, other)) return absl::OkStatus();
  suggested->others.push_back(other);
  const bool is_undecided = !stored.entry.deleted() && records::IsServersSuggestion(is) &&
                            is.kind() == v1::RELATION_KIND_SAME_AS &&
                            !about_to_be_.contains(relation.id);
  if (is_undecided) suggested->undecided.push_back({relation, other, revision});
  return absl::OkStatus();
}

absl::Status Suggestions::Suggest(const Name& a, const Name& b) {
  const std::string id = SuggestionId(a, b);
  const auto& [claim, target] =
      std::minmax(a, b, [](const Name& one, const Name& other) { return one.id < other.id; });
  Between between = Between::kNothing;
  Withdrawn withdrawn;
  HW_RETURN_IF_ERROR(LookUnder(claim, target, &between, &withdrawn));
  about_to_be_[id] = true;
  if (withdrawn.revision != 0) {
    writes_.push_back(WriteOf(Shape::kUndelete, withdrawn.name, withdrawn.revision));
    return absl::OkStatus();
  }
  SuggestionWrite write;
  v1::Relation& relation = write.relation;
  relation.set_name(Name{Kind::kRelation, claim.id, id}.Text());
  relation.set_kind(v1::RELATION_KIND_SAME_AS);
  relation.set_target(target.Text());
  relation.set_state(v1::RELATION_STATE_SUGGESTED);
  relation.set_suggested_by(std::string(records::kServerActor));
  // Of both ways to be the same: a suggestion that comes back still says what is true.
  relation.set_note(
      "Both have the same words, apart from case, marks, punctuation and small words.");
  writes_.push_back(std::move(write));
  return absl::OkStatus();
}

void Suggestions::Withdraw(const Suggestion& suggestion, absl::string_view reason) {
  about_to_be_[suggestion.name.id] = false;
  SuggestionWrite write = WriteOf(Shape::kDelete, suggestion.name, suggestion.revision);
  write.reason = std::string(reason);
  writes_.push_back(std::move(write));
}

}  // namespace headwater::database
