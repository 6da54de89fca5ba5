// Which claims say the same as one, and which contradict it, by confirmed relations.
#ifndef HEADWATER_DATABASE_GATHER_CLAIMS_H_
#define HEADWATER_DATABASE_GATHER_CLAIMS_H_

#include <string>
#include <vector>

#include "database/index_walk.h"
#include "headwater/v1/claim.pb.h"

namespace headwater::database {

struct RelatedClaims {
  v1::Claim claim;                       // the one asked about
  std::vector<std::string> same;         // ids; that one's first, the others in their order
  std::vector<v1::Claim> contradicting;  // in the order of their ids
};

// Follows live, confirmed SAME_AS relations between live claims in both directions, from one to the
// next; then whom one of those contradicts or is contradicted by. NOT_FOUND where there is no such
// claim at the read point, or it is deleted.
absl::StatusOr<RelatedClaims> GatherClaims(const Reading& reading, const keys::Name& claim,
                                           IndexWalk* walk, GatherBudget* budget);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_GATHER_CLAIMS_H_
