// Who is at work, as a client says in the metadata of its call.
#ifndef HEADWATER_REQUEST_DOOR_ACTOR_H_
#define HEADWATER_REQUEST_DOOR_ACTOR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::request {

// The metadata keys, headers in HTTP, under which it stands. Recorded as claimed. Text metadata
// holds printable ASCII alone; keys that end in "-bin" hold any bytes.
inline constexpr char kActorKey[] = "headwater-actor";
inline constexpr char kActorBinKey[] = "headwater-actor-bin";

// The actor, empty where none is said. `text` and `binary` are the values given under each key,
// those of kActorBinKey already out of their base64. kInvalidArgument, with a BadRequest naming the
// key, where CheckActor refuses an actor, a key is given more than once, or the two name different
// actors.
absl::StatusOr<std::string> ActorOf(const std::vector<absl::string_view>& text,
                                    const std::vector<absl::string_view>& binary);

// Whether `actor`, given under `key`, may stand in the log: kInvalidArgument where it is longer
// than 200 bytes, or not printable ASCII (kActorKey), or not one line of UTF-8 in NFC as names are
// (kActorBinKey).
absl::Status CheckActor(absl::string_view key, absl::string_view actor);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_ACTOR_H_
