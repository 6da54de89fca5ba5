#include "rpc/testing.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <thread>
#include <utility>

#include "base/status_macros.h"
#include "request/message_shape.h"
#include "request/parse.h"
#include "rpc/bytes.h"

namespace headwater::rpc::testing {
namespace {

const google::protobuf::MethodDescriptor* Find(const std::string& name) {
  return v1::GetClaimRequest::descriptor()->file()->service(0)->FindMethodByName(name);
}

v1::GetClaimRequest GetRequest(const std::string& name) {
  v1::GetClaimRequest request;
  request.set_name(name);
  return request;
}

v1::CreateClaimRequest CreateRequest(const std::string& id) {
  v1::CreateClaimRequest request;
  request.set_claim_id(id);
  return request;
}

}  // namespace

request::Method ReadMethod(const std::string& name,
                           std::function<database::Reply(absl::string_view, kv::Patience)> read) {
  return {.descriptor = Find(name), .read = std::move(read)};
}

request::Method WriteMethod(
    const std::string& name,
    std::function<void(absl::string_view, const database::Caller&, database::Done)> write) {
  return {.descriptor = Find(name), .write = std::move(write)};
}

request::Method EchoingGetClaim() {
  return ReadMethod("GetClaim", [](absl::string_view bytes, kv::Patience) -> database::Reply {
    v1::GetClaimRequest request;
    HW_RETURN_IF_ERROR(request::Parse(
        bytes, request::MessageShape::Of(v1::GetClaimRequest::descriptor()), &request));
    return ClaimBytes(request.name());
  });
}

std::string ClaimBytes(const std::string& name) {
  v1::Claim claim;
  claim.set_name(name);
  return claim.SerializeAsString();
}

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  return details;
}

void Gate::Open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();  // under the lock: a waiter may destroy the gate as soon as it is open
}

void Gate::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return open_; });
}

bool Eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

TestServer::TestServer(std::vector<request::Method> methods, size_t threads, size_t max_queued,
                       ServerOptions options)
    : pool_(threads, max_queued),
      server_([&] {
        options.listen = "127.0.0.1:0";
        return Server::Start(std::move(methods), &pool_, options).value();
      }()),
      channel_(NewChannel()),
      stub_(v1::ClaimService::NewStub(channel_)) {}

std::shared_ptr<grpc::Channel> TestServer::NewChannel() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(),
                                   arguments);
}

grpc::Status TestServer::Get(const std::string& name, v1::Claim* claim) {
  grpc::ClientContext context;
  v1::Claim unused;
  return stub_->GetClaim(&context, GetRequest(name), claim == nullptr ? &unused : claim);
}

grpc::Status TestServer::CallRaw(const std::string& path, absl::string_view request,
                                 std::string* response) {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  grpc::ByteBuffer sent;
  grpc::ByteBuffer received;
  MoveInto(std::string(request), &sent);
  grpc::Status status;
  Gate done;
  stub.UnaryCall(&context, path, grpc::StubOptions(), &sent, &received,
                 [&status, &done](grpc::Status got) {
                   status = std::move(got);
                   done.Open();
                 });
  done.Wait();
  if (response != nullptr) *response = std::string(FlatBytes(received).view());
  return status;
}

PendingGet::PendingGet(v1::ClaimService::Stub* stub, const std::string& name)
    : Pending(stub, &Async::GetClaim, GetRequest(name)) {}

PendingCreate::PendingCreate(v1::ClaimService::Stub* stub, const std::string& id)
    : Pending(stub, &Async::CreateClaim, CreateRequest(id)) {}

}  // namespace headwater::rpc::testing
