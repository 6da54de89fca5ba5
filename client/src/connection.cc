#include "headwater/connection.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/descriptor.pb.h"
#include "grpcpp/support/byte_buffer.h"
#include "headwater/v1/provenance_service.pb.h"
#include "request_id.h"
#include "retry_loop.h"
#include "stub.h"

namespace headwater {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;

constexpr size_t kMaxActorBytes = 200;

// The field that names the request; null for methods that take none.
const FieldDescriptor* RequestIdField(const Descriptor& request) {
  const FieldDescriptor* field = request.FindFieldByName("request_id");
  const bool is_one = field != nullptr && !field->is_repeated() &&
                      field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return is_one ? field : nullptr;
}

// The request's bytes, named if it has to be. Bytes of two messages one after the other are the
// bytes of both merged, so that a large request need not be copied for one field.
absl::StatusOr<grpc::ByteBuffer> Serialize(const Message& request, const FieldDescriptor* id) {
  std::string bytes;
  if (!request.AppendToString(&bytes)) {
    return absl::InvalidArgumentError("the request is larger than 2 GiB");
  }
  if (id != nullptr && request.GetReflection()->GetString(request, id).empty()) {
    const std::unique_ptr<Message> name(request.New());
    name->GetReflection()->SetString(name.get(), id, internal::NewRequestId());
    name->AppendToString(&bytes);
  }
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

absl::Status CheckActor(const std::string& actor) {
  // What else text must be is the server's to say.
  const bool fits = actor.size() <= kMaxActorBytes &&
                    std::none_of(actor.begin(), actor.end(),
                                 [](unsigned char c) { return absl::ascii_iscntrl(c); });
  if (fits) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the actor must be one line of at most ",
                                                 kMaxActorBytes,
                                                 " bytes, without control characters"));
}

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

}  // namespace

const MethodDescriptor* MethodFor(const Descriptor& request) {
  // Searches have files of their own beside that of their service.
  for (const FileDescriptor* file : {request.file(), v1::TraceClaimRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const MethodDescriptor* method = file->service(s)->method(m);
        if (method->input_type() == &request) return method;
      }
    }
  }
  return nullptr;
}

struct Connection::State {
  explicit State(ClientOptions given) : options(std::move(given)), stub(options) {}

  const ClientOptions options;
  internal::Stub stub;
};

Connection::Connection(ClientOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}
Connection::~Connection() = default;

const ClientOptions& Connection::options() const { return state_->options; }

absl::Status Connection::Connect(absl::Duration patience) {
  return state_->stub.Connect(absl::Now() + patience);
}

absl::Status Connection::Call(const Message& request, Message* response,
                              const CallOptions& options) {
  response->Clear();
  const Descriptor& type = *request.GetDescriptor();
  const MethodDescriptor* method = MethodFor(type);
  if (method == nullptr || method->output_type() != response->GetDescriptor()) {
    return absl::InvalidArgumentError(absl::StrCat("no method takes a ", type.full_name(),
                                                   " and returns a ",
                                                   response->GetDescriptor()->full_name()));
  }
  const std::string& actor = options.actor ? *options.actor : state_->options.actor;
  if (absl::Status status = CheckActor(actor); !status.ok()) return status;
  const FieldDescriptor* id = RequestIdField(type);
  absl::StatusOr<grpc::ByteBuffer> bytes = Serialize(request, id);
  if (!bytes.ok()) return bytes.status();

  const std::string path = PathOf(*method);
  const bool repeatable =
      id != nullptr || method->options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS;
  const absl::Time deadline = absl::Now() + options.timeout.value_or(state_->options.timeout);
  absl::Status status = internal::RetryLoop(
      state_->options.retry, deadline, repeatable, internal::RealPacer(),
      [&] { return state_->stub.Call(path, *bytes, response, deadline, actor); });
  if (!status.ok()) response->Clear();
  return status;
}

absl::StatusOr<std::unique_ptr<internal::Stream>> Connection::Open(const Descriptor& request,
                                                                   const CallOptions& options) {
  const MethodDescriptor* method = MethodFor(request);
  if (method == nullptr || !method->server_streaming()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no streamed method takes a ", request.full_name()));
  }
  const std::string& actor = options.actor ? *options.actor : state_->options.actor;
  if (absl::Status status = CheckActor(actor); !status.ok()) return status;
  return state_->stub.Open(PathOf(*method), actor);
}

}  // namespace headwater
