#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "base/cancellation.h"
#include "google/rpc/error_details.pb.h"
#include "rpc/testing.h"

namespace headwater::rpc {
namespace {

using testing::ClaimBytes;
using testing::Eventually;
using testing::Gate;
using ::testing::HasSubstr;
using testing::PendingGet;
using testing::TestServer;

bool IsCold(absl::string_view request) { return request.find("cold") != request.npos; }

// A GetClaim that finds all but the names with "cold" in memory. Cold reads wait for `gate`.
request::Method ColdGetClaim(Gate* gate, std::atomic<int>* waiting) {
  return testing::ReadMethod(
      "GetClaim", [=](absl::string_view request, kv::Patience patience) -> database::Reply {
        if (!IsCold(request)) return ClaimBytes("claims/warm");
        if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
        ++*waiting;
        gate->Wait();
        return ClaimBytes("claims/cold");
      });
}

TEST(ReadCall, AnswersWithTheBytesOfTheMethod) {
  TestServer server({testing::EchoingGetClaim()});
  v1::Claim claim;
  ASSERT_TRUE(server.Get("claims/x", &claim).ok());
  EXPECT_EQ(claim.name(), "claims/x");
}

TEST(ReadCall, AnEmptyRequestAndAnEmptyAnswerAreMessagesToo) {
  size_t request_size = 1;
  TestServer server({testing::ReadMethod("GetClaim", [&](absl::string_view request, kv::Patience) {
    request_size = request.size();
    return database::Reply(std::string());
  })});
  std::string response = "not yet";
  ASSERT_TRUE(server.CallRaw("/headwater.v1.ClaimService/GetClaim", "", &response).ok());
  EXPECT_EQ(request_size, 0u);
  EXPECT_EQ(response, "");
}

TEST(ReadCall, WhatMemoryAnswersNeverLeavesTheThread) {
  std::atomic<int> patient = 0;
  TestServer server({testing::ReadMethod("GetClaim", [&](absl::string_view, kv::Patience patience) {
    if (patience == kv::Patience::kMayWait) ++patient;
    return database::Reply(ClaimBytes("claims/x"));
  })});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(server.Get("claims/x").ok());
  EXPECT_EQ(patient, 0);
}

TEST(ReadCall, AReadThatWouldBlockIsAnsweredFromThePool) {
  std::thread::id impatient;
  std::thread::id patient;
  TestServer server({testing::ReadMethod(
      "GetClaim", [&](absl::string_view request, kv::Patience patience) -> database::Reply {
        EXPECT_THAT(std::string(request), HasSubstr("claims/x"));
        const bool may_wait = patience == kv::Patience::kMayWait;
        (may_wait ? patient : impatient) = std::this_thread::get_id();
        if (!may_wait) return kv::WouldBlock();
        return ClaimBytes("claims/x");
      })});
  v1::Claim claim;
  ASSERT_TRUE(server.Get("claims/x", &claim).ok());
  EXPECT_EQ(claim.name(), "claims/x");
  EXPECT_NE(patient, impatient);
  EXPECT_NE(patient, std::thread::id());
}

TEST(ReadCall, AnErrorFromThePoolReachesTheClient) {
  TestServer server({testing::ReadMethod(
      "GetClaim", [](absl::string_view, kv::Patience patience) -> database::Reply {
        if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
        return absl::DataLossError("a file is damaged");
      })});
  const grpc::Status status = server.Get("claims/x");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(status.error_message(), "a file is damaged");
}

TEST(ReadCall, WorkSeesThatItsDeadlinePassed) {
  std::atomic<bool> was_cancelled = false;
  Gate ended;
  TestServer server({testing::ReadMethod(
      "GetClaim", [&](absl::string_view, kv::Patience patience) -> database::Reply {
        if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
        was_cancelled = Eventually(&IsCancelled);
        ended.Open();
        return UnlessCancelled();
      })});
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  v1::Claim claim;
  EXPECT_EQ(server.stub().GetClaim(&context, {}, &claim).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  ended.Wait();
  EXPECT_TRUE(was_cancelled);
}

TEST(ReadCall, WouldBlockNeverReachesAClient) {
  TestServer server(
      {testing::ReadMethod("GetClaim", [](absl::string_view, kv::Patience) -> database::Reply {
        return kv::WouldBlock();
      })});
  EXPECT_EQ(server.Get("claims/x").error_code(), grpc::StatusCode::INTERNAL);
}

TEST(ReadCall, APoolThatIsFullRefusesWithAReason) {
  Gate gate;
  std::atomic<int> waiting = 0;
  TestServer server({ColdGetClaim(&gate, &waiting)}, /*threads=*/1, /*max_queued=*/1);
  PendingGet running(&server.stub(), "claims/cold-1");
  ASSERT_TRUE(Eventually([&] { return waiting == 1; }));
  // One of these two takes the only place to wait in, the other finds it taken.
  PendingGet second(&server.stub(), "claims/cold-2");
  const grpc::Status refused = [&] {
    grpc::Status status;
    EXPECT_TRUE(Eventually([&] {
      status = server.Get("claims/cold-3");
      return status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
    }));
    return status;
  }();
  EXPECT_TRUE(server.Get("claims/warm").ok());
  gate.Open();
  EXPECT_TRUE(running.Wait().ok());
  const google::rpc::Status details = testing::DetailsOf(refused);
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::RetryInfo retry;
  google::rpc::ErrorInfo info;
  for (const auto& any : details.details()) {
    any.UnpackTo(&retry);
    any.UnpackTo(&info);
  }
  EXPECT_EQ(info.reason(), "SERVER_BUSY");
  EXPECT_EQ(info.domain(), "headwater");
  EXPECT_GT(retry.retry_delay().nanos(), 0);
}

TEST(ReadCall, CachedReadsAreAnsweredWhile64Wait) {
  constexpr int kWaiting = 64;
  Gate gate;
  std::atomic<int> waiting = 0;
  TestServer server({ColdGetClaim(&gate, &waiting)}, /*threads=*/kWaiting);
  std::deque<PendingGet> cold;
  for (int i = 0; i < kWaiting; ++i) cold.emplace_back(&server.stub(), "claims/cold");
  ASSERT_TRUE(Eventually([&] { return waiting == kWaiting; }));
  for (int i = 0; i < 500; ++i) {
    v1::Claim claim;
    ASSERT_TRUE(server.Get("claims/other", &claim).ok());
    ASSERT_EQ(claim.name(), "claims/warm");
  }
  EXPECT_EQ(waiting, kWaiting);
  gate.Open();
  for (PendingGet& pending : cold) {
    ASSERT_TRUE(pending.Wait().ok());
    EXPECT_EQ(pending.response().name(), "claims/cold");
  }
}

TEST(ReadCall, AReadCancelledInTheQueueIsNotRun) {
  Gate gate;
  std::atomic<int> waiting = 0;
  TestServer server({ColdGetClaim(&gate, &waiting)}, /*threads=*/1);
  PendingGet running(&server.stub(), "claims/cold-1");
  ASSERT_TRUE(Eventually([&] { return waiting == 1; }));
  PendingGet queued(&server.stub(), "claims/cold-2");
  ASSERT_TRUE(server.Get("claims/warm").ok());  // on the same connection: the server has it
  queued.Cancel();
  EXPECT_EQ(queued.Wait().error_code(), grpc::StatusCode::CANCELLED);
  ASSERT_TRUE(server.Get("claims/warm").ok());  // so has the cancellation arrived
  gate.Open();
  EXPECT_TRUE(running.Wait().ok());
  server.server().Shutdown(absl::Seconds(10));
  EXPECT_EQ(waiting, 1);
}

TEST(ReadCall, LargeAnswersArriveWhole) {
  for (const size_t size : {100u, 1024u, 1025u, 100'000u, 5'000'000u}) {
    std::string large(size, '\0');
    for (size_t i = 0; i < size; ++i) large[i] = static_cast<char>(i * 31 + i / 256);
    TestServer server({testing::ReadMethod(
        "GetClaim", [&](absl::string_view, kv::Patience) { return database::Reply(large); })});
    std::string response;
    ASSERT_TRUE(server.CallRaw("/headwater.v1.ClaimService/GetClaim", "", &response).ok());
    EXPECT_EQ(response, large) << size;
  }
}

}  // namespace
}  // namespace headwater::rpc
