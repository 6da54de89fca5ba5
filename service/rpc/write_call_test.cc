#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "rpc/testing.h"

namespace headwater::rpc {
namespace {

using testing::ClaimBytes;
using testing::Eventually;
using ::testing::HasSubstr;
using testing::PendingCreate;
using testing::TestServer;

// A CreateClaim that is answered when the test says so.
class HeldWrite {
 public:
  request::Method method() {
    return testing::WriteMethod(
        "CreateClaim",
        [this](absl::string_view request, const database::Caller& caller, database::Done done) {
          const std::lock_guard lock(mutex_);
          request_ = std::string(request);
          caller_ = caller;
          done_ = std::move(done);
          arrived_ = true;
        });
  }

  bool WaitForCall() {
    return Eventually([this] {
      const std::lock_guard lock(mutex_);
      return arrived_;
    });
  }

  // What came with the call; not before WaitForCall().
  const std::string& request() const { return request_; }
  const database::Caller& caller() const { return caller_; }

  void Answer(database::Reply reply) { std::exchange(done_, nullptr)(std::move(reply)); }

 private:
  std::mutex mutex_;
  bool arrived_ = false;
  std::string request_;
  database::Caller caller_;
  database::Done done_;
};

// A CreateClaim answered at once, from within, which keeps its last caller.
request::Method InstantCreate(database::Caller* last) {
  return testing::WriteMethod(
      "CreateClaim",
      [last](absl::string_view, const database::Caller& caller, database::Done done) {
        *last = caller;
        done(ClaimBytes("claims/x"));
      });
}

grpc::Status Create(TestServer* server, grpc::ClientContext* context) {
  v1::Claim claim;
  return server->stub().CreateClaim(context, v1::CreateClaimRequest(), &claim);
}

TEST(WriteCall, AnswersFromAnotherThread) {
  HeldWrite write;
  TestServer server({write.method()});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(write.WaitForCall());
  EXPECT_THAT(write.request(), HasSubstr("x"));
  EXPECT_FALSE(write.caller().cancelled());
  write.Answer(ClaimBytes("claims/x"));
  ASSERT_TRUE(pending.Wait().ok());
  EXPECT_EQ(pending.response().name(), "claims/x");
}

TEST(WriteCall, AnswersFromWithin) {
  database::Caller caller;
  TestServer server({InstantCreate(&caller)});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(pending.Wait().ok());
  EXPECT_EQ(pending.response().name(), "claims/x");
}

TEST(WriteCall, AnErrorReachesTheClient) {
  HeldWrite write;
  TestServer server({write.method()});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(write.WaitForCall());
  write.Answer(absl::AlreadyExistsError("claims/x is there already"));
  EXPECT_EQ(pending.Wait().error_code(), grpc::StatusCode::ALREADY_EXISTS);
}

TEST(WriteCall, ACancellationIsSeenBeforeTheWriteIsSequenced) {
  HeldWrite write;
  TestServer server({write.method()});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(write.WaitForCall());
  pending.Cancel();
  EXPECT_EQ(pending.Wait().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([&] { return write.caller().cancelled(); }));
  write.Answer(absl::CancelledError("dropped"));
}

TEST(WriteCall, AnAnswerAfterTheCancellationIsHarmless) {
  HeldWrite write;
  TestServer server({write.method(), testing::EchoingGetClaim()});
  PendingCreate pending(&server.stub(), "x");
  ASSERT_TRUE(write.WaitForCall());
  pending.Cancel();
  ASSERT_TRUE(Eventually([&] { return write.caller().cancelled(); }));
  write.Answer(ClaimBytes("claims/x"));
  EXPECT_TRUE(server.Get("claims/x").ok());
  server.server().Shutdown(absl::Seconds(10));  // comes to an end: no call was left behind
  EXPECT_TRUE(write.caller().cancelled());      // may be asked even now
}

TEST(WriteCall, TheDeadlineGoesWithIt) {
  database::Caller caller;
  TestServer server({InstantCreate(&caller)});
  grpc::ClientContext bounded;
  bounded.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  const absl::Time expected = absl::Now() + absl::Seconds(60);
  ASSERT_TRUE(Create(&server, &bounded).ok());
  EXPECT_LT(absl::AbsDuration(caller.deadline - expected), absl::Seconds(5));
  grpc::ClientContext unbounded;
  ASSERT_TRUE(Create(&server, &unbounded).ok());
  EXPECT_EQ(caller.deadline, absl::InfiniteFuture());
}

TEST(WriteCall, TheActorGoesWithIt) {
  database::Caller caller;
  TestServer server({InstantCreate(&caller)});
  grpc::ClientContext named;
  named.AddMetadata("headwater-actor", "desk <desk@example.org>");
  ASSERT_TRUE(Create(&server, &named).ok());
  EXPECT_EQ(caller.actor, "desk <desk@example.org>");
  grpc::ClientContext binary;
  binary.AddMetadata("headwater-actor-bin", "Trí Đạt");
  ASSERT_TRUE(Create(&server, &binary).ok());
  EXPECT_EQ(caller.actor, "Trí Đạt");
  grpc::ClientContext both;
  both.AddMetadata("headwater-actor", "desk");
  both.AddMetadata("headwater-actor-bin", "desk");
  ASSERT_TRUE(Create(&server, &both).ok());
  EXPECT_EQ(caller.actor, "desk");
  grpc::ClientContext nameless;
  ASSERT_TRUE(Create(&server, &nameless).ok());
  EXPECT_EQ(caller.actor, "");
}

// The violation's description where the call was refused for its actor, else nothing.
std::optional<std::string> RefusalOf(TestServer* server, grpc::ClientContext* context,
                                     const std::string& key = "headwater-actor") {
  const grpc::Status status = Create(server, context);
  google::rpc::BadRequest details;
  if (status.error_code() != grpc::StatusCode::INVALID_ARGUMENT ||
      testing::DetailsOf(status).details_size() != 1 ||
      !testing::DetailsOf(status).details(0).UnpackTo(&details) ||
      details.field_violations(0).field() != key) {
    return std::nullopt;
  }
  return details.field_violations(0).description();
}

TEST(WriteCall, ABadActorIsRefusedBeforeTheWrite) {
  bool written = false;
  TestServer server({testing::WriteMethod(
      "CreateClaim", [&](absl::string_view, const database::Caller&, database::Done done) {
        written = true;
        done(std::string());
      })});
  grpc::ClientContext longest;
  longest.AddMetadata("headwater-actor", std::string(200, 'a'));
  EXPECT_TRUE(Create(&server, &longest).ok());
  written = false;

  grpc::ClientContext too_long;
  too_long.AddMetadata("headwater-actor", std::string(201, 'a'));
  EXPECT_THAT(RefusalOf(&server, &too_long).value_or(""), HasSubstr("200 bytes"));
  grpc::ClientContext twice;
  twice.AddMetadata("headwater-actor", "a");
  twice.AddMetadata("headwater-actor", "b");
  EXPECT_THAT(RefusalOf(&server, &twice).value_or(""), HasSubstr("more than once"));

  const std::string bin = "headwater-actor-bin";
  grpc::ClientContext decomposed;
  decomposed.AddMetadata(bin, "Tri\xcc\x81");
  EXPECT_THAT(RefusalOf(&server, &decomposed, bin).value_or(""), HasSubstr("NFC"));
  grpc::ClientContext twice_in_binary;
  twice_in_binary.AddMetadata(bin, "a");
  twice_in_binary.AddMetadata(bin, "b");
  EXPECT_THAT(RefusalOf(&server, &twice_in_binary, bin).value_or(""), HasSubstr("more than once"));
  grpc::ClientContext different;
  different.AddMetadata("headwater-actor", "Tri");
  different.AddMetadata(bin, "Trí");
  EXPECT_THAT(RefusalOf(&server, &different, bin).value_or(""), HasSubstr("another actor"));
  EXPECT_FALSE(written);
}

}  // namespace
}  // namespace headwater::rpc
