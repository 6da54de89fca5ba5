#include "database/questions/gather_claims.h"

#include <map>
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/questions/gather_numbers.h"
#include "database/questions/parsed_revisions.h"
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

  absl::StatusOr<RelatedClaims> Run(const Name& claim, Beside beside) {
    budget_->RelyOnName(claim);
    HW_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(reading_, claim));
    if (revision == 0) return NotFound(claim);
    budget_->Saw(revision);
    HW_ASSIGN_OR_RETURN(const auto parsed, ParsedRevisions(reading_, v1::Claim::default_instance(),
                                                           {claim}, {revision}));
    if (parsed[0]->deleted) return Deleted(claim);
    const auto& asked = static_cast<const v1::Claim&>(*parsed[0]->resource);
    RelatedClaims related;
    related.nature = asked.nature();
    if (asked.has_credibility()) related.credibility = asked.credibility();
    std::map<std::string, RelatedClaim> others;
    same_.insert(claim.id);
    std::vector<std::string> frontier = {claim.id};
    while (!frontier.empty()) {
      std::set<std::string> next;
      HW_RETURN_IF_ERROR(Look(frontier, &next));
      HW_ASSIGN_OR_RETURN(std::vector<RelatedClaim> live, Live(next));
      frontier.clear();
      for (RelatedClaim& other : live) {
        frontier.push_back(other.id);
        others[other.id] = std::move(other);
      }
      same_.insert(frontier.begin(), frontier.end());
      if (same_.size() > budget_->bounds().claims)
        return budget_->TooMany(budget_->bounds().claims, "claims that say the same");
    }
    related.same.push_back(Words(asked));
    for (auto& [id, other] : others) related.same.push_back(std::move(other));
    if (beside == Beside::kNothing) return related;
    for (const std::string& same : same_) {
      wider_.erase(same);
      narrower_.erase(same);
    }
    const GatherBounds& bounds = budget_->bounds();
    HW_ASSIGN_OR_RETURN(related.contradicting,
                        Some(contradicting_, bounds.contradicting, "claims that contradict it"));
    HW_ASSIGN_OR_RETURN(related.wider, Some(wider_, bounds.wider, "wider claims"));
    HW_ASSIGN_OR_RETURN(related.narrower, Some(narrower_, bounds.wider, "narrower claims"));
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
    const auto take = [&](const Name& name) {
      if (name.kind == Kind::kRelation) relations->push_back(name);
      return budget_->Relations(1);
    };
    static const std::string* const kConfirmed = new std::string(
        keys::Term(keys::Index::kRelationState, keys::NumberValue(v1::RELATION_STATE_CONFIRMED)));
    HW_RETURN_IF_ERROR(
        walk_->UnderKept(*kConfirmed, keys::NameKeyPrefix(Kind::kRelation, claim), take));
    const std::string target =
        keys::ReferenceValue(Name{Kind::kClaim, "", claim}, keys::Reference::kRelationTarget);
    return walk_->UnderKept(keys::Term(keys::Index::kReference, target), "", take);
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
      if (relation.kind() == v1::RELATION_KIND_NARROWS)
        (one == from ? wider_ : narrower_).insert(other);
    }
  }

  static RelatedClaim Words(const v1::Claim& claim) {
    return {Name::Parse(claim.name())->id, claim.text(), claim.language()};
  }

  absl::StatusOr<std::vector<RelatedClaim>> Live(const std::set<std::string>& claims) {
    std::vector<Name> names;
    for (const std::string& claim : claims) names.push_back(Name{Kind::kClaim, "", claim});
    std::vector<RelatedClaim> live;
    HW_RETURN_IF_ERROR(LoadEach<v1::Claim>(reading_, budget_, names,
                                           [&](size_t, const v1::Claim& claim, bool deleted) {
                                             if (!deleted) live.push_back(Words(claim));
                                             return absl::OkStatus();
                                           }));
    return live;
  }

  absl::StatusOr<std::vector<RelatedClaim>> Some(const std::set<std::string>& claims, size_t most,
                                                 absl::string_view what) {
    if (claims.size() > most) return budget_->TooMany(most, what);
    return Live(claims);
  }

  const Reading& reading_;
  IndexWalk* const walk_;
  GatherBudget* const budget_;
  std::set<std::string> same_;
  std::set<std::string> contradicting_;
  std::set<std::string> wider_;
  std::set<std::string> narrower_;
};

}  // namespace

absl::StatusOr<RelatedClaims> GatherClaims(const Reading& reading, const keys::Name& claim,
                                           Beside beside, IndexWalk* walk, GatherBudget* budget) {
  return Gatherer(reading, walk, budget).Run(claim, beside);
}

}  // namespace headwater::database
