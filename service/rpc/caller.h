// Who calls, by the metadata of the call.
#ifndef HEADWATER_RPC_CALLER_H_
#define HEADWATER_RPC_CALLER_H_

#include <grpcpp/server_context.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/database.h"

namespace headwater::rpc {

// The metadata key under which a client says who is at work. Recorded as claimed.
inline constexpr char kActorKey[] = "headwater-actor";

// Its actor and its deadline; `cancelled` is left null. kInvalidArgument, with a BadRequest naming
// the key, where the actor is longer than 200 bytes, holds anything but printable ASCII, or is
// given more than once.
absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context);

// Whether `actor` may stand in the log: kInvalidArgument where it is too long or not printable.
absl::Status CheckActor(absl::string_view actor);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_CALLER_H_
