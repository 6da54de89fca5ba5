// What a client is told of an error, before it is put into the words of a protocol.
#ifndef HEADWATER_REQUEST_DOOR_TOLD_ERROR_H_
#define HEADWATER_REQUEST_DOOR_TOLD_ERROR_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace headwater::request {

// How much room the protocol has.
struct ToldErrorLimits {
  size_t message_bytes;
  size_t status_bytes;  // of all of it, serialized
};

// The code, the message, as UTF-8 and cut to its limit, and every payload of `status`, which is not
// OK, whose key begins with "type.googleapis.com/" as a detail, as far as they fit (details.h).
//
// kv::WouldBlock() is for the server alone: here it is a fault, and becomes INTERNAL.
google::rpc::Status ToldError(const absl::Status& status, const ToldErrorLimits& limits);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_TOLD_ERROR_H_
