// What becomes of large requests, of slow ones, and of those that never come.
#include "rpc/call.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "rpc/testing.h"

namespace headwater::rpc {
namespace {

using testing::ClaimBytes;
using testing::Eventually;
using testing::Gate;
using testing::TestServer;

constexpr char kGetClaim[] = "/headwater.v1.ClaimService/GetClaim";
constexpr char kCreateClaim[] = "/headwater.v1.ClaimService/CreateClaim";

// REQUEST_MEMORY, with the time after which to try again.
void ExpectRefusal(const grpc::Status& status) {
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
  google::rpc::RetryInfo retry;
  google::rpc::ErrorInfo info;
  const google::rpc::Status details = testing::DetailsOf(status);
  for (const auto& any : details.details()) {
    any.UnpackTo(&retry);
    any.UnpackTo(&info);
  }
  EXPECT_EQ(info.reason(), "REQUEST_MEMORY");
  EXPECT_GT(retry.retry_delay().nanos(), 0);
}

// A call whose request is never sent.
class SilentCall {
 public:
  SilentCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path)
      : stub_(channel) {
    stub_.PrepareBidiStreamingCall(&context_, path, grpc::StubOptions(), &reactor_);
    reactor_.StartCall();
  }
  ~SilentCall() {
    context_.TryCancel();
    reactor_.done.Wait();
  }

  bool ended() const { return reactor_.has_ended; }
  void EndWithoutAMessage() { reactor_.StartWritesDone(); }
  const grpc::Status& Wait() {
    reactor_.done.Wait();
    return reactor_.status;
  }

 private:
  struct Reactor final : grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
    void OnDone(const grpc::Status& got) override {
      status = got;
      has_ended = true;
      done.Open();
    }
    grpc::Status status;
    std::atomic<bool> has_ended = false;
    Gate done;
  };

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  Reactor reactor_;
};

int Ended(const std::deque<SilentCall>& calls) {
  int ended = 0;
  for (const SilentCall& call : calls) ended += call.ended() ? 1 : 0;
  return ended;
}

TEST(Call, ALargeReadRunsInThePoolAlone) {
  std::atomic<int> on_the_spot = 0;
  std::atomic<int> patient = 0;
  TestServer server({testing::ReadMethod("GetClaim", [&](absl::string_view, kv::Patience patience) {
    ++(patience == kv::Patience::kMayWait ? patient : on_the_spot);
    return database::Reply(ClaimBytes("claims/x"));
  })});
  EXPECT_TRUE(server.CallRaw(kGetClaim, std::string(request::kLargeRequestBytes, 'x')).ok());
  EXPECT_EQ(on_the_spot, 1);
  EXPECT_TRUE(server.CallRaw(kGetClaim, std::string(request::kLargeRequestBytes + 1, 'x')).ok());
  EXPECT_EQ(on_the_spot, 1);
  EXPECT_EQ(patient, 1);
}

// While the pool's one thread is held, large writes wait and small ones are made.
TEST(Call, ALargeWriteRunsInThePoolAlone) {
  Gate gate;
  std::atomic<int> held = 0;
  TestServer server(
      {testing::ReadMethod("GetClaim",
                           [&](absl::string_view, kv::Patience patience) -> database::Reply {
                             if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
                             ++held;
                             gate.Wait();
                             return ClaimBytes("claims/x");
                           }),
       testing::WriteMethod("CreateClaim",
                            [](absl::string_view request, const database::Caller&,
                               database::Done done) { done(std::string(request.substr(0, 5))); })},
      /*threads=*/1);
  testing::PendingGet waiting(&server.stub(), "claims/x");
  ASSERT_TRUE(Eventually([&] { return held == 1; }));
  std::atomic<bool> made = false;
  std::thread large([&] {
    std::string response;
    EXPECT_TRUE(server.CallRaw(kCreateClaim, std::string(1 << 20, 'x'), &response).ok());
    EXPECT_EQ(response, "xxxxx");
    made = true;
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(server.CallRaw(kCreateClaim, std::string(request::kLargeRequestBytes, 'y')).ok());
  }
  EXPECT_FALSE(made);
  gate.Open();
  large.join();
}

TEST(Call, WhatTheMemoryHasNoRoomForIsRefusedAndSmallOnesPass) {
  Gate gate;
  std::atomic<int> held = 0;
  TestServer server({testing::ReadMethod("GetClaim",
                                         [&](absl::string_view request, kv::Patience) {
                                           if (request.size() > request::kLargeRequestBytes) {
                                             ++held;
                                             gate.Wait();
                                           }
                                           return database::Reply(std::string());
                                         })},
                    /*threads=*/4, /*max_queued=*/64,
                    {.admission = std::make_shared<request::Admission>(
                         request::AdmissionLimits{.request_memory = 64 << 20})});
  const std::string large(4 << 20, 'x');
  std::thread first([&] { EXPECT_TRUE(server.CallRaw(kGetClaim, large).ok()); });
  ASSERT_TRUE(Eventually([&] { return held == 1; }));
  ExpectRefusal(server.CallRaw(kGetClaim, large));
  EXPECT_TRUE(server.CallRaw(kGetClaim, std::string(1000, 'x')).ok());
  gate.Open();
  first.join();
  EXPECT_TRUE(server.CallRaw(kGetClaim, large).ok()) << "what ended is counted out";
  EXPECT_EQ(held, 2);
}

TEST(Call, OfTooManySlowRequestsTheNewestAreRefusedAndSmallOnesPass) {
  TestServer server({testing::EchoingGetClaim()}, /*threads=*/2, /*max_queued=*/64,
                    {.admission = std::make_shared<request::Admission>(
                         request::AdmissionLimits{.request_memory = 512 << 20})});
  constexpr int kMost = 7;  // of 16 MiB and a little in a quarter of that
  std::deque<SilentCall> silent;
  for (int i = 0; i < 40; ++i) silent.emplace_back(server.NewChannel(), kGetClaim);
  EXPECT_TRUE(Eventually([&] { return Ended(silent) == 40 - kMost; }));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(server.Get("claims/x").ok());
  EXPECT_EQ(Ended(silent), 40 - kMost);
  for (SilentCall& call : silent) {
    if (call.ended()) ExpectRefusal(call.Wait());
  }
}

TEST(Call, ARequestThatNeverComesIsAnError) {
  TestServer server({testing::EchoingGetClaim()});
  SilentCall call(server.NewChannel(), kGetClaim);
  call.EndWithoutAMessage();
  EXPECT_EQ(call.Wait().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST(Call, ShutdownDoesNotWaitForSlowRequests) {
  TestServer server({testing::EchoingGetClaim()});
  std::deque<SilentCall> silent;
  for (int i = 0; i < 20; ++i) silent.emplace_back(server.NewChannel(), kGetClaim);
  EXPECT_TRUE(Eventually([&] { return Ended(silent) > 0; }));
  const absl::Time start = absl::Now();
  server.server().Shutdown(absl::Seconds(30));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

}  // namespace
}  // namespace headwater::rpc
