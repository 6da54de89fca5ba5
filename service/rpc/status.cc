#include "rpc/status.h"

#include <cstddef>

#include "google/rpc/status.pb.h"
#include "request/door/told_error.h"

namespace headwater::rpc {
namespace {

// The message travels twice: in "grpc-message", where a byte that is not ASCII takes three, and
// inside the details, which some peers count in base64, a third longer. Together at worst
// 3 x 1,024 + (3,072 x 4 / 3) + the names stay under the 8 KiB that a client takes.
constexpr request::ToldErrorLimits kLimits = {.message_bytes = 1024, .status_bytes = 3072};

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status told = request::ToldError(status, kLimits);
  // absl's codes are gRPC's, by number.
  const auto code = static_cast<grpc::StatusCode>(told.code());
  if (told.details().empty()) return grpc::Status(code, told.message());
  return grpc::Status(code, told.message(), told.SerializeAsString());
}

}  // namespace headwater::rpc
