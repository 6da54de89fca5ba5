// Claims near a vector that a request brings.
#ifndef HEADWATER_DATABASE_FINDING_NEAR_CLAIMS_H_
#define HEADWATER_DATABASE_FINDING_NEAR_CLAIMS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "database/finding/finding.h"
#include "database/finding/index_point.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/embedding.pb.h"
#include "search/vectors/vector_index.h"

namespace headwater::database {

// The most claims that join the order of a search, and the candidates of a statement.
inline constexpr size_t kNearClaims = 200;
inline constexpr size_t kNearCandidates = 50;

// kInvalidArgument, naming what is wrong in the vector at `field`.
absl::Status CheckVector(const v1::Embedding& embedding, const std::string& field);

// In the point's snapshot. Empty where no index is kept. Requires a vector that CheckVector took.
absl::StatusOr<search::Neighbourhood> NearClaims(const Finding& finding, const IndexPoint& point,
                                                 const v1::Embedding& embedding, size_t most);

// What tells one vector's neighbourhood from another's.
std::string NeighbourhoodKey(const v1::Embedding& embedding);

// Whether a cosine lies so far above those with vectors at random that it can hardly be chance: by
// kStandsOut deviations. What a cosine of a model means nobody tells the server, but how its
// cosines lie it can see. False of what was sampled too little to say.
inline constexpr double kStandsOut = 5;
inline constexpr size_t kLeastSample = 30;
bool StandsOut(double cosine, const search::Neighbourhood& among);

// The cosine with the claim's vector of the same model and dimensions; nullopt where it has none.
std::optional<double> SimilarityOf(const v1::Claim& claim, const v1::Embedding& embedding);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_NEAR_CLAIMS_H_
