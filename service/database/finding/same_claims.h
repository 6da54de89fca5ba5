// Which claims are to be suggested to be the same.
#ifndef HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_
#define HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/relation_service.pb.h"

namespace headwater::database {

// The most for one claim at a time.
inline constexpr size_t kMostSameClaims = 5;

// The claims of one state of the index, held against the relations there are in the same snapshot.
// Belongs to one thread.
class SameClaims {
 public:
  // `indexed` is as of the index's watermark, `latest` the same snapshot's head. Both must outlive
  // this.
  SameClaims(const Reading& indexed, const Reading& latest);

  // Adds to `requests` what is to be suggested of a claim: SAME_AS with claims whose wording is the
  // same (search/rank/near_same.h) and that are not of another nature, time, quantity or entity.
  //
  // Of claims that are the same among themselves it is the oldest; of a claim that `is_new`, older
  // ones alone: so a thousand copies make a thousand relations, and what comes out does not depend
  // on how many were indexed at a time. Where there is, or was, a relation between the two,
  // whichever and whosever, there is nothing to suggest.
  absl::Status Add(const keys::Name& claim, bool is_new,
                   std::vector<v1::CreateRelationRequest>* requests);

 private:
  struct Same {
    keys::Name name;
    bool is_same_text = false;
    int64_t create_micros = 0;
    v1::Claim claim;
  };
  enum class Between { kNothing, kSame, kOther };

  // Those that are alike, the claim itself first, the others oldest first; empty where there is no
  // such claim.
  absl::StatusOr<std::vector<Same>> Alike(const keys::Name& claim) const;
  // What relations between two claims say.
  absl::StatusOr<Between> BetweenThem(const keys::Name& a, const keys::Name& b);
  absl::Status LookUnder(const keys::Name& claim, const keys::Name& target, Between* between);
  // Whether it is the same as one that was chosen.
  absl::StatusOr<bool> IsAmong(const std::vector<const Same*>& chosen, const Same& one);

  const Reading& indexed_;
  const Reading& latest_;
  GatherBudget budget_;  // never used up
  IndexWalk walk_;
  std::set<std::string> suggested_;  // ids of relations that were added to requests
};

// The id of the relation between two claims, which names decide alone.
std::string SuggestionId(const keys::Name& a, const keys::Name& b);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_SAME_CLAIMS_H_
