// What a refused call says beyond its code and message.
//
// The server sends google.rpc details (AIP-193) with its errors. The client keeps them in the
// absl::Status as one payload, a serialized google.rpc.Status under kDetailsPayload, from which the
// functions below read. All of them take any status, also one that is OK or has no details, and
// return nothing then. They are safe to call from any thread.
#ifndef HEADWATER_ERRORS_H_
#define HEADWATER_ERRORS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace headwater {

// The payload's type URL.
inline constexpr absl::string_view kDetailsPayload = "type.googleapis.com/google.rpc.Status";

// One field of the request that is wrong.
struct FieldViolation {
  std::string field;        // its path from the request: "claim.translations[2].language"
  std::string description;  // what is wrong and what would be right
};

// One resource that the error is about.
struct ResourceError {
  std::string type;         // "headwater.v1.Claim"
  std::string name;         // "claims/x"
  std::string description;  // what is the matter with it
};

// One condition that did not hold.
struct PreconditionViolation {
  std::string type;         // "REFERRED_TO"
  std::string subject;      // whose: "claims/x"
  std::string description;  // what is the matter
};

// The fields that are wrong, in the server's order.
std::vector<FieldViolation> FieldViolations(const absl::Status& status);

// The resources that the error is about, in the server's order.
std::vector<ResourceError> ResourceErrors(const absl::Status& status);

// The name of the first of them; empty if there is none.
std::string ResourceName(const absl::Status& status);

// The conditions that did not hold, in the server's order.
std::vector<PreconditionViolation> PreconditionViolations(const absl::Status& status);

// Why, as a constant for programs ("ETAG_STALE"); empty where the server gives none.
std::string ErrorReason(const absl::Status& status);

// More about the reason: pairs of key and value, by key.
std::vector<std::pair<std::string, std::string>> ErrorMetadata(const absl::Status& status);

// How long the server asks to wait before another try.
std::optional<absl::Duration> RetryDelay(const absl::Status& status);

}  // namespace headwater

#endif  // HEADWATER_ERRORS_H_
