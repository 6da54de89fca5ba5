// Verify and SearchClaims: what is found in the search index, shown as of the index's watermark.
//
// All of it may wait and takes milliseconds: never on gRPC's own threads.
#ifndef HEADWATER_DATABASE_FINDING_FINDING_H_
#define HEADWATER_DATABASE_FINDING_FINDING_H_

#include "database/database.h"
#include "database/standings/follower.h"
#include "database/view.h"
#include "headwater/v1/search.pb.h"
#include "headwater/v1/verification.pb.h"
#include "search/vectors/vector_index.h"

namespace headwater::database {

class IndexFollower;
class KeptStates;

// What searches are answered with; not owned.
struct Finding {
  Views* views = nullptr;
  IndexFollower* follower = nullptr;  // null where no index is kept
  Follower* standings = nullptr;      // null where standings are not kept
  KeptStates* states = nullptr;
  search::VectorIndex* vectors = nullptr;  // null where no index is kept
};

// Errors: kInvalidArgument, naming fields; kUnavailable (SEARCH_BEHIND, STANDINGS_BEHIND); kAborted
// (PAGE_TOKEN_EXPIRED); those of the engine.
Reply Verify(const Finding& finding, const v1::VerifyRequest& request);
Reply SearchClaims(const Finding& finding, const v1::SearchClaimsRequest& request);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_FINDING_H_
