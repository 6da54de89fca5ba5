// The client against a server that fails as it is told to.
#include "headwater/client.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "testing/fake_server.h"

namespace headwater {
namespace {

using internal::FakeServer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const grpc::Status kUnavailable(grpc::StatusCode::UNAVAILABLE, "going down");

ClientOptions Options(const FakeServer& server) {
  ClientOptions options{.address = server.address(), .timeout = absl::Seconds(20)};
  options.retry.initial_backoff = absl::Milliseconds(1);
  options.retry.max_backoff = absl::Milliseconds(5);
  return options;
}

grpc::Status WithDetail(grpc::StatusCode code, const google::protobuf::Message& detail) {
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(detail);
  return grpc::Status(code, "refused", details.SerializeAsString());
}

// Answers GetClaim by echoing the name.
grpc::Status EchoClaim(FakeServer::Call& call) {
  v1::GetClaimRequest request;
  request.ParseFromString(call.request);
  v1::Claim claim;
  claim.set_name(request.name());
  call.response = claim.SerializeAsString();
  return grpc::Status::OK;
}

v1::GetClaimRequest GetX() {
  v1::GetClaimRequest request;
  request.set_name("claims/x");
  return request;
}

TEST(Client, ReadsAreTriedAgain) {
  std::atomic<int> calls = 0;
  FakeServer server(
      [&](FakeServer::Call& call) { return ++calls <= 3 ? kUnavailable : EchoClaim(call); });
  const absl::StatusOr<v1::Claim> claim = Client(Options(server)).GetClaim(GetX());
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(claim->name(), "claims/x");
  EXPECT_EQ(calls, 4);
}

TEST(Client, WritesAreTriedAgainUnderOneRequestId) {
  std::vector<std::string> ids;
  FakeServer server([&](FakeServer::Call& call) {
    v1::CreateClaimRequest request;
    request.ParseFromString(call.request);
    ids.push_back(request.request_id());
    EXPECT_EQ(request.claim().text(), "It rains.");
    call.response = request.claim().SerializeAsString();
    return ids.size() < 3 ? kUnavailable : grpc::Status::OK;
  });
  v1::CreateClaimRequest request;
  request.mutable_claim()->set_text("It rains.");
  Client client(Options(server));
  ASSERT_TRUE(client.CreateClaim(request).ok());
  ASSERT_THAT(ids, SizeIs(3));
  EXPECT_THAT(ids[0], testing::MatchesRegex("[0-9a-f]+-[0-9a-f]+-4[0-9a-f]+-[89ab][0-9a-f]+-"
                                            "[0-9a-f]+"));
  EXPECT_THAT(ids[0], SizeIs(36));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1u);
  EXPECT_THAT(request.request_id(), IsEmpty());

  // The next request is another one.
  ASSERT_TRUE(client.CreateClaim(request).ok());
  EXPECT_NE(ids[3], ids[0]);
}

TEST(Client, TheCallersRequestIdIsKept) {
  std::string id;
  FakeServer server([&](FakeServer::Call& call) {
    v1::DeleteSourceRequest request;
    request.ParseFromString(call.request);
    id = request.request_id();
    return grpc::Status::OK;
  });
  v1::DeleteSourceRequest request;
  request.set_request_id("mine");
  ASSERT_TRUE(Client(Options(server)).DeleteSource(request).ok());
  EXPECT_EQ(id, "mine");
}

TEST(Client, RefusalsAreNotTriedAgainAndSayWhy) {
  std::atomic<int> calls = 0;
  FakeServer server([&](FakeServer::Call&) {
    ++calls;
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field("claim.text");
    violation->set_description("must not be empty");
    return WithDetail(grpc::StatusCode::INVALID_ARGUMENT, bad);
  });
  const absl::Status status = Client(Options(server)).CreateClaim({}).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_EQ(status.message(), "refused");
  EXPECT_EQ(calls, 1);
  ASSERT_THAT(FieldViolations(status), SizeIs(1));
  EXPECT_EQ(FieldViolations(status)[0].field, "claim.text");
  EXPECT_EQ(FieldViolations(status)[0].description, "must not be empty");
  EXPECT_THAT(ErrorReason(status), IsEmpty());
}

TEST(Client, ComesBackWhenTheServerSaysSo) {
  std::atomic<int> calls = 0;
  FakeServer server([&](FakeServer::Call& call) {
    if (++calls > 1) return EchoClaim(call);
    google::rpc::RetryInfo info;
    info.mutable_retry_delay()->set_nanos(150'000'000);
    return WithDetail(grpc::StatusCode::RESOURCE_EXHAUSTED, info);
  });
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(Client(Options(server)).GetClaim(GetX()).ok());
  EXPECT_EQ(calls, 2);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(150));
}

