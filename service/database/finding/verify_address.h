// Verify of an address.
#ifndef HEADWATER_DATABASE_FINDING_VERIFY_ADDRESS_H_
#define HEADWATER_DATABASE_FINDING_VERIFY_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "database/finding/index_point.h"
#include "headwater/v1/verification.pb.h"

namespace headwater::database {

// The document at that address, or whose archived copy it is; the claims that it tells, and whoever
// cites that elsewhere. Only its document is set, where there is one.
absl::StatusOr<v1::VerifyResponse> VerifyAddress(const IndexPoint& point, const std::string& uri);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_VERIFY_ADDRESS_H_
