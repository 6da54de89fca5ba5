#include "status_from_grpc.h"

#include <string>

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"
#include "headwater/errors.h"

namespace headwater::internal {

absl::Status StatusFromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  const std::string details = status.error_details();
  google::rpc::Status parsed;
  if (!details.empty() && parsed.ParseFromString(details)) {
    result.SetPayload(kDetailsPayload, absl::Cord(details));
  }
  return result;
}

}  // namespace headwater::internal
