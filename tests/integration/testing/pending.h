// For the integration tests: calls under way.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_PENDING_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_PENDING_H_

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "testing/client.h"

namespace headwater::integration {

// One call through a generated stub's callbacks: begun when made. Waited for when destroyed.
template <class Response>
class Pending {
 public:
  template <class Async, class Request>
  Pending(Async* async,
          void (Async::*method)(grpc::ClientContext*, const Request*, Response*,
                                std::function<void(grpc::Status)>),
          Request request, const Client::Prepare& prepare = {}) {
    if (prepare) prepare(&context_);
    auto kept = std::make_shared<const Request>(std::move(request));
    // The promise is kept by whoever sets it, for this object may be gone before that returns.
    auto done = std::make_shared<std::promise<void>>();
    ended_ = done->get_future().share();
    (async->*method)(&context_, kept.get(), &answer_.message,
                     [this, kept, done](grpc::Status status) {
                       answer_.status = std::move(status);
                       done->set_value();
                     });
  }
  ~Pending() { ended_.wait(); }

  void Cancel() { context_.TryCancel(); }
  bool ended() const {
    return ended_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  const Answer<Response>& Wait() {
    ended_.wait();
    return answer_;
  }

 private:
  grpc::ClientContext context_;
  Answer<Response> answer_;
  std::shared_future<void> ended_;
};

// A method of an asynchronous stub that takes a callback, out of its overloads.
template <class Async, class Request, class Response>
using AsyncMethod = void (Async::*)(grpc::ClientContext*, const Request*, Response*,
                                    std::function<void(grpc::Status)>);

using AsyncClaims = v1::ClaimService::StubInterface::async_interface;

inline AsyncClaims* AsyncClaimsOf(const Client& client) {
  return static_cast<v1::ClaimService::StubInterface*>(client.stub<Claims>())->async();
}

inline std::unique_ptr<Pending<v1::Claim>> BeginCreate(const Client& client,
                                                       const v1::CreateClaimRequest& request,
                                                       const Client::Prepare& prepare = {}) {
  const AsyncMethod<AsyncClaims, v1::CreateClaimRequest, v1::Claim> create =
      &AsyncClaims::CreateClaim;
  return std::make_unique<Pending<v1::Claim>>(AsyncClaimsOf(client), create, request, prepare);
}

inline std::unique_ptr<Pending<v1::ListClaimsResponse>> BeginList(
    const Client& client, const v1::ListClaimsRequest& request) {
  const AsyncMethod<AsyncClaims, v1::ListClaimsRequest, v1::ListClaimsResponse> list =
      &AsyncClaims::ListClaims;
  return std::make_unique<Pending<v1::ListClaimsResponse>>(AsyncClaimsOf(client), list, request);
}

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_PENDING_H_
