// Which claims say the same as one, which contradict it, and which say more or less, by confirmed
// relations.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_CLAIMS_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_CLAIMS_H_

#include <optional>
#include <string>
#include <vector>

#include "database/questions/index_walk.h"
#include "headwater/v1/claim.pb.h"

namespace headwater::database {

struct RelatedClaim {
  std::string id;
  std::string text;
  std::string language;
};

// Each list is in the order of ids, but for what is said of `same`.
struct RelatedClaims {
  v1::ClaimNature nature = v1::CLAIM_NATURE_UNSPECIFIED;  // of the one asked about
  std::optional<v1::Credibility> credibility;             // likewise
  std::vector<RelatedClaim> same;                         // that one first
  std::vector<RelatedClaim> contradicting;
  std::vector<RelatedClaim> wider;     // those that one of `same` narrows
  std::vector<RelatedClaim> narrower;  // those that narrow one of `same`
};

// What is gathered beside the claims that say the same.
enum class Beside { kNothing, kAll };

// Follows live, confirmed SAME_AS relations between live claims in both directions, from one to the
// next; then whom one of those contradicts or is contradicted by, and whom one of them narrows or
// is narrowed by, but for those that say the same. NOT_FOUND where there is no such claim at the
// read point, or it is deleted.
absl::StatusOr<RelatedClaims> GatherClaims(const Reading& reading, const keys::Name& claim,
                                           Beside beside, IndexWalk* walk, GatherBudget* budget);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_CLAIMS_H_
