// What people type for a state of the database.
#ifndef HEADWATER_CLI_READ_POINT_H_
#define HEADWATER_CLI_READ_POINT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "headwater/v1/common.pb.h"

namespace headwater::cli {

// The value of --as-of: digits alone are a sequence, anything else is a time of RFC 3339
// ("2025-08-06T12:00:00Z", "2025-08-06T19:00:00+07:00"); nothing is the latest state. A usage error
// for what is neither.
absl::StatusOr<v1::ReadOptions> ParseReadPoint(absl::string_view text);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_READ_POINT_H_
