// Page tokens: where the next page begins, and of what.
#ifndef HEADWATER_DATABASE_PAGE_TOKEN_H_
#define HEADWATER_DATABASE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace headwater::database {

struct PageToken {
  uint64_t sequence = 0;  // the state that all pages of the listing show
  std::string position;   // the first key that has not been looked at
};

// Opaque to clients (base64url). Bound to the request: page_size and page_token apart, the next
// request must be the same.
std::string EncodePageToken(const PageToken& token, const google::protobuf::Message& request);

// kInvalidArgument naming `page_token` where it is not one that this request's listing gave out.
absl::StatusOr<PageToken> DecodePageToken(absl::string_view text,
                                          const google::protobuf::Message& request);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_PAGE_TOKEN_H_
