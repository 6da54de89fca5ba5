#include "rpc/errors.h"

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::rpc {

absl::Status PoolFull() {
  google::rpc::ErrorInfo info;
  info.set_reason("SERVER_BUSY");
  info.set_domain("headwater");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(100'000'000);
  absl::Status status = absl::ResourceExhaustedError(
      "too many reads are waiting for the disk; nothing was done, try again a little later");
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo",
                    absl::Cord(info.SerializeAsString()));
  status.SetPayload("type.googleapis.com/google.rpc.RetryInfo",
                    absl::Cord(retry.SerializeAsString()));
  return status;
}

}  // namespace headwater::rpc
