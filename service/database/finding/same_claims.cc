#include "database/finding/same_claims.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "keys/register.h"
#include "records/suggestion.h"
#include "search/rank/near_same.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

constexpr size_t kIdDigits = 32;

// Both say of what, and not of the same.
bool IsAboutOthers(const v1::Claim& a, const v1::Claim& b) {
  std::set<std::string> uris;
  for (const v1::Entity& entity : a.about()) {
    if (!entity.uri().empty()) uris.insert(entity.uri());
  }
  bool has_uris = false;
  for (const v1::Entity& entity : b.about()) {
    if (entity.uri().empty()) continue;
    has_uris = true;
    if (uris.contains(entity.uri())) return false;
  }
  return has_uris && !uris.empty();
}

std::multiset<std::string> QuantitiesOf(const v1::Claim& claim) {
  std::multiset<std::string> quantities;
  for (const v1::Quantity& quantity : claim.quantities()) {
    quantities.insert(absl::StrCat(quantity.property(), "\n", quantity.value(), "\n",
                                   quantity.unit(), "\n", quantity.value_date()));
  }
  return quantities;
}

// What the texts do not tell: the same words may be said of another year or another person.
bool IsOfTheSame(const v1::Claim& a, const v1::Claim& b) {
  const bool is_other_time = !a.subject_date().empty() && !b.subject_date().empty() &&
                             a.subject_date() != b.subject_date();
  const bool is_other_quantity =
      !a.quantities().empty() && !b.quantities().empty() && QuantitiesOf(a) != QuantitiesOf(b);
  return a.nature() == b.nature() && !is_other_time && !is_other_quantity && !IsAboutOthers(a, b);
}

v1::CreateRelationRequest Suggestion(const Name& a, const Name& b, bool is_same_text) {
  const auto& [claim, target] =
      std::minmax(a, b, [](const Name& one, const Name& other) { return one.id < other.id; });
  v1::CreateRelationRequest request;
  request.set_parent(claim.Text());
  request.set_relation_id(SuggestionId(a, b));
  v1::Relation& relation = *request.mutable_relation();
  relation.set_kind(v1::RELATION_KIND_SAME_AS);
  relation.set_target(target.Text());
  relation.set_state(v1::RELATION_STATE_SUGGESTED);
  relation.set_suggested_by(std::string(records::kServerActor));
  relation.set_note(is_same_text
                        ? "Both have the same text, apart from case, marks and punctuation."
                        : "Both have the same words, apart from small ones, in the same order.");
  return request;
}

}  // namespace

std::string SuggestionId(const Name& a, const Name& b) {
  const std::string pair = absl::StrCat(std::min(a.id, b.id), "\n", std::max(a.id, b.id));
  return absl::StrCat("same-as-", ToHex(AsBytes(Sha256(pair))).substr(0, kIdDigits));
}

SameClaims::SameClaims(const Reading& indexed, const Reading& latest)
    : indexed_(indexed),
      latest_(latest),
      budget_(Name{}, GatherBounds(), latest.patience),
      walk_(latest_, &budget_) {}

absl::Status SameClaims::Add(const Name& claim, bool is_new,
                             std::vector<v1::CreateRelationRequest>* requests) {
  HW_ASSIGN_OR_RETURN(const std::vector<Same> alike, Alike(claim));
  std::vector<const Same*> chosen;
  for (size_t i = 1; i < alike.size() && chosen.size() < kMostSameClaims; ++i) {
    const Same& other = alike[i];
    const auto age = [](const Same& one) { return std::tie(one.create_micros, one.name.id); };
    if (is_new && age(alike.front()) < age(other)) break;
    HW_ASSIGN_OR_RETURN(const bool is_among, IsAmong(chosen, other));
    if (is_among) continue;
    chosen.push_back(&other);
    HW_ASSIGN_OR_RETURN(const Between between, BetweenThem(claim, other.name));
    if (between != Between::kNothing) continue;
    suggested_.insert(SuggestionId(claim, other.name));
    requests->push_back(Suggestion(claim, other.name, other.is_same_text));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SameClaims::Same>> SameClaims::Alike(const Name& claim) const {
  std::vector<Same> alike;
  const kv::Snapshot& snapshot = *indexed_.point.view.snapshot;
  HW_ASSIGN_OR_RETURN(
      const std::vector<search::NearSame> near,
      search::FindNearSame(snapshot, keys::Corpus::kClaims, claim.id, indexed_.patience));
  if (near.empty()) return alike;
  std::vector<Name> names = {claim};
  for (const search::NearSame& one : near) names.push_back(Name{Kind::kClaim, "", one.id});
  HW_ASSIGN_OR_RETURN(std::vector<uint64_t> revisions,
                      indexed_.reader().RevisionsAt(names, indexed_.point.sequence));
  for (size_t i = 0; i < names.size(); ++i) {
    if (revisions[i] == 0) continue;
    HW_ASSIGN_OR_RETURN(const records::Stored stored, indexed_.reader().Load(revisions[i]));
    if (stored.entry.deleted()) continue;
    Same same{names[i], i > 0 && near[i - 1].is_same_text, stored.entry.create_micros, {}};
    if (!same.claim.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a claim cannot be read");
    if (i == 0 || (!alike.empty() && IsOfTheSame(alike.front().claim, same.claim)))
      alike.push_back(std::move(same));
    if (alike.empty()) return alike;
  }
  if (alike.empty()) return alike;
  std::sort(alike.begin() + 1, alike.end(), [](const Same& a, const Same& b) {
    return std::tie(a.create_micros, a.name.id) < std::tie(b.create_micros, b.name.id);
  });
  return alike;
}

absl::StatusOr<bool> SameClaims::IsAmong(const std::vector<const Same*>& chosen, const Same& one) {
  for (const Same* const other : chosen) {
    if (other->is_same_text && one.is_same_text) return true;
    HW_ASSIGN_OR_RETURN(const Between between, BetweenThem(other->name, one.name));
    if (between == Between::kSame) return true;
  }
  return false;
}

absl::StatusOr<SameClaims::Between> SameClaims::BetweenThem(const Name& a, const Name& b) {
  if (suggested_.contains(SuggestionId(a, b))) return Between::kSame;
  Between between = Between::kNothing;
  HW_RETURN_IF_ERROR(LookUnder(a, b, &between));
  HW_RETURN_IF_ERROR(LookUnder(b, a, &between));
  return between;
}

absl::Status SameClaims::LookUnder(const Name& claim, const Name& target, Between* between) {
  std::vector<uint64_t> revisions;
  HW_RETURN_IF_ERROR(walk_.WithDeleted(
      keys::Term(keys::Index::kReference,
                 keys::ReferenceValue(target, keys::Reference::kRelationTarget)),
      keys::NameKeyPrefix(Kind::kRelation, claim.id), [&](const Name&, uint64_t revision) {
        revisions.push_back(revision);
        return absl::OkStatus();
      }));
  if (!revisions.empty() && *between == Between::kNothing) *between = Between::kOther;
  for (const uint64_t revision : revisions) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, latest_.reader().Load(revision));
    v1::Relation relation;
    if (stored.entry.deleted()) continue;
    if (!relation.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a relation cannot be read");
    if (relation.kind() == v1::RELATION_KIND_SAME_AS &&
        relation.state() != v1::RELATION_STATE_REFUSED) {
      *between = Between::kSame;
    }
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
