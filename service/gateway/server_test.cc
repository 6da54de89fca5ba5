// The server with methods made by hand: what it holds of large requests and answers, and for how
// long it waits.
#include "gateway/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::gateway {
namespace {

using std::chrono::milliseconds;

constexpr size_t kMiB = 1 << 20;
constexpr size_t kMuch = 24 * kMiB;  // more than the sockets between server and client hold

class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;  // guarded by mutex_
};

// One connection, read and written byte by byte.
class Client {
 public:
  explicit Client(const std::string& address) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to = {};
    int port = 0;
    EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int little = 64 << 10;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &little, sizeof(little));
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False where the server has closed.
  bool Send(absl::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  void Post(absl::string_view method, absl::string_view type, absl::string_view body,
            absl::string_view headers = "") {
    Send(absl::StrCat(Head(method, type, body.size(), headers), body));
  }
  static std::string Head(absl::string_view method, absl::string_view type, size_t length,
                          absl::string_view headers = "") {
    return absl::StrCat("POST /headwater.v1.", method, " HTTP/1.1\r\nHost: localhost\r\n",
                        "Content-Type: application/", type, "\r\nContent-Length: ", length, "\r\n",
                        headers, "\r\n");
  }
  // What has come once `wanted` is in it, or the server has closed, or ten seconds went by. Reads
  // 200 bytes at a time, so that no more is taken off the server than need be.
  std::string ReadUntil(absl::string_view wanted) {
    std::string received;
    char piece[200];
    pollfd waiting = {socket_, POLLIN, 0};
    while (!absl::StrContains(received, wanted) && poll(&waiting, 1, 10'000) == 1) {
      const ssize_t size = recv(socket_, piece, sizeof(piece), 0);
      if (size <= 0) break;
      received.append(piece, static_cast<size_t>(size));
    }
    return received;
  }
  // "200", of the next answer.
  std::string Status() {
    const std::string head = ReadUntil("\r\n\r\n");
    return head.size() > 12 ? head.substr(9, 3) : head;
  }

 private:
  const int socket_;
};

// The pieces of a stream: one of `size` bytes after the other, the first once the gate is open.
class Pieces final : public request::Answers {
 public:
  Pieces(Gate* gate, size_t size) : gate_(gate), size_(size) {}
  absl::StatusOr<std::optional<std::string>> Next() override {
    gate_->Wait();
    return std::string(size_, 'x');
  }

 private:
  Gate* const gate_;
  const size_t size_;
};

class ServerTest : public testing::Test {
 protected:
  explicit ServerTest(Limits limits = {}) : limits_(limits) {}

  void SetUp() override {
    gate_.Open();
    const auto answer = [](absl::string_view request) -> database::Reply {
      return std::string(absl::StartsWith(request, "much") ? kMuch : 1, 'x');
    };
    std::vector<request::Method> methods = {
        {.descriptor =
             v1::GetClaimRequest::descriptor()->file()->service(0)->FindMethodByName("GetClaim"),
         .read =
             [this, answer](absl::string_view request, kv::Patience patience) {
               return absl::StartsWith(request, "wait") ? Wait(patience) : answer(request);
             }},
        {.descriptor =
             v1::GetClaimRequest::descriptor()->file()->service(0)->FindMethodByName("CreateClaim"),
         .write = [answer](absl::string_view request, const database::Caller&,
                           database::Done done) { done(answer(request)); }},
        {.descriptor =
             v1::ExportRequest::descriptor()->file()->service(0)->FindMethodByName("Export"),
         .stream = [this](absl::string_view request)
             -> absl::StatusOr<std::unique_ptr<request::Answers>> {
           const bool waits = absl::StartsWith(request, "wait");
           return std::make_unique<Pieces>(waits ? &closed_gate_ : &gate_, kMuch);
         }}};
    server_ = Server::Start(std::move(methods), &pool_,
                            {.listen = "127.0.0.1:0",
                             .limits = limits_,
                             .admission = std::make_shared<request::Admission>(
                                 request::AdmissionLimits{.request_memory = 64 * kMiB})})
                  .value();
  }
  void TearDown() override {
    closed_gate_.Open();
    server_.reset();
  }

  // Work that goes on until nobody waits for it.
  database::Reply Wait(kv::Patience patience) {
    if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    waits_ = true;
    for (int i = 0; i < 1000 && !IsCancelled(); ++i) std::this_thread::sleep_for(milliseconds(10));
    was_cancelled_ = IsCancelled();
    waits_ = false;
    return UnlessCancelled();
  }
  static bool Eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(milliseconds(10));
    return condition();
  }

  std::unique_ptr<Client> NewClient() { return std::make_unique<Client>(server_->address()); }
  static std::string Frame(absl::string_view message) {
    return absl::StrCat(std::string(4, '\0'), std::string(1, static_cast<char>(message.size())),
                        message);
  }

  const Limits limits_;
  Gate gate_;
  Gate closed_gate_;
  std::atomic<bool> waits_ = false;
  std::atomic<bool> was_cancelled_ = false;
  WorkerPool pool_{4, 64};
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, TheWorkOnALargeRequestEndsBeforeItsAnswerIsRead) {
  // 24 of the 32 MiB for such work.
  const std::string large = absl::StrCat("much", std::string(3 * kMiB, ' '));
  const auto slow = NewClient();
  slow->Post("ClaimService/CreateClaim", "proto", large);
  EXPECT_EQ(slow->Status(), "200");  // and no more is read
  const auto other = NewClient();
  other->Post("ClaimService/CreateClaim", "proto", std::string(3 * kMiB, ' '));
  EXPECT_EQ(other->Status(), "200");
}