TEST(Client, AFullDiskIsNotTriedAgain) {
  std::atomic<int> calls = 0;
  FakeServer server([&](FakeServer::Call&) {
    ++calls;
    google::rpc::ErrorInfo info;
    info.set_reason("DISK_FULL");
    return WithDetail(grpc::StatusCode::RESOURCE_EXHAUSTED, info);
  });
  const absl::Status status = Client(Options(server)).CreateClaim({}).status();
  EXPECT_EQ(ErrorReason(status), "DISK_FULL");
  EXPECT_EQ(calls, 1);
}

TEST(Client, AHangingServerMeetsTheDeadline) {
  std::atomic<bool> released = false;
  FakeServer server([&](FakeServer::Call&) {
    while (!released) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return grpc::Status::OK;
  });
  const auto begin = std::chrono::steady_clock::now();
  const absl::Status status =
      Client(Options(server)).GetClaim(GetX(), {.timeout = absl::Milliseconds(200)}).status();
  released = true;
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Client, AnAbsentServerIsUnavailable) {
  std::string address;
  {
    address = FakeServer([](FakeServer::Call&) { return grpc::Status::OK; }).address();
  }
  Client client(ClientOptions{.address = address, .timeout = absl::Milliseconds(300)});
  EXPECT_TRUE(absl::IsUnavailable(client.connection()->Connect(absl::Seconds(10))));
  EXPECT_TRUE(absl::IsUnavailable(client.GetClaim(GetX()).status()));
}

TEST(Client, AServerThatComesBackIsFoundAgain) {
  auto server = std::make_unique<FakeServer>(EchoClaim);
  const std::string address = server->address();
  Client client(Options(*server));
  ASSERT_TRUE(client.GetClaim(GetX()).ok());
  server.reset();
  std::thread restart([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server = std::make_unique<FakeServer>(EchoClaim, address);
  });
  EXPECT_TRUE(client.GetClaim(GetX()).ok());
  restart.join();
}

TEST(Client, TheActorIsSentAlong) {
  std::vector<std::string> actors;
  FakeServer server([&](FakeServer::Call& call) {
    for (const char* key : {"headwater-actor", "headwater-actor-bin"}) {
      if (call.metadata.contains(key)) actors.push_back(absl::StrCat(key, "=", call.metadata[key]));
    }
    return EchoClaim(call);
  });
  ClientOptions options = Options(server);
  options.actor = "desk";
  Client client(options);
  ASSERT_TRUE(client.GetClaim(GetX()).ok());
  ASSERT_TRUE(client.GetClaim(GetX(), {.actor = "importer"}).ok());
  ASSERT_TRUE(client.GetClaim(GetX(), {.actor = "Trí Đạt"}).ok());
  ASSERT_TRUE(client.GetClaim(GetX(), {.actor = ""}).ok());
  EXPECT_THAT(actors, ElementsAre("headwater-actor=desk", "headwater-actor=importer",
                                  "headwater-actor-bin=Trí Đạt"));
  for (const std::string& bad :
       {std::string("a\nb"), std::string("Trí\x7f"), std::string(201, 'a')})
    EXPECT_TRUE(absl::IsInvalidArgument(client.GetClaim(GetX(), {.actor = bad}).status())) << bad;
  EXPECT_THAT(actors, SizeIs(3));
}

