// Who calls, by the metadata of the call.
#ifndef HEADWATER_RPC_CALLER_H_
#define HEADWATER_RPC_CALLER_H_

#include <grpcpp/server_context.h>

#include "absl/status/statusor.h"
#include "database/database.h"

namespace headwater::rpc {

// Its actor and its deadline; `cancelled` is left null. Errors as request::ActorOf.
absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_CALLER_H_
