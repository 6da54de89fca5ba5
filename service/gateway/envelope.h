// The frames of a streaming call: a byte of flags, four of length, the message.
#ifndef HEADWATER_GATEWAY_ENVELOPE_H_
#define HEADWATER_GATEWAY_ENVELOPE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::gateway {

inline constexpr size_t kEnvelopeBytes = 5;

enum EnvelopeFlag : unsigned char {
  kPacked = 1,     // the message is compressed
  kEndStream = 2,  // it is the last one, with how the call ended
};

// `message` in its frame. It has less than 4 GiB.
std::string Enveloped(absl::string_view message, unsigned char flags);

struct Envelope {
  bool packed = false;
  absl::string_view message;
};

// The one message of a request that is all there. kInvalidArgument where the body is no single
// whole frame, or has flags that a request may not; NoRequest() where it is empty.
absl::StatusOr<Envelope> ReadOnlyEnvelope(absl::string_view body);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_ENVELOPE_H_
