// Calls in which messages go both ways.
#ifndef HEADWATER_RPC_DIALOGUE_CALL_H_
#define HEADWATER_RPC_DIALOGUE_CALL_H_

#include <grpcpp/impl/rpc_service_method.h>

#include <memory>

#include "request/methods.h"
#include "rpc/call.h"

namespace headwater::rpc {

// What gRPC calls for each call of `method`, whose `dialogue` is set. Both must outlive the server.
// Once the first message is answered it asks up to three at a time, in their order, and takes no
// other off the wire.
// Of its own it ends a call with
//   RESOURCE_EXHAUSTED  as many streams as may be open are, the memory has no room, or the pool
//   UNAVAILABLE         the server is shutting down
std::unique_ptr<grpc::internal::MethodHandler> MakeDialogueHandler(
    const request::Method& method, const Surroundings& surroundings);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_DIALOGUE_CALL_H_
