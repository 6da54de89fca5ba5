#include "rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "rpc/bytes.h"
#include "rpc/testing.h"

namespace headwater::rpc {
namespace {

using testing::ClaimBytes;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::PendingCreate;
using testing::TestServer;

constexpr char kGetClaim[] = "/headwater.v1.ClaimService/GetClaim";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

// A length-delimited field of number `number`.
std::string Field(int number, const std::string& content) {
  std::string bytes(1, static_cast<char>(number << 3 | 2));
  for (size_t size = content.size(); bytes += static_cast<char>(size & 0x7F), size >= 0x80;) {
    bytes.back() |= static_cast<char>(0x80);
    size >>= 7;
  }
  return bytes + content;
}

TEST(Field, IsWhatProtobufWrites) {
  v1::GetClaimRequest request;
  for (const size_t size : {1u, 127u, 128u, 20'000u}) {
    request.set_name(std::string(size, 'x'));
    ASSERT_EQ(Field(1, request.name()), request.SerializeAsString());
  }
}

TEST(Server, SaysWhereItListens) {
  TestServer server({testing::EchoingGetClaim()});
  EXPECT_THAT(server.server().address(), HasSubstr("127.0.0.1:"));
  EXPECT_THAT(server.server().address(), ::testing::Not(EndsWith(":0")));
}

TEST(Server, RefusesAnAddressInUse) {
  TestServer server({testing::EchoingGetClaim()});
  WorkerPool pool(1, 1);
  const auto second =
      Server::Start({testing::EchoingGetClaim()}, &pool, {.listen = server.server().address()});
  ASSERT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr("another program listens there already"));
  EXPECT_TRUE(server.Get("claims/x").ok());
}

TEST(Server, RefusesWhatIsNoAddress) {
  WorkerPool pool(1, 1);
  const auto server =
      Server::Start({testing::EchoingGetClaim()}, &pool, {.listen = "not an address"});
  EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Server, AnUnknownMethodIsUnimplemented) {
  TestServer server({testing::EchoingGetClaim()});
  for (const char* path : {"/headwater.v1.ClaimService/ListClaims", "/headwater.v1.ClaimService/No",
                           "/headwater.v1.NoService/GetClaim"}) {
    EXPECT_EQ(server.CallRaw(path, "").error_code(), grpc::StatusCode::UNIMPLEMENTED) << path;
  }
}

TEST(Server, TakesMessagesOfUpTo16MiB) {
  size_t received = 0;
  TestServer server({testing::ReadMethod("GetClaim", [&](absl::string_view request, kv::Patience) {
    received = request.size();
    return database::Reply(std::string());
  })});
  for (const size_t size : {size_t{10} << 20, size_t{16} << 20}) {
    ASSERT_TRUE(server.CallRaw(kGetClaim, std::string(size, 'x')).ok()) << size;
    EXPECT_EQ(received, size);
  }
  received = 0;
  EXPECT_EQ(server.CallRaw(kGetClaim, std::string(size_t{17} << 20, 'x')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(received, 0u);
  EXPECT_TRUE(server.CallRaw(kGetClaim, "").ok());
}

TEST(Server, SaysWhichFieldIsNotUtf8) {
  TestServer server({testing::EchoingGetClaim()});
  const grpc::Status status = server.CallRaw(kGetClaim, Field(1, "claims/\xff"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "name is not UTF-8");
  const google::rpc::Status details = testing::DetailsOf(status);
  EXPECT_EQ(details.code(), 3);
  EXPECT_EQ(details.message(), "name is not UTF-8");
  ASSERT_EQ(details.details_size(), 1);
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(details.details(0).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "name");
}

// gRPC refuses a response whose trailing metadata is too long, and would show neither code nor
// words.
TEST(Server, AnErrorHoweverLongArrives) {
  google::rpc::BadRequest details;
  for (int i = 0; i < 10'000; ++i) {
    auto* const violation = details.add_field_violations();
    violation->set_field("requests[" + std::to_string(i) + "].claim.text");
    violation->set_description("là trống rỗng");
  }
  std::string message;
  while (message.size() < 100'000) message += "trống ";
  absl::Status error = absl::InvalidArgumentError(message);
  error.SetPayload("type.googleapis.com/google.rpc.BadRequest",
                   absl::Cord(details.SerializeAsString()));
  TestServer server({testing::ReadMethod(
      "GetClaim", [&](absl::string_view, kv::Patience) -> database::Reply { return error; })});
  const grpc::Status status = server.Get("claims/x");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), ::testing::StartsWith("trống trống "));
  EXPECT_EQ(testing::DetailsOf(status).details_size(), 1);
}

TEST(Server, ReportsTheHealthOfItselfAndOfEachService) {
  TestServer server({testing::EchoingGetClaim()});
  const std::string serving("\x08\x01", 2);  // status: SERVING
  std::string response;
  ASSERT_TRUE(server.CallRaw(kHealthCheck, "", &response).ok());
  EXPECT_EQ(response, serving);
  ASSERT_TRUE(server.CallRaw(kHealthCheck, Field(1, "headwater.v1.ClaimService"), &response).ok());
  EXPECT_EQ(response, serving);
  EXPECT_EQ(server.CallRaw(kHealthCheck, Field(1, "headwater.v1.NoService")).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

// A bidirectional stream over bytes, used a message at a time.
class RawStream {
 public:
  RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& path)
      : stub_(channel), stream_(stub_.PrepareCall(&context_, path, &queue_)) {
    stream_->StartCall(this);
    ok_ = Next();
  }
  ~RawStream() {
    context_.TryCancel();
    queue_.Shutdown();
    while (Next()) {
    }
  }

  std::string Ask(const std::string& request) {
    grpc::ByteBuffer sent;
    MoveInto(request, &sent);
    stream_->Write(sent, this);
    ok_ = ok_ && Next();
    return Read();
  }

  // The next message; empty once the stream has ended.
  std::string Read() {
    grpc::ByteBuffer received;
    stream_->Read(&received, this);
    ok_ = ok_ && Next();
    return ok_ ? std::string(FlatBytes(received).view()) : std::string();
  }

 private:
  bool Next() {
    void* tag;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  bool ok_ = false;
};

TEST(Server, Reflects) {
  TestServer server({testing::EchoingGetClaim()});
  RawStream stream(server.NewChannel(),
                   "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
  const std::string services = stream.Ask(Field(7, "*"));
  EXPECT_THAT(services, HasSubstr("headwater.v1.ClaimService"));
  EXPECT_THAT(services, HasSubstr("grpc.health.v1.Health"));
  const std::string file = stream.Ask(Field(4, "headwater.v1.ClaimService"));
  EXPECT_THAT(file, HasSubstr("headwater/v1/claim_service.proto"));
  EXPECT_THAT(file, HasSubstr("GetClaimRequest"));
}

// A CreateClaim that is answered when the test says so, any number of them.
class HeldWrites {
 public:
  request::Method method() {
    return testing::WriteMethod(
        "CreateClaim", [this](absl::string_view, const database::Caller&, database::Done done) {
          const std::lock_guard lock(mutex_);
          held_.push_back(std::move(done));
        });
  }

  size_t size() {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }

  void AnswerAll() {
    const std::lock_guard lock(mutex_);
    for (const database::Done& done : held_) done(ClaimBytes("claims/x"));
    held_.clear();
  }

 private:
  std::mutex mutex_;
  std::vector<database::Done> held_;  // guarded by mutex_
};

// Tries a write, and gives up on it soon, for it may have been taken and be held.
grpc::StatusCode TryToWrite(TestServer* server) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  v1::Claim claim;
  return server->stub().CreateClaim(&context, v1::CreateClaimRequest(), &claim).error_code();
}

TEST(Server, ShutdownAnswersTheWritesInFlightAndTakesNoMore) {
  constexpr size_t kCalls = 8;
  HeldWrites writes;
  TestServer server({writes.method(), testing::EchoingGetClaim()});
  std::deque<PendingCreate> pending;
  for (size_t i = 0; i < kCalls; ++i) pending.emplace_back(&server.stub(), "x");
  ASSERT_TRUE(testing::Eventually([&] { return writes.size() == kCalls; }));
  std::atomic<bool> shut_down = false;
  std::thread stopper([&] {
    server.server().Shutdown(absl::Seconds(60));
    shut_down = true;
  });
  EXPECT_TRUE(
      testing::Eventually([&] { return TryToWrite(&server) == grpc::StatusCode::UNAVAILABLE; }));
  EXPECT_TRUE(server.Get("claims/x").ok());  // memory still answers
  std::string health;
  ASSERT_TRUE(server.CallRaw(kHealthCheck, "", &health).ok());
  EXPECT_EQ(health, std::string("\x08\x02", 2));  // NOT_SERVING
  EXPECT_FALSE(shut_down);
  writes.AnswerAll();
  for (PendingCreate& call : pending) {
    EXPECT_TRUE(call.Wait().ok());
    EXPECT_EQ(call.response().name(), "claims/x");
  }
  stopper.join();
  EXPECT_EQ(server.Get("claims/x").error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST(Server, ShutdownCancelsWhatOutlastsItsGrace) {
  std::atomic<bool> dropped = false;
  std::thread database_thread;
  std::atomic<bool> called = false;
  TestServer server({testing::WriteMethod(
      "CreateClaim", [&](absl::string_view, const database::Caller& caller, database::Done done) {
        database_thread = std::thread([&dropped, cancelled = caller.cancelled, done] {
          dropped = testing::Eventually(cancelled);
          done(absl::CancelledError("dropped"));
        });
        called = true;
      })});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(testing::Eventually([&] { return called.load(); }));
  server.server().Shutdown(absl::Milliseconds(50));
  EXPECT_TRUE(dropped);
  EXPECT_FALSE(pending.Wait().ok());
  database_thread.join();
}

TEST(Server, AWatcherOfItsHealthSeesTheEndAndDoesNotDelayIt) {
  TestServer server({testing::EchoingGetClaim()});
  RawStream watch(server.NewChannel(), "/grpc.health.v1.Health/Watch");
  EXPECT_EQ(watch.Ask(Field(1, "headwater.v1.ClaimService")), std::string("\x08\x01", 2));
  const absl::Time start = absl::Now();
  server.server().Shutdown(absl::Seconds(30));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

}  // namespace
}  // namespace headwater::rpc
