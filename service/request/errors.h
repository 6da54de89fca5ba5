// The errors of requests that cannot be read at all, with their google.rpc details.
#ifndef HEADWATER_REQUEST_ERRORS_H_
#define HEADWATER_REQUEST_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace headwater::request {

// kInvalidArgument with a BadRequest of one violation. `field` is a path from the request,
// "claim.translations[2].text", or empty for the request as a whole; `what` is what is wrong with
// it, a predicate: "is not UTF-8".
absl::Status InvalidField(absl::string_view field, absl::string_view what);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_ERRORS_H_
