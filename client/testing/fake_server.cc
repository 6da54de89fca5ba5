#include "testing/fake_server.h"

#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "grpcpp/support/byte_buffer.h"

namespace headwater::internal {
namespace {

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// Reads one request, answers it, deletes itself.
class Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(const FakeServer::Handler& handler, grpc::GenericCallbackServerContext* context)
      : handler_(handler) {
    call_.method = context->method().substr(context->method().rfind('/') + 1);
    call_.peer = context->peer();
    for (const auto& [key, value] : context->client_metadata()) {
      call_.metadata.emplace(std::string(key.data(), key.size()),
                             std::string(value.data(), value.size()));
    }
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no request"));
    call_.request = Bytes(request_);
    grpc::Status status = handler_(call_);
    if (!status.ok()) return Finish(std::move(status));
    const grpc::Slice slice(call_.response);
    response_ = grpc::ByteBuffer(&slice, 1);
    StartWriteAndFinish(&response_, {}, grpc::Status::OK);
  }

  void OnDone() override { delete this; }

 private:
  const FakeServer::Handler& handler_;
  FakeServer::Call call_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

class FakeServer::Service : public grpc::CallbackGenericService {
 public:
  explicit Service(FakeServer::Handler handler) : handler_(std::move(handler)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Reactor(handler_, context);
  }

 private:
  const FakeServer::Handler handler_;
};

FakeServer::FakeServer(Handler handler, const std::string& listen)
    : service_(std::make_unique<Service>(std::move(handler))) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(service_.get());
  builder.SetMaxReceiveMessageSize(-1);
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

}  // namespace headwater::internal