TEST_F(ServerTest, AnswersThatNobodyReadsAreCounted) {
  auto slow = NewClient();
  slow->Post("ClaimService/GetClaim", "proto", "much");
  EXPECT_EQ(slow->Status(), "200");
  const auto other = NewClient();
  other->Post("ClaimService/GetClaim", "proto", "much");
  EXPECT_TRUE(absl::StrContains(other->ReadUntil("RetryInfo"), " 429 "));
  const auto writer = NewClient();
  writer->Post("ClaimService/CreateClaim", "proto", "much");
  EXPECT_EQ(writer->Status(), "200") << "it is done, so it is told";
  const auto small = NewClient();
  small->Post("ClaimService/GetClaim", "proto", "little");
  EXPECT_EQ(small->Status(), "200");
}

TEST_F(ServerTest, PiecesOfAStreamThatNobodyReadsAreCounted) {
  auto slow = NewClient();
  slow->Post("ExchangeService/Export", "connect+proto", Frame(""));
  EXPECT_EQ(slow->Status(), "200");
  slow->ReadUntil("xxx");
  auto other = NewClient();
  other->Post("ExchangeService/Export", "connect+proto", Frame(""));
  EXPECT_TRUE(absl::StrContains(other->ReadUntil("REQUEST_MEMORY"), "resource_exhausted"));
  slow.reset();  // and what it held is given back
  for (int i = 0; i < 100; ++i) {
    other = NewClient();
    other->Post("ExchangeService/Export", "connect+proto", Frame(""));
    if (!absl::StrContains(other->ReadUntil("xxx"), "resource_exhausted")) return;
    std::this_thread::sleep_for(milliseconds(50));
  }
  FAIL() << "nothing is given back";
}

TEST_F(ServerTest, AStreamEndsAtItsDeadlineWhateverGoesOnBehindIt) {
  const auto client = NewClient();
  client->Post("ExchangeService/Export", "connect+proto", Frame("wait"),
               "Connect-Timeout-Ms: 100\r\n");
  const std::string answer = client->ReadUntil("0\r\n\r\n");
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 200 "));
  EXPECT_TRUE(absl::StrContains(answer, "deadline_exceeded"));
  // The connection goes on, and what was made too late goes nowhere.
  closed_gate_.Open();
  client->Post("ClaimService/GetClaim", "proto", "little");
  EXPECT_EQ(client->Status(), "200");
}

TEST_F(ServerTest, AStreamIsRefusedInItsOwnForm) {
  const auto client = NewClient();
  client->Send(Client::Head("ExchangeService/Export", "connect+json", 17 * kMiB));
  const std::string answer = client->ReadUntil("}}");
  EXPECT_TRUE(absl::StartsWith(answer, "HTTP/1.1 200 ")) << answer;
  EXPECT_TRUE(absl::StrContains(answer, "Content-Type: application/connect+json")) << answer;
  EXPECT_TRUE(absl::StrContains(answer, R"({"error":{"code":"resource_exhausted")")) << answer;
}

TEST_F(ServerTest, WorkSeesThatItsClientWentAway) {
  auto client = NewClient();
  client->Post("ClaimService/GetClaim", "proto", "wait");
  ASSERT_TRUE(Eventually([this] { return waits_.load(); }));
  client.reset();
  ASSERT_TRUE(Eventually([this] { return !waits_.load(); }));
  EXPECT_TRUE(was_cancelled_);
}

TEST_F(ServerTest, WorkSeesThatItsDeadlinePassed) {
  const auto client = NewClient();
  client->Post("ClaimService/GetClaim", "proto", "wait", "Connect-Timeout-Ms: 200\r\n");
  EXPECT_EQ(client->Status(), "504");
  ASSERT_TRUE(Eventually([this] { return !waits_.load(); }));
  EXPECT_TRUE(was_cancelled_);
}

class SlowBodyTest : public ServerTest {
 protected:
  SlowBodyTest() : ServerTest({.body = milliseconds(500), .body_rate = 64 << 10}) {}
};

TEST_F(SlowBodyTest, ABodyThatOnlyTricklesIsNotWaitedFor) {
  const auto client = NewClient();
  client->Send(Client::Head("ClaimService/CreateClaim", "proto", 1000));
  int sent = 0;
  while (sent < 200 && client->Send("x")) {
    ++sent;
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_LT(sent, 200);
}

TEST_F(SlowBodyTest, OneThatComesSteadilyIs) {
  const auto client = NewClient();
  client->Send(Client::Head("ClaimService/CreateClaim", "proto", 5 * 256 << 10));
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(client->Send(std::string(256 << 10, 'x')));
    std::this_thread::sleep_for(milliseconds(300));
  }
  EXPECT_EQ(client->Status(), "200");
}

TEST_F(ServerTest, AnnouncedBodiesTakeNothing) {
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 20; ++i) {
    idle.push_back(NewClient());
    idle.back()->Send(Client::Head("ClaimService/CreateClaim", "proto", 16 * kMiB));
    idle.back()->Send(std::string(100 << 10, 'x'));
  }
  const auto client = NewClient();
  client->Post("ClaimService/CreateClaim", "proto", std::string(3 * kMiB, ' '));
  EXPECT_EQ(client->Status(), "200");
}

}  // namespace
}  // namespace headwater::gateway
