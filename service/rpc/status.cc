#include "rpc/status.h"

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "base/text.h"
#include "google/rpc/status.pb.h"
#include "kv/engine.h"
#include "rpc/details.h"

namespace headwater::rpc {
namespace {

// The message travels twice: in "grpc-message", where a byte that is not ASCII takes three, and
// inside the details, which some peers count in base64, a third longer. Together at worst
// 3 x 1,024 + (3,072 x 4 / 3) + the names stay under the 8 KiB that a client takes.
constexpr size_t kMaxMessageBytes = 1024;
constexpr size_t kMaxStatusBytes = 3072;

// `message` as gRPC can carry it: UTF-8, and bounded.
std::string Bounded(absl::string_view message) {
  std::string text = IsValidUtf8(message) ? std::string(message) : absl::CHexEscape(message);
  constexpr absl::string_view kMark = " …";
  if (text.size() <= kMaxMessageBytes) return text;
  size_t end = kMaxMessageBytes - kMark.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  text.append(kMark.data(), kMark.size());
  return text;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  if (kv::IsWouldBlock(status)) {
    return grpc::Status(grpc::StatusCode::INTERNAL,
                        "a read that had to wait was not let wait; this is a fault of the server");
  }
  // absl's codes are gRPC's, by number; code() maps any other number to kUnknown.
  const auto code = static_cast<grpc::StatusCode>(status.code());
  std::string message = Bounded(status.message());
  google::rpc::Status carrier;
  carrier.set_code(code);
  carrier.set_message(message);
  AddDetails(status, kMaxStatusBytes, &carrier);
  if (carrier.details().empty()) return grpc::Status(code, std::move(message));
  return grpc::Status(code, std::move(message), carrier.SerializeAsString());
}

}  // namespace headwater::rpc
