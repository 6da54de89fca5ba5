// A call that must wait never holds one of gRPC's threads; what is answered on the spot reads no
// file; and answers are complete however small the cache.
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/counting_engine.h"
#include "testing/make.h"
#include "testing/pending.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kWaiting = 64;
constexpr int kReads = 500;

// How long the `kReads` reads took, half of them each less than what is returned.
milliseconds ReadClaims(const Client& client, int count, milliseconds* slowest) {
  std::vector<milliseconds> took;
  for (int i = 0; i < kReads; ++i) {
    const auto begin = steady_clock::now();
    const auto answer = client.Call(
        &Claims::GetClaim, ClaimNamed(absl::StrCat("c", i % count)),
        [](grpc::ClientContext* context) {
          context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
        });
    took.push_back(std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin));
    EXPECT_TRUE(answer.ok()) << Show(answer.status);
    EXPECT_EQ(answer.message.name(), absl::StrCat("claims/c", i % count));
  }
  std::sort(took.begin(), took.end());
  *slowest = took.back();
  return took[took.size() / 2];
}

void MakeClaims(const Client& client, int count) {
  for (int i = 0; i < count; ++i) {
    const auto made = client.Call(&Claims::CreateClaim, NewClaim(absl::StrCat("c", i)));
    ASSERT_TRUE(made.ok()) << Show(made.status);
  }
}

// Cached reads while others wait are as quick as before, by a measure that a busy machine holds.
void ExpectReadsAsBefore(const Client& client, int count, milliseconds before) {
  milliseconds slowest;
  const milliseconds now = ReadClaims(client, count, &slowest);
  EXPECT_LE(now, before * 5 + milliseconds(5)) << "half of the reads";
  EXPECT_LT(slowest, std::chrono::seconds(10));
}

TEST(WaitingTest, ReadsThatWaitHoldUpNoCachedRead) {
  TestServer server({.threads = kWaiting});
  MakeClaims(server.client(), 60);
  milliseconds slowest;
  const milliseconds before = ReadClaims(server.client(), 60, &slowest);

  server.faults().read_gate().Close();
  std::vector<Client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(server.NewClient());
  std::vector<std::unique_ptr<Pending<v1::ListClaimsResponse>>> lists;
  v1::ListClaimsRequest every;
  every.set_page_size(1000);  // more rows than are answered on the spot
  for (int i = 0; i < kWaiting; ++i) lists.push_back(BeginList(clients[i % 4], every));
  ASSERT_TRUE(server.faults().read_gate().WaitFor(kWaiting, std::chrono::seconds(30)));

  ExpectReadsAsBefore(server.client(), 60, before);
  for (const auto& list : lists) EXPECT_FALSE(list->ended());

  server.faults().read_gate().Open();
  for (const auto& list : lists) {
    EXPECT_TRUE(list->Wait().ok()) << Show(list->Wait().status);
    EXPECT_EQ(list->Wait().message.claims_size(), 60);
  }
}

TEST(WaitingTest, MoreReadsThatWaitThanThePoolHasThreadsHoldUpNoCachedRead) {
  TestServer server({.threads = 2});
  MakeClaims(server.client(), 60);
  milliseconds slowest;
  const milliseconds before = ReadClaims(server.client(), 60, &slowest);
  server.faults().read_gate().Close();
  std::vector<std::unique_ptr<Pending<v1::ListClaimsResponse>>> lists;
  v1::ListClaimsRequest every;
  every.set_page_size(1000);
  for (int i = 0; i < kWaiting; ++i) lists.push_back(BeginList(server.client(), every));
  ASSERT_TRUE(server.faults().read_gate().WaitFor(2, std::chrono::seconds(30)));
  ExpectReadsAsBefore(server.client(), 60, before);
  server.faults().read_gate().Open();
  for (const auto& list : lists) EXPECT_EQ(list->Wait().message.claims_size(), 60);
}

TEST(WaitingTest, CommitsThatWaitHoldUpNoCachedRead) {
  TestServer server;
  MakeClaims(server.client(), 60);
  milliseconds slowest;
  const milliseconds before = ReadClaims(server.client(), 60, &slowest);

  server.faults().commit_gate().Close();
  std::vector<Client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(server.NewClient());
  std::vector<std::unique_ptr<Pending<v1::Claim>>> writes;
  for (int i = 0; i < kWaiting; ++i) {
    writes.push_back(BeginCreate(clients[i % 4], NewClaim(absl::StrCat("w", i))));
  }
  ASSERT_TRUE(server.faults().commit_gate().WaitFor(1, std::chrono::seconds(30)));

  ExpectReadsAsBefore(server.client(), 60, before);
  for (const auto& write : writes) EXPECT_FALSE(write->ended());
  EXPECT_EQ(server.head(), 60) << "nothing is seen before it is durable";

  server.faults().commit_gate().Open();
  for (const auto& write : writes) EXPECT_TRUE(write->Wait().ok()) << Show(write->Wait().status);
  EXPECT_EQ(server.head(), 60 + kWaiting);
}

