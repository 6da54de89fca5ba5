// For the tests of rpc: a server on loopback with hand-made methods, and a channel to it.
#ifndef HEADWATER_RPC_TESTING_H_
#define HEADWATER_RPC_TESTING_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/worker_pool.h"
#include "google/rpc/status.pb.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "request/methods.h"
#include "rpc/server.h"

namespace headwater::rpc::testing {

// A method of ClaimService, answered by `read` or `write`.
request::Method ReadMethod(
    const std::string& name,
    std::function<database::Reply(absl::string_view request, kv::Patience patience)> read);
request::Method WriteMethod(const std::string& name,
                            std::function<void(absl::string_view request,
                                               const database::Caller& caller, database::Done done)>
                                write);

// A GetClaim that parses its request as the server does and answers with a claim of that name.
request::Method EchoingGetClaim();

// The claim of that name, serialized.
std::string ClaimBytes(const std::string& name);

// The google.rpc details that came with `status`; empty where none did.
google::rpc::Status DetailsOf(const grpc::Status& status);

// Opens once, for any number of waiters.
class Gate {
 public:
  void Open();
  void Wait();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;  // guarded by mutex_
};

// Waits up to ten seconds for `condition`; whether it came true.
bool Eventually(const std::function<bool()>& condition);

class TestServer {
 public:
  explicit TestServer(std::vector<request::Method> methods, size_t threads = 2,
                      size_t max_queued = 64, ServerOptions options = {});

  v1::ClaimService::Stub& stub() { return *stub_; }
  Server& server() { return *server_; }
  std::shared_ptr<grpc::Channel> NewChannel() const;

  // GetClaim of `name`.
  grpc::Status Get(const std::string& name, v1::Claim* claim = nullptr);

  // One unary call over bytes, "/headwater.v1.ClaimService/GetClaim".
  grpc::Status CallRaw(const std::string& path, absl::string_view request,
                       std::string* response = nullptr);

 private:
  WorkerPool pool_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ClaimService::Stub> stub_;
};

// A unary call under way: started when made, and the test goes on.
template <class Request, class Response>
class Pending {
 public:
  using Async = v1::ClaimService::StubInterface::async_interface;
  using Start = void (Async::*)(grpc::ClientContext*, const Request*, Response*,
                                std::function<void(grpc::Status)>);

  Pending(v1::ClaimService::Stub* stub, Start start, Request request)
      : request_(std::move(request)) {
    (static_cast<Async*>(stub->async())->*start)(&context_, &request_, &response_,
                                                 [this](grpc::Status status) {
                                                   status_ = std::move(status);
                                                   done_.Open();
                                                 });
  }
  ~Pending() { done_.Wait(); }

  void Cancel() { context_.TryCancel(); }
  const grpc::Status& Wait() {
    done_.Wait();
    return status_;
  }
  const Response& response() const { return response_; }

 private:
  grpc::ClientContext context_;
  const Request request_;
  Response response_;
  grpc::Status status_;
  Gate done_;
};

class PendingGet final : public Pending<v1::GetClaimRequest, v1::Claim> {
 public:
  PendingGet(v1::ClaimService::Stub* stub, const std::string& name);
};

class PendingCreate final : public Pending<v1::CreateClaimRequest, v1::Claim> {
 public:
  PendingCreate(v1::ClaimService::Stub* stub, const std::string& id);
};

}  // namespace headwater::rpc::testing

#endif  // HEADWATER_RPC_TESTING_H_
