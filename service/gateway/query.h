// The query of a GET of the Connect protocol.
#ifndef HEADWATER_GATEWAY_QUERY_H_
#define HEADWATER_GATEWAY_QUERY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::gateway {

struct GetQuery {
  std::string encoding;     // "json"; empty where none is said
  std::string compression;  // "gzip"; empty where none is said
  std::string message;      // out of its percent signs, and out of base64 where it says so
};

// Reads "connect=v1&encoding=json&message=…&base64=1&compression=gzip", in any order; what else
// stands there is passed over, and of what is there twice the first counts. kInvalidArgument where
// there is no message, another version, a broken percent sign, or what says to be base64 (of either
// alphabet, padded or not) is none.
absl::StatusOr<GetQuery> ParseGetQuery(absl::string_view query);

// Undoes percent signs; "+" stands for a space where `plus_is_space`. False where one is broken.
bool PercentDecode(absl::string_view text, bool plus_is_space, std::string* decoded);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_QUERY_H_