// A read at the time of a commit under way must wait for it: in the pool.
TEST(WaitingTest, ReadsAtATimeThatWaitForACommitHoldUpNoCachedRead) {
  TestServer server({.threads = 2});
  MakeClaims(server.client(), 60);
  milliseconds slowest;
  const milliseconds before = ReadClaims(server.client(), 60, &slowest);
  server.faults().commit_gate().Close();
  const auto write = BeginCreate(server.client(), NewClaim("w"));
  ASSERT_TRUE(server.faults().commit_gate().WaitFor(1, std::chrono::seconds(30)));

  v1::ListClaimsRequest now;
  now.set_page_size(10);
  const int64_t micros = absl::ToUnixMicros(absl::Now());
  now.mutable_read()->mutable_time()->set_seconds(micros / 1'000'000);
  now.mutable_read()->mutable_time()->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
  std::vector<std::unique_ptr<Pending<v1::ListClaimsResponse>>> lists;
  for (int i = 0; i < kWaiting; ++i) lists.push_back(BeginList(server.client(), now));
  ExpectReadsAsBefore(server.client(), 60, before);
  for (const auto& list : lists) EXPECT_FALSE(list->ended());
  server.faults().commit_gate().Open();
  for (const auto& list : lists) EXPECT_TRUE(list->Wait().ok()) << Show(list->Wait().status);
  EXPECT_TRUE(write->Wait().ok());
}

// When no more can wait, the answer is "too many", at once, and says so to programs.
TEST(WaitingTest, APoolThatIsFullRefusesAndCachedReadsGoOn) {
  TestServer server({.threads = 1, .max_queued = 8});
  MakeClaims(server.client(), 60);
  server.faults().read_gate().Close();
  v1::ListClaimsRequest every;
  every.set_page_size(1000);
  std::vector<std::unique_ptr<Pending<v1::ListClaimsResponse>>> lists;
  lists.push_back(BeginList(server.client(), every));  // the one that runs; eight more may queue
  ASSERT_TRUE(server.faults().read_gate().WaitFor(1, std::chrono::seconds(30)));
  for (int i = 1; i < kWaiting; ++i) lists.push_back(BeginList(server.client(), every));
  EXPECT_TRUE(Eventually([&] {
    return std::count_if(lists.begin(), lists.end(),
                         [](const auto& list) { return list->ended(); }) == kWaiting - 9;
  }));
  milliseconds slowest;
  ReadClaims(server.client(), 60, &slowest);
  server.faults().read_gate().Open();
  int refused = 0;
  for (const auto& list : lists) {
    if (list->Wait().ok()) continue;
    ++refused;
    EXPECT_EQ(list->Wait().code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(ReasonOf(list->Wait().status), "SERVER_BUSY");
  }
  EXPECT_EQ(refused, kWaiting - 9);
}

// Text that does not compress away.
std::string Noise(int seed, size_t size) {
  std::string text;
  uint64_t state = 0x9E3779B97F4A7C15U * static_cast<uint64_t>(seed + 1);
  while (text.size() < size) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text.push_back(static_cast<char>('a' + (state >> 33) % 26));
  }
  return text;
}

constexpr int kClaims = 3000;

// Fills a store through the API: claims with an attribution each, one of them with a long chain.
void Fill(const Client& client) {
  ASSERT_TRUE(client.Call(&Sources::CreateSource, NewSource("s")).ok());
  ASSERT_TRUE(client.Call(&Documents::CreateDocument, NewDocument("d", "s")).ok());
  v1::BatchCreateClaimsRequest claims;
  v1::BatchCreateAttributionsRequest attributions;
  for (int i = 0; i < kClaims; ++i) {
    *claims.add_requests() = NewClaim(absl::StrCat("c", i), Noise(i, 1500));
    *attributions.add_requests() = NewAttribution(absl::StrCat("c", i), "s", "d");
  }
  for (int i = 0; i < 200; ++i) {
    v1::CreateAttributionRequest* link = attributions.add_requests();
    *link = NewAttribution("c0", "s", "d", i == 0 ? "" : absl::StrCat("link", i - 1));
    link->set_attribution_id(absl::StrCat("link", i));
  }
  const auto made = client.Call(&Claims::BatchCreateClaims, claims);
  ASSERT_TRUE(made.ok()) << Show(made.status);
  const auto told = client.Call(&Attributions::BatchCreateAttributions, attributions);
  ASSERT_TRUE(told.ok()) << Show(told.status);
}

