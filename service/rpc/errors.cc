#include "rpc/errors.h"

#include "absl/strings/cord.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::rpc {
namespace {

void Attach(const google::protobuf::Message& detail, absl::Status* status) {
  status->SetPayload("type.googleapis.com/" + detail.GetDescriptor()->full_name(),
                     absl::Cord(detail.SerializeAsString()));
}

google::rpc::ErrorInfo Reason(const char* reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("headwater");
  return info;
}

}  // namespace

absl::Status PoolFull() {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(100'000'000);
  absl::Status status = absl::ResourceExhaustedError(
      "too many reads are waiting for the disk; nothing was done, try again a little later");
  Attach(Reason("SERVER_BUSY"), &status);
  Attach(retry, &status);
  return status;
}

absl::Status ShuttingDown() {
  absl::Status status = absl::UnavailableError("the server is shutting down; nothing was done");
  Attach(Reason("SHUTTING_DOWN"), &status);
  return status;
}

}  // namespace headwater::rpc
