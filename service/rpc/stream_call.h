// Calls that are answered by a stream.
#ifndef HEADWATER_RPC_STREAM_CALL_H_
#define HEADWATER_RPC_STREAM_CALL_H_

#include <grpcpp/impl/rpc_service_method.h>

#include <memory>

#include "request/methods.h"
#include "rpc/call.h"

namespace headwater::rpc {

// What gRPC calls for each call of `method`, whose `stream` is set. Both must outlive the server.
// It reads one request, and writes each message once the one before has been taken. Of its own it
// ends a call with
//   INVALID_ARGUMENT    a request of more than kLargeRequestBytes
//   RESOURCE_EXHAUSTED  as many streams as may be open are, or the pool takes no more
//   UNAVAILABLE         the server is shutting down
std::unique_ptr<grpc::internal::MethodHandler> MakeStreamHandler(const request::Method& method,
                                                                 const Surroundings& surroundings);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_STREAM_CALL_H_
