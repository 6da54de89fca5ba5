// From absl::Status to what a client of the Connect protocol gets. Nothing else in the gateway
// makes an error of one.
#ifndef HEADWATER_GATEWAY_CONNECT_ERROR_H_
#define HEADWATER_GATEWAY_CONNECT_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/http.h"

namespace headwater::gateway {

// "not_found"; "ok" for kOk, which the protocol has no word for.
absl::string_view CodeName(absl::StatusCode code);
// The HTTP status that the protocol gives the code.
int HttpStatusOf(absl::StatusCode code);

// The protocol's Error of `status`, which is not OK: code, message, and details with their JSON
// under "debug". Bounded to some 100 KiB. One line of UTF-8.
std::string ErrorJson(const absl::Status& status);

// The same as the last message of a stream; "{}" where `status` is OK.
std::string EndStreamJson(const absl::Status& status);

// A failed stream without a message, for a client that speaks JSON or binary.
Response StreamErrorResponse(const absl::Status& status, bool json);

// A unary call's failure as a response. `http_status` instead of the code's own, where HTTP has a
// more exact one; 0 for none.
Response ErrorResponse(const absl::Status& status, int http_status = 0);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_CONNECT_ERROR_H_
