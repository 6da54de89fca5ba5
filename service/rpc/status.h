// From absl::Status to what a gRPC client gets. Nothing else in the server makes a grpc::Status of
// an error.
#ifndef HEADWATER_RPC_STATUS_H_
#define HEADWATER_RPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace headwater::rpc {

// The same code and message, and every payload whose key begins with "type.googleapis.com/" as a
// detail of a serialized google.rpc.Status (request/door/details.h says how keys are read).
//
// A client refuses trailing metadata of more than 8 KiB and then sees neither code nor message. So
// there are bounds, spent where they tell most: the message is cut at some 1,000 bytes; the details
// that are no lists go in first; of a BadRequest or a PreconditionFailure too long for what is left
// the first violations stay; and only a detail of which nothing fits is left out.
//
// kv::WouldBlock() is for the server alone: here it is a fault, and becomes INTERNAL.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_STATUS_H_
