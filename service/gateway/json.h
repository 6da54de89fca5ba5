// Between messages in wire format and proto3 JSON.
#ifndef HEADWATER_GATEWAY_JSON_H_
#define HEADWATER_GATEWAY_JSON_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace headwater::gateway {

// The JSON of a message of type `type` of the generated protos, in one line; 64-bit numbers are
// strings, as proto3 JSON has them. kInternal where the bytes are none.
absl::StatusOr<std::string> JsonOf(const google::protobuf::Descriptor& type,
                                   absl::string_view bytes);

// The message, in wire format, that `json` is one of type `type`. Fields may be named in either
// way, "publishedUntil" or "published_until". kInvalidArgument, with a BadRequest that names the
// field where one is to blame, for what is no JSON, a field that the type has not, a value that the
// field cannot have, and for no text at all.
absl::StatusOr<std::string> WireOf(const google::protobuf::Descriptor& type,
                                   absl::string_view json);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_JSON_H_
