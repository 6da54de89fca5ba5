// gRPC's status as Abseil's.
#ifndef HEADWATER_CLIENT_STATUS_FROM_GRPC_H_
#define HEADWATER_CLIENT_STATUS_FROM_GRPC_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace headwater::internal {

// Keeps code, message and, where they are a google.rpc.Status, the details (errors.h).
absl::Status StatusFromGrpc(const grpc::Status& status);

}  // namespace headwater::internal

#endif  // HEADWATER_CLIENT_STATUS_FROM_GRPC_H_
