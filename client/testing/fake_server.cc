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

FakeServer::Call CallOf(const grpc::GenericCallbackServerContext& context) {
  FakeServer::Call call;
  call.method = context.method().substr(context.method().rfind('/') + 1);
  call.peer = context.peer();
  for (const auto& [key, value] : context.client_metadata()) {
    call.metadata.emplace(std::string(key.data(), key.size()),
                          std::string(value.data(), value.size()));
  }
  return call;
}

// Reads one request, answers it, deletes itself.
class Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(const FakeServer::Handler& handler, FakeServer::Call call)
      : handler_(handler), call_(std::move(call)) {
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

// Reads message after message, and writes what follows each.
class DialogueReactor : public grpc::ServerGenericBidiReactor {
 public:
  DialogueReactor(const FakeServer::Dialogue& dialogue, FakeServer::Call call)
      : dialogue_(dialogue), call_(std::move(call)) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    call_.request = Bytes(request_);
    reply_ = dialogue_(call_, &state_);
    place_ = 0;
    Proceed();
  }

  void OnWriteDone(bool ok) override { ok ? Proceed() : Finish(grpc::Status::CANCELLED); }

  void OnDone() override { delete this; }

 private:
  void Proceed() {
    if (place_ < reply_.messages.size()) {
      const grpc::Slice slice(reply_.messages[place_++]);
      response_ = grpc::ByteBuffer(&slice, 1);
      return StartWrite(&response_);
    }
    reply_.ends ? Finish(reply_.status) : StartRead(&request_);
  }

  const FakeServer::Dialogue& dialogue_;
  FakeServer::Call call_;
  std::shared_ptr<void> state_;
  FakeServer::Reply reply_;
  size_t place_ = 0;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

class FakeServer::Service : public grpc::CallbackGenericService {
 public:
  Service(FakeServer::Handler handler, std::map<std::string, FakeServer::Dialogue> dialogues)
      : handler_(std::move(handler)), dialogues_(std::move(dialogues)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    FakeServer::Call call = CallOf(*context);
    const auto dialogue = dialogues_.find(call.method);
    if (dialogue != dialogues_.end()) {
      return new DialogueReactor(dialogue->second, std::move(call));
    }
    return new Reactor(handler_, std::move(call));
  }

 private:
  const FakeServer::Handler handler_;
  const std::map<std::string, FakeServer::Dialogue> dialogues_;
};

FakeServer::FakeServer(Handler handler, const std::string& listen,
                       std::map<std::string, Dialogue> dialogues)
    : service_(std::make_unique<Service>(std::move(handler), std::move(dialogues))) {
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
