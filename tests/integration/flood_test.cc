// Many connections that send the largest requests at once: each is answered by a status, the server
// holds what it may, and others are answered meanwhile. HEADWATER_LONG=1: with 200 connections.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr char kBatchCreate[] = "/headwater.v1.ClaimService/BatchCreateClaims";

// What this process holds now.
size_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  size_t total = 0;
  size_t resident = 0;
  file >> total >> resident;
  return resident * 4096;
}

// A batch of nearly 16 MiB.
std::string LargestBatch() {
  v1::BatchCreateClaimsRequest batch;
  while (batch.ByteSizeLong() < (16 << 20) - 300'000) {
    for (int i = 0; i < 50; ++i) *batch.add_requests() = NewClaim("", std::string(5000, 'a'));
  }
  return batch.SerializeAsString();
}

// A batch sent over a connection of its own; many share the bytes.
class Upload {
 public:
  Upload(const std::string& address, const grpc::ByteBuffer& bytes)
      : client_(address), stub_(client_.channel()), request_(bytes) {
    stub_.UnaryCall(&context_, kBatchCreate, grpc::StubOptions(), &request_, &response_,
                    [this](grpc::Status status) { done_.set_value(std::move(status)); });
  }
  grpc::Status Wait() { return done_.get_future().get(); }

 private:
  const Client client_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::promise<grpc::Status> done_;
};

// Reads a claim over and over, and notes the most that the process held.
class Watcher {
 public:
  explicit Watcher(const TestServer& server) : client_(server.NewClient()) {
    EXPECT_TRUE(client_.Call(&Claims::GetClaim, ClaimNamed("victim")).ok());
    thread_ = std::thread([this] { Run(); });
  }
  ~Watcher() { Stop(); }

  void Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  size_t peak() const { return peak_; }
  milliseconds slowest() const { return slowest_; }
  int reads() const { return reads_; }

 private:
  void Run() {
    while (!stop_) {
      const auto begin = steady_clock::now();
      const auto get = client_.Call(&Claims::GetClaim, ClaimNamed("victim"));
      EXPECT_TRUE(get.ok()) << Show(get.status);
      const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
      slowest_ = std::max(slowest_, took);
      peak_ = std::max(peak_, ResidentBytes());
      ++reads_;
      std::this_thread::sleep_for(milliseconds(2));
    }
  }

  const Client client_;
  std::atomic<bool> stop_ = false;
  size_t peak_ = 0;
  milliseconds slowest_{0};
  int reads_ = 0;
  std::thread thread_;
};

TEST(FloodTest, TheLargestRequestsFromManyConnections) {
  const bool is_long = std::getenv("HEADWATER_LONG") != nullptr;
  TestServer server;
  ASSERT_TRUE(server.client().Call(&Claims::CreateClaim, NewClaim("victim")).ok());
  const std::string batch = LargestBatch();
  const grpc::Slice slice(batch.data(), batch.size(), grpc::Slice::STATIC_SLICE);
  const grpc::ByteBuffer bytes(&slice, 1);
  const size_t before = ResidentBytes();
  Watcher watcher(server);
  int made = 0;
  int refused = 0;
  {
    std::deque<Upload> uploads;
    for (int i = 0; i < (is_long ? 200 : 40); ++i) uploads.emplace_back(server.address(), bytes);
    for (Upload& upload : uploads) {
      const grpc::Status status = upload.Wait();
      if (status.ok()) {
        ++made;
        continue;
      }
      ++refused;
      EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << Show(status);
      EXPECT_EQ(ReasonOf(status), "REQUEST_MEMORY") << Show(status);
      EXPECT_GT(DetailOf<google::rpc::RetryInfo>(status).retry_delay().nanos(), 0);
    }
  }
  watcher.Stop();
  EXPECT_GT(made, 0);
  EXPECT_GT(watcher.reads(), 10);
  // By measures that a machine busy with the uploads holds.
  EXPECT_LT(watcher.slowest(), std::chrono::seconds(10));
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed
  EXPECT_LT(watcher.peak() - before, size_t{1} << 30);
#endif
  RecordProperty("made", made);
  RecordProperty("refused", refused);
  RecordProperty("peak_mib", static_cast<int>((watcher.peak() - before) >> 20));
  RecordProperty("slowest_ms", static_cast<int>(watcher.slowest().count()));
  const auto next = server.client().Call(&Claims::CreateClaim, NewClaim("afterwards"));
  EXPECT_TRUE(next.ok()) << Show(next.status);
}

// The reason is stored with each: 9,000 times 8,000 bytes.
TEST(FloodTest, ADeletionOfTooMuchIsRefused) {
  TestServer server;
  const Client& client = server.client();
  ASSERT_TRUE(client.Call(&Claims::CreateClaim, NewClaim("c")).ok());
  ASSERT_TRUE(client.Call(&Sources::CreateSource, NewSource("s")).ok());
  ASSERT_TRUE(client.Call(&Documents::CreateDocument, NewDocument("d", "s")).ok());
  v1::BatchCreateAttributionsRequest batch;
  for (int i = 0; i < 9000; ++i) {
    *batch.add_requests() = NewAttribution("c", "s", "d");
    batch.mutable_requests(i)->set_attribution_id(absl::StrCat("a", i));
  }
  ASSERT_TRUE(client.Call(&Attributions::BatchCreateAttributions, batch).ok());
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c");
  remove.set_force(true);
  for (int i = 0; i < 2000; ++i) remove.mutable_reason()->append("\xf0\x9f\x93\xb0");
  const auto refused = client.Call(&Claims::DeleteClaim, remove);
  EXPECT_EQ(refused.code(), grpc::StatusCode::FAILED_PRECONDITION) << Show(refused.status);
  EXPECT_EQ(ReasonOf(refused.status), "TOO_MUCH_WITH_CHILDREN");
  remove.set_reason("A short one.");
  const auto deleted = client.Call(&Claims::DeleteClaim, remove);
  EXPECT_TRUE(deleted.ok()) << Show(deleted.status);
  v1::UndeleteClaimRequest undelete;
  undelete.set_name("claims/c");
  const auto undeleted = client.Call(&Claims::UndeleteClaim, undelete);
  EXPECT_TRUE(undeleted.ok()) << Show(undeleted.status);
  v1::ListAttributionsRequest list;
  list.set_parent("claims/c");
  list.set_page_size(1000);
  int listed = 0;
  do {
    const auto page = client.Call(&Attributions::ListAttributions, list);
    ASSERT_TRUE(page.ok()) << Show(page.status);
    listed += page.message.attributions_size();
    list.set_page_token(page.message.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(listed, 9000);
}

}  // namespace
}  // namespace headwater::integration
