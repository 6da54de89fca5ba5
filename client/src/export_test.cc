// An export that breaks off, as often as it can.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/client.h"
#include "testing/fake_server.h"

namespace headwater {
namespace {

using internal::FakeServer;
using ::testing::ElementsAre;

ClientOptions Options(const FakeServer& server) {
  ClientOptions options{.address = server.address(), .timeout = absl::Seconds(20)};
  options.retry.initial_backoff = absl::Milliseconds(1);
  options.retry.max_backoff = absl::Milliseconds(5);
  return options;
}

// Gives one claim a call, and breaks off: c0, c1, c2.
grpc::Status OneACall(FakeServer::Call& call) {
  v1::ExportRequest request;
  request.ParseFromString(call.request);
  const int place = request.page_token().empty() ? 0 : std::stoi(request.page_token());
  v1::ExportResponse piece;
  piece.add_records()->mutable_claim()->set_name(absl::StrCat("claims/c", place));
  if (place < 2) piece.set_page_token(absl::StrCat(place + 1));
  piece.set_read_sequence(42);
  call.response = piece.SerializeAsString();
  return grpc::Status::OK;
}

TEST(Export, GoesOnWhereItBrokeOff) {
  int calls = 0;
  FakeServer server([&](FakeServer::Call& call) {
    EXPECT_EQ(call.method, "Export");
    // Every other time not even that.
    return ++calls % 2 == 0 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "") : OneACall(call);
  });
  std::vector<std::string> names;
  const absl::Status status = Client(Options(server)).Export({}, [&](v1::ExportResponse* piece) {
    names.push_back(piece->records(0).claim().name());
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(names, ElementsAre("claims/c0", "claims/c1", "claims/c2"));
  EXPECT_EQ(calls, 5);
}

// A server that has too many streams open ends one that nobody has read from for long.
TEST(Export, GoesOnWhereTheServerEndedAStreamThatStoodStill) {
  int calls = 0;
  FakeServer server(OneACall, "127.0.0.1:0",
                    {{"Export", [&](const FakeServer::Call& asked, std::shared_ptr<void>*) {
                        FakeServer::Call call = asked;
                        FakeServer::Reply reply;
                        EXPECT_TRUE(OneACall(call).ok());
                        reply.messages.push_back(call.response);
                        reply.ends = true;
                        reply.status = grpc::Status(grpc::StatusCode::CANCELLED, "stood still");
                        ++calls;
                        return reply;
                      }}});
  std::vector<std::string> names;
  const absl::Status status = Client(Options(server)).Export({}, [&](v1::ExportResponse* piece) {
    names.push_back(piece->records(0).claim().name());
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(names, ElementsAre("claims/c0", "claims/c1", "claims/c2"));
  EXPECT_EQ(calls, 3);
}

TEST(Export, EndsWithWhatTheSinkSays) {
  FakeServer server(OneACall);
  int pieces = 0;
  const absl::Status status = Client(Options(server)).Export({}, [&](v1::ExportResponse*) {
    ++pieces;
    return absl::UnavailableError("the disk is full");
  });
  EXPECT_EQ(status.message(), "the disk is full");
  EXPECT_EQ(pieces, 1);
}

TEST(Export, ARefusalIsFinal) {
  int calls = 0;
  FakeServer server([&](FakeServer::Call&) {
    ++calls;
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no such kind");
  });
  const absl::Status status =
      Client(Options(server)).Export({}, [](v1::ExportResponse*) { return absl::OkStatus(); });
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(status.message(), "no such kind");
  EXPECT_EQ(calls, 1);
}

TEST(Export, NoServerIsUnavailableInTime) {
  ClientOptions options{.address = "127.0.0.1:1", .timeout = absl::Milliseconds(300)};
  const absl::Status status =
      Client(options).Export({}, [](v1::ExportResponse*) { return absl::OkStatus(); });
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
}

}  // namespace
}  // namespace headwater