// What the store holds, claims by name.
std::map<std::string, std::string> ListAll(const Client& client, int page_size) {
  std::map<std::string, std::string> all;
  v1::ListClaimsRequest request;
  request.set_page_size(page_size);
  do {
    const auto page = client.Call(&Claims::ListClaims, request);
    EXPECT_TRUE(page.ok()) << Show(page.status);
    for (const v1::Claim& claim : page.message.claims()) {
      EXPECT_TRUE(all.emplace(claim.name(), claim.SerializeAsString()).second) << claim.name();
    }
    request.set_page_token(page.message.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

v1::TraceClaimResponse Trace(const Client& client, const std::string& id) {
  v1::TraceClaimRequest request;
  request.set_name(absl::StrCat("claims/", id));
  const auto answer = client.Call(&Provenance::TraceClaim, request);
  EXPECT_TRUE(answer.ok()) << Show(answer.status);
  return answer.message;
}

class ColdTest : public ::testing::Test {
 protected:
  // Fills a store with a cache for all of it, and notes what it answers.
  void SetUp() override {
    TestServer server({.engine = OpenStore(directory_)});
    Fill(server.client());
    expected_ = ListAll(server.client(), 1000);
    trace_ = Trace(server.client(), "c0").SerializeAsString();
    ASSERT_EQ(expected_.size(), static_cast<size_t>(kClaims));
  }

  // The same store under a cache far smaller than it: some 5 MB of rows.
  std::shared_ptr<CountingEngine> Reopen() const {
    return std::make_shared<CountingEngine>(
        OpenStore(directory_, {.block_cache_bytes = 256 << 10}));
  }

  TemporaryDirectory directory_;
  std::map<std::string, std::string> expected_;
  std::string trace_;
};

TEST_F(ColdTest, EveryAnswerIsCompleteAndNothingOnTheSpotReadAFile) {
  const std::shared_ptr<CountingEngine> engine = Reopen();
  TestServer server({.engine = engine});
  for (const int page_size : {7, 50, 51, 1000}) {
    EXPECT_EQ(ListAll(server.client(), page_size), expected_) << page_size;
  }
  v1::BatchGetClaimsRequest small, large;
  for (int i = 0; i < kClaims; ++i) {
    const std::string name = absl::StrCat("claims/c", (i * 1237) % kClaims);
    v1::GetClaimRequest get;
    get.set_name(name);
    const auto one = server.client().Call(&Claims::GetClaim, get);
    ASSERT_TRUE(one.ok()) << Show(one.status);
    EXPECT_EQ(one.message.SerializeAsString(), expected_[name]);
    if (i < 40) small.add_names(name);
    if (i < 1000) large.add_names(name);
  }
  for (const auto& request : {small, large}) {
    const auto batch = server.client().Call(&Claims::BatchGetClaims, request);
    ASSERT_TRUE(batch.ok()) << Show(batch.status);
    ASSERT_EQ(batch.message.claims_size(), request.names_size());
    for (int i = 0; i < request.names_size(); ++i) {
      EXPECT_EQ(batch.message.claims(i).SerializeAsString(), expected_[request.names(i)]);
    }
  }
  EXPECT_EQ(Trace(server.client(), "c0").SerializeAsString(), trace_);
  EXPECT_EQ(engine->costs().blocks_on_the_spot, 0U) << "an answer on the spot read a file";
  EXPECT_EQ(engine->costs().blocks_before_refusal, 0U);
  EXPECT_GT(engine->costs().blocks_patiently, 500U) << "the cache was not too small";
  EXPECT_GT(engine->costs().refused, 500U);
}

TEST_F(ColdTest, WhatIsReadAgainIsAnsweredOnTheSpotWithoutAFile) {
  const std::shared_ptr<CountingEngine> engine = Reopen();
  TestServer server({.engine = engine});
  const auto get = [&] {
    const auto one = server.client().Call(&Claims::GetClaim, ClaimNamed("c7"));
    EXPECT_EQ(one.message.SerializeAsString(), expected_["claims/c7"]);
  };
  get();
  EXPECT_GT(engine->costs().blocks_patiently, 0U);
  const uint64_t patiently = engine->costs().blocks_patiently;
  const uint64_t on_the_spot = engine->costs().answered_on_the_spot;
  for (int i = 0; i < 200; ++i) get();
  EXPECT_EQ(engine->costs().blocks_patiently, patiently);
  EXPECT_EQ(engine->costs().blocks_on_the_spot, 0U);
  EXPECT_GE(engine->costs().answered_on_the_spot, on_the_spot + 400);
}

// Writes prepare on gRPC's threads too.
TEST_F(ColdTest, WritesOverAColdStoreReadNoFileOnTheSpot) {
  const std::shared_ptr<CountingEngine> engine = Reopen();
  TestServer server({.engine = engine});
  for (int i = 0; i < 300; ++i) {
    v1::UpdateClaimRequest request;
    request.mutable_claim()->set_name(absl::StrCat("claims/c", i * 7));
    request.mutable_claim()->set_note("changed");
    const auto answer = server.client().Call(&Claims::UpdateClaim, request);
    ASSERT_TRUE(answer.ok()) << Show(answer.status);
    EXPECT_EQ(answer.message.note(), "changed");
    EXPECT_EQ(answer.message.text(), Noise(i * 7, 1500));
  }
  EXPECT_EQ(engine->costs().blocks_on_the_spot, 0U);
  EXPECT_GT(engine->costs().blocks_patiently, 100U);
}

}  // namespace
}  // namespace headwater::integration
