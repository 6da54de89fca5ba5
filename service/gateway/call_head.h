// What the head of a request says of a call of the Connect protocol.
#ifndef HEADWATER_GATEWAY_CALL_HEAD_H_
#define HEADWATER_GATEWAY_CALL_HEAD_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/http.h"
#include "request/methods.h"

namespace headwater::gateway {

struct CallHead {
  const request::Method* method = nullptr;
  bool json = false;          // else binary, both ways
  bool packed = false;        // the request, or its messages where they say so, are gzip
  bool takes_packed = false;  // the answer may be
  absl::Time deadline = absl::InfiniteFuture();
  std::string actor;
  // The message of a GET, out of its query.
  std::optional<std::string> message;
};

// Reads the head of a call of `method`, whose `read`, `write` or `stream` is set; `now` is when it
// came. Null, or the answer that the request gets instead:
//   405  neither POST nor, for what has no side effects and answers once, GET
//   415  a Content-Type that the method does not take, or another encoding than json and proto
//   and errors of the protocol: another version of it, a timeout that is none, an actor that may
//   not stand in the log (invalid_argument), a compression other than gzip (unimplemented).
std::optional<Response> ReadCallHead(const RequestHead& request, const request::Method& method,
                                     absl::Time now, CallHead* head);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_CALL_HEAD_H_