TEST(Client, CallsAreSpreadOverChannels) {
  std::mutex mutex;
  std::set<std::string> peers;
  FakeServer server([&](FakeServer::Call& call) {
    const std::lock_guard lock(mutex);
    peers.insert(call.peer);
    return EchoClaim(call);
  });
  ClientOptions options = Options(server);
  options.channels = 3;
  Client client(options);
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(client.GetClaim(GetX()).ok());
  EXPECT_THAT(peers, SizeIs(3));
}

// Serves claims/0 … claims/{count - 1}, `size` a page, after an empty first page.
class Pages {
 public:
  Pages(int count, int size) : count_(count), size_(size) {}

  grpc::Status operator()(FakeServer::Call& call) {
    ++calls_;
    v1::ListClaimsRequest request;
    request.ParseFromString(call.request);
    EXPECT_EQ(request.tag(), "h20");
    v1::ListClaimsResponse page;
    page.set_read_sequence(7);
    int from = 0;
    if (request.page_token().empty()) {
      page.set_next_page_token("0");
    } else {
      from = std::stoi(request.page_token());
      for (int i = from; i < std::min(count_, from + size_); ++i) {
        page.add_claims()->set_name(absl::StrCat("claims/", i));
      }
      if (from + size_ < count_) page.set_next_page_token(absl::StrCat(from + size_));
      if (from == fails_at_) return grpc::Status(grpc::StatusCode::DATA_LOSS, "torn");
    }
    call.response = page.SerializeAsString();
    return grpc::Status::OK;
  }

  int calls_ = 0;
  int fails_at_ = -1;

 private:
  int count_;
  int size_;
};

v1::ListClaimsRequest Tagged() {
  v1::ListClaimsRequest request;
  request.set_tag("h20");
  return request;
}

TEST(Listing, FollowsPagesLazily) {
  Pages pages(5, 2);
  FakeServer server(std::ref(pages));
  auto listing = Client(Options(server)).ListClaims(Tagged());
  std::vector<std::string> names;
  std::vector<int> calls;
  for (absl::StatusOr<v1::Claim>& claim : listing) {
    ASSERT_TRUE(claim.ok()) << claim.status();
    names.push_back(claim->name());
    calls.push_back(pages.calls_);
  }
  EXPECT_THAT(names, ElementsAre("claims/0", "claims/1", "claims/2", "claims/3", "claims/4"));
  EXPECT_THAT(calls, ElementsAre(2, 2, 3, 3, 4));
  EXPECT_EQ(listing.read_sequence(), 7);
}

TEST(Listing, OfNothingIsEmpty) {
  Pages pages(0, 2);
  FakeServer server(std::ref(pages));
  for (absl::StatusOr<v1::Claim> claim : Client(Options(server)).ListClaims(Tagged())) {
    FAIL() << claim.status();
  }
}

TEST(Listing, EndsWithTheError) {
  Pages pages(5, 2);
  pages.fails_at_ = 2;
  FakeServer server(std::ref(pages));
  std::vector<std::string> seen;
  for (const auto& claim : Client(Options(server)).ListClaims(Tagged())) {
    seen.push_back(claim.ok() ? claim->name() : std::string(claim.status().message()));
  }
  EXPECT_THAT(seen, ElementsAre("claims/0", "claims/1", "torn"));
}

TEST(Connection, KnowsItsMethods) {
  EXPECT_EQ(MethodFor(*v1::GetClaimRequest::descriptor())->name(), "GetClaim");
  EXPECT_EQ(MethodFor(*v1::Claim::descriptor()), nullptr);
  Connection connection({});
  v1::Source source;
  EXPECT_TRUE(absl::IsInvalidArgument(connection.Call(GetX(), &source)));
}

}  // namespace
}  // namespace headwater
