#include "database/finding/same_claims.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/finding/live_record.h"
#include "keys/register.h"
#include "search/rank/near_same.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using Between = Suggestions::Between;

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

std::vector<std::string> WordingsOf(const v1::Claim& claim) {
  std::vector<std::string> wordings = {claim.text()};
  for (const v1::LocalizedText& translation : claim.translations())
    wordings.push_back(translation.text());
  return wordings;
}

}  // namespace

SameClaims::SameClaims(const Reading& indexed, const Reading& latest)
    : indexed_(indexed), suggestions_(latest) {}

absl::Status SameClaims::TakeBack(const Name& claim) {
  HW_ASSIGN_OR_RETURN(Suggestions::Suggested suggested, suggestions_.Of(claim));
  for (const Suggestions::Suggestion& suggestion : suggested.undecided) {
    HW_ASSIGN_OR_RETURN(const auto both,
                        LiveRecords<v1::Claim>(indexed_, {claim, suggestion.other}));
    if (both[0] == nullptr || both[1] == nullptr) {
      suggestions_.Withdraw(suggestion, "One of the two claims is deleted.");
      continue;
    }
    HW_ASSIGN_OR_RETURN(const std::optional<search::NearSame> same,
                        search::CompareSame(*indexed_.point.view.snapshot, keys::Corpus::kClaims,
                                            claim.id, suggestion.other.id, indexed_.patience));
    if (!same || !IsOfTheSame(*both[0], *both[1]))
      suggestions_.Withdraw(suggestion, "The two claims do not say the same any more.");
  }
  if (suggested.others.size() > kMostAgain) suggested.others.resize(kMostAgain);
  again_.insert(again_.end(), suggested.others.begin(), suggested.others.end());
  return absl::OkStatus();
}

absl::Status SameClaims::Add(const Name& claim, bool is_new) {
  HW_ASSIGN_OR_RETURN(const std::vector<Same> alike, Alike(claim));
  std::vector<const Same*> chosen;
  for (size_t i = 1; i < alike.size() && chosen.size() < kMostSameClaims; ++i) {
    const Same& other = alike[i];
    const auto age = [](const Same& one) { return std::tie(one.create_micros, one.name.id); };
    if (is_new && age(alike.front()) < age(other)) break;
    HW_ASSIGN_OR_RETURN(const bool is_among, IsAmong(chosen, other));
    if (is_among) continue;
    chosen.push_back(&other);
    HW_ASSIGN_OR_RETURN(const Between between, suggestions_.BetweenThem(claim, other.name));
    if (between == Between::kNothing) HW_RETURN_IF_ERROR(suggestions_.Suggest(claim, other.name));
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
    HW_ASSIGN_OR_RETURN(const Between between, suggestions_.BetweenThem(other->name, one.name));
    if (between == Between::kSame) return true;
  }
  return false;
}

bool IsSameStatement(const v1::Claim& was, const v1::Claim& is) {
  const auto about = [](const v1::Claim& claim) {
    std::multiset<std::string> uris;
    for (const v1::Entity& entity : claim.about()) uris.insert(entity.uri());
    return uris;
  };
  return WordingsOf(was) == WordingsOf(is) && was.nature() == is.nature() &&
         was.subject_date() == is.subject_date() && about(was) == about(is) &&
         QuantitiesOf(was) == QuantitiesOf(is);
}

}  // namespace headwater::database
