// schema.org's ClaimReview as fact-checkers really publish it (JSON-LD).
#ifndef HEADWATER_EXCHANGE_FACT_CHECKS_CLAIM_REVIEW_H_
#define HEADWATER_EXCHANGE_FACT_CHECKS_CLAIM_REVIEW_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "exchange/fact_checks/reviewed_claim.h"
#include "exchange/input.h"
#include "exchange/json_text.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// All ClaimReviews in a value, wherever they are in it: alone, in arrays, in "@graph", in a
// DataFeed, or within an object in which somebody keeps them, also as text. Objects count whose
// @type names ClaimReview or that have claimReviewed. Nodes that refer to others by @id are looked
// up. `record` is left empty.
//
// INVALID_ARGUMENT for more than 10,000, and where together they say more than 64 MiB.
absl::StatusOr<std::vector<ReviewedClaim>> ClaimReviewsIn(const Json& value,
                                                          absl::string_view default_language);

// Reads ClaimReviews: lines, one value, or an array of them. A row may hold several. Rejected is
// what is not JSON, has no ClaimReview in it ("no ClaimReview"), too many ("too many"), or one that
// does not say what it reviews ("claimReviewed is missing"). The row's text is kept beside its
// reviews, of many beside the first ones, up to kMaxRow bytes in all.
std::unique_ptr<Reader> NewClaimReviewReader(std::unique_ptr<Input> input, std::string language);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FACT_CHECKS_CLAIM_REVIEW_H_
