#include "request/door/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"

namespace headwater::request {
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

absl::Status Busy(const char* reason, absl::string_view what, int retry_nanos) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_nanos(retry_nanos);
  absl::Status status = absl::ResourceExhaustedError(what);
  Attach(Reason(reason), &status);
  Attach(retry, &status);
  return status;
}

}  // namespace

absl::Status PoolFull() {
  return Busy("SERVER_BUSY",
              "too many calls are waiting for a thread; nothing was done, try again a little later",
              100'000'000);
}

absl::Status TooMuchArriving() {
  return Busy("REQUEST_MEMORY",
              "too many large or slow requests are arriving; nothing was done, try again a little "
              "later, or send less at a time",
              500'000'000);
}

absl::Status TooMuchInWork() {
  return Busy("REQUEST_MEMORY",
              "the requests being worked on take all the memory they may; nothing was done, try "
              "again a little later, or send less at a time",
              500'000'000);
}

absl::Status TooMuchUnread() {
  return Busy("REQUEST_MEMORY",
              "the answers that wait for their readers take all the memory they may; nothing was "
              "changed, try again a little later, or ask for less at a time",
              500'000'000);
}

absl::Status TooManyStreams() {
  return Busy("TOO_MANY_STREAMS",
              "as many streams are open as may be; nothing was done, try again a little later",
              500'000'000);
}

absl::Status RequestTooLarge(size_t most) {
  return absl::InvalidArgumentError(
      absl::StrCat("the request has more than ", most, " bytes; no such request needs as many"));
}

absl::Status NoRequest() {
  return absl::InvalidArgumentError("the call came without a request message");
}

absl::Status ShuttingDown() {
  absl::Status status = absl::UnavailableError("the server is shutting down; nothing was done");
  Attach(Reason("SHUTTING_DOWN"), &status);
  return status;
}

}  // namespace headwater::request
