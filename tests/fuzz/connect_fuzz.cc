// What the Connect protocol's calls are made of: the first byte says which part the rest is taken
// for.
#include <string>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "gateway/compression.h"
#include "gateway/connect_error.h"
#include "gateway/envelope.h"
#include "gateway/json.h"
#include "gateway/query.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::fuzz {
namespace {

void TryEnvelope(absl::string_view bytes) {
  const auto envelope = gateway::ReadOnlyEnvelope(bytes);
  if (!envelope.ok()) return;
  HW_HOLDS(gateway::Enveloped(envelope->message, envelope->packed ? gateway::kPacked : 0) == bytes);
}

void TryUnpack(absl::string_view bytes) {
  const auto size = gateway::UnpackedSize(bytes);
  if (!size.ok() || *size > size_t{1} << 20) return;  // a server asks for the size first too
  const auto unpacked = gateway::Unpack(bytes);
  if (!unpacked.ok()) return;
  HW_HOLDS(unpacked->size() == *size);
  HW_HOLDS(gateway::Unpack(gateway::Pack(*unpacked)).value() == *unpacked);
}

void TryJson(absl::string_view bytes) {
  const auto& type = *v1::CreateClaimRequest::descriptor();
  const auto wire = gateway::WireOf(type, bytes);
  if (!wire.ok()) {
    HW_HOLDS(wire.status().code() == absl::StatusCode::kInvalidArgument);
    HW_HOLDS(IsValidUtf8(gateway::ErrorJson(wire.status())));
    return;
  }
  v1::CreateClaimRequest request;
  if (!request.ParseFromString(*wire)) return;  // JSON lets strings pass that are no UTF-8
  // Told in JSON and read again it is the same.
  const auto json = gateway::JsonOf(type, *wire);
  if (!json.ok()) return;  // times out of range
  v1::CreateClaimRequest again;
  const auto rewritten = gateway::WireOf(type, *json);
  HW_HOLDS(rewritten.ok() && again.ParseFromString(*rewritten));
  HW_HOLDS(again.SerializeAsString() == request.SerializeAsString());
}

void TryQuery(absl::string_view bytes) {
  const auto query = gateway::ParseGetQuery(bytes);
  if (!query.ok()) HW_HOLDS(query.status().code() == absl::StatusCode::kInvalidArgument);
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const absl::string_view rest = input.substr(1);
  switch (input[0]) {
    case 'e':
      return TryEnvelope(rest);
    case 'g':
      return TryUnpack(rest);
    case 'q':
      return TryQuery(rest);
    default:
      return TryJson(rest);
  }
}

}  // namespace headwater::fuzz
