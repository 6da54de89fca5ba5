#include "gateway/envelope.h"

#include "request/door/errors.h"

namespace headwater::gateway {

std::string Enveloped(absl::string_view message, unsigned char flags) {
  std::string bytes;
  bytes.reserve(kEnvelopeBytes + message.size());
  bytes.push_back(static_cast<char>(flags));
  for (const int shift : {24, 16, 8, 0}) {
    bytes.push_back(static_cast<char>(message.size() >> shift & 0xFF));
  }
  bytes.append(message.data(), message.size());
  return bytes;
}

absl::StatusOr<Envelope> ReadOnlyEnvelope(absl::string_view body) {
  if (body.empty()) return request::NoRequest();
  if (body.size() < kEnvelopeBytes) {
    return absl::InvalidArgumentError("the request's frame is cut short in its head");
  }
  const auto flags = static_cast<unsigned char>(body[0]);
  if ((flags & ~kPacked) != 0) {
    return absl::InvalidArgumentError("the request's frame has flags that a request may not have");
  }
  size_t length = 0;
  for (size_t at = 1; at < kEnvelopeBytes; ++at) {
    length = length << 8 | static_cast<unsigned char>(body[at]);
  }
  body.remove_prefix(kEnvelopeBytes);
  if (length > body.size()) {
    return absl::InvalidArgumentError("the request's frame is cut short");
  }
  if (length < body.size()) {
    return absl::InvalidArgumentError("the call takes one message, and more came");
  }
  return Envelope{(flags & kPacked) != 0, body};
}

}  // namespace headwater::gateway
