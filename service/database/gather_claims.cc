#include "database/gather_claims.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "database/gather_numbers.h"
#include "headwater/v1/relation.pb.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

class Gatherer {
 public:
  Gatherer(const Reading& reading, IndexWalk* walk, GatherBudget* budget)
      : reading_(reading), walk_(walk), budget_(budget) {}

  absl::StatusOr<RelatedClaims> Run(const Name& claim) {
    RelatedClaims related;
    HW_ASSIGN_OR_RETURN(const records::Stored stored,
                        Find(reading_, claim, /*show_deleted=*/false));
    if (!related.claim.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a claim cannot be read");
    same_.insert(claim.id);
    std::vector<std::string> frontier = {claim.id};
    while (!frontier.empty()) {
      std::set<std::string> next;
      HW_RETURN_IF_ERROR(Look(frontier, &next));
      HW_ASSIGN_OR_RETURN(const std::vector<v1::Claim> live, Live(next));
      frontier.clear();
      for (const v1::Claim& other : live) frontier.push_back(Name::Parse(other.name())->id);
      same_.insert(frontier.begin(), frontier.end());
      if (same_.size() > budget_->bounds().claims)
        return budget_->TooMany(budget_->bounds().claims, "claims that say the same");
    }
    if (contradicting_.size() > budget_->bounds().contradicting)
      return budget_->TooMany(budget_->bounds().contradicting, "claims that contradict it");
    HW_ASSIGN_OR_RETURN(related.contradicting, Live(contradicting_));
    related.same.push_back(claim.id);
    same_.erase(claim.id);
    related.same.insert(related.same.end(), same_.begin(), same_.end());
    return related;
  }

 private:
  // Puts whom the claims are the same as into `next`, but for those known already.
  absl::Status Look(const std::vector<std::string>& claims, std::set<std::string>* next) {
    std::vector<Name> relations;
    for (const std::string& claim : claims) HW_RETURN_IF_ERROR(RelationsOf(claim, &relations));
    return LoadEach<v1::Relation>(
        reading_, budget_, relations,
        [&](size_t place, const v1::Relation& relation, bool /*deleted*/) {
          Follow(relations[place].claim, relation, next);
          return absl::OkStatus();
        });
  }

  // Adds the live relations of a claim to others that are confirmed, and all those of others to it.
  absl::Status RelationsOf(const std::string& claim, std::vector<Name>* relations) {
    const IndexWalk::Take take = [&](Name name, uint64_t) {
      if (name.kind == Kind::kRelation) relations->push_back(std::move(name));
      return budget_->Relations(1);
    };
    static const std::string* const kConfirmed = new std::string(
        keys::Term(keys::Index::kRelationState, keys::NumberValue(v1::RELATION_STATE_CONFIRMED)));
    HW_RETURN_IF_ERROR(
        walk_->Under(*kConfirmed, keys::NameKeyPrefix(Kind::kRelation, claim), take));
    const std::string target =
        keys::ReferenceValue(Name{Kind::kClaim, "", claim}, keys::Reference::kRelationTarget);
    return walk_->Under(keys::Term(keys::Index::kReference, target), "", take);
  }

  void Follow(const std::string& from, const v1::Relation& relation, std::set<std::string>* next) {
    if (relation.state() != v1::RELATION_STATE_CONFIRMED) return;
    const std::string to = Name::Parse(relation.target()).value_or(Name{}).id;
    // One of the two is a claim looked at just now.
    for (const auto& [one, other] : {std::make_pair(from, to), std::make_pair(to, from)}) {
      if (!same_.contains(one)) continue;
      if (relation.kind() == v1::RELATION_KIND_SAME_AS && !same_.contains(other))
        next->insert(other);
      if (relation.kind() == v1::RELATION_KIND_CONTRADICTS) contradicting_.insert(other);
    }
  }

  absl::StatusOr<std::vector<v1::Claim>> Live(const std::set<std::string>& claims) {
    std::vector<Name> names;
    for (const std::string& claim : claims) names.push_back(Name{Kind::kClaim, "", claim});
    std::vector<v1::Claim> live;
    HW_RETURN_IF_ERROR(LoadEach<v1::Claim>(reading_, budget_, names,
                                           [&](size_t, const v1::Claim& claim, bool deleted) {
                                             if (!deleted) live.push_back(claim);
                                             return absl::OkStatus();
                                           }));
    return live;
  }

  const Reading& reading_;
  IndexWalk* const walk_;
  GatherBudget* const budget_;
  std::set<std::string> same_;
  std::set<std::string> contradicting_;
};

}  // namespace

absl::StatusOr<RelatedClaims> GatherClaims(const Reading& reading, const keys::Name& claim,
                                           IndexWalk* walk, GatherBudget* budget) {
  return Gatherer(reading, walk, budget).Run(claim);
}

}  // namespace headwater::database
