// Who calls, by the metadata of the call.
#ifndef HEADWATER_RPC_CALLER_H_
#define HEADWATER_RPC_CALLER_H_

#include <grpcpp/server_context.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/database.h"

namespace headwater::rpc {

// The metadata keys under which a client says who is at work. Recorded as claimed. gRPC's text
// metadata holds printable ASCII alone; keys that end in "-bin" hold any bytes.
inline constexpr char kActorKey[] = "headwater-actor";
inline constexpr char kActorBinKey[] = "headwater-actor-bin";

// Its actor and its deadline; `cancelled` is left null. kInvalidArgument, with a BadRequest naming
// the key, where CheckActor refuses an actor, a key is given more than once, or the two name
// different actors.
absl::StatusOr<database::Caller> CallerOf(const grpc::CallbackServerContext& context);

// Whether `actor`, given under `key`, may stand in the log: kInvalidArgument where it is longer
// than 200 bytes, or not printable ASCII (kActorKey), or not one line of UTF-8 in NFC as names are
// (kActorBinKey).
absl::Status CheckActor(absl::string_view key, absl::string_view actor);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_CALLER_H_
