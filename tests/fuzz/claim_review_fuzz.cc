// Files of ClaimReviews: input is one.
#include "fuzz/reading.h"

namespace headwater::fuzz {

void Try(absl::string_view input) { ReadAll("claim-review", input); }

}  // namespace headwater::fuzz
