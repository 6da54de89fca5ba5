// What can go wrong with a write, and what a client that sends it again is told: request ids, full
// disks, failed syncs, shutdowns.
#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/pending.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;

v1::CreateClaimRequest WithRequestId(v1::CreateClaimRequest request, const std::string& id) {
  request.set_request_id(id);
  return request;
}

class RetryTest : public ::testing::Test {
 protected:
  Answer<v1::Claim> Create(const v1::CreateClaimRequest& request,
                           const Client::Prepare& prepare = {}) {
    return server_.client().Call(&Claims::CreateClaim, request, prepare);
  }
  int CountClaims() {
    v1::ListClaimsRequest every;
    every.set_page_size(1000);
    const auto list = server_.client().Call(&Claims::ListClaims, every);
    EXPECT_TRUE(list.ok()) << Show(list.status);
    return list.message.claims_size();
  }

  TestServer server_;
};

TEST_F(RetryTest, ARetryReturnsTheFirstAnswerEvenAfterChangesAndARestart) {
  const v1::CreateClaimRequest request = WithRequestId(NewClaim(""), "retry-1");
  const auto first = Create(request);
  ASSERT_TRUE(first.ok()) << Show(first.status);
  EXPECT_EQ(Create(request).message.DebugString(), first.message.DebugString());
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name(first.message.name());
  update.mutable_claim()->set_note("changed since");
  ASSERT_TRUE(server_.client().Call(&Claims::UpdateClaim, update).ok());
  server_.Restart();
  const auto again = Create(request);
  ASSERT_TRUE(again.ok()) << Show(again.status);
  EXPECT_EQ(again.message.DebugString(), first.message.DebugString());
  EXPECT_EQ(CountClaims(), 1);
}

TEST_F(RetryTest, ABatchIsAnsweredAgainWhole) {
  ASSERT_TRUE(Create(NewClaim("c1")).ok());
  v1::BatchCreateClaimsRequest batch;
  batch.set_request_id("batch");
  for (int i = 0; i < 3; ++i) {
    *batch.add_requests() = NewClaim(absl::StrCat("c", i));
    batch.mutable_requests(i)->set_accept_identical(true);
  }
  const auto first = server_.client().Call(&Claims::BatchCreateClaims, batch);
  ASSERT_TRUE(first.ok()) << Show(first.status);
  EXPECT_EQ(first.message.unchanged_count(), 1);
  server_.Restart();
  const auto again = server_.client().Call(&Claims::BatchCreateClaims, batch);
  EXPECT_EQ(again.message.DebugString(), first.message.DebugString());
}

TEST_F(RetryTest, ADeletionIsAnsweredAgain) {
  ASSERT_TRUE(Create(NewClaim("c")).ok());
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c");
  remove.set_reason("for the test");
  remove.set_request_id("deletion");
  const auto first = server_.client().Call(&Claims::DeleteClaim, remove);
  const auto again = server_.client().Call(&Claims::DeleteClaim, remove);
  ASSERT_TRUE(again.ok()) << Show(again.status);
  EXPECT_EQ(again.message.DebugString(), first.message.DebugString());
}

TEST_F(RetryTest, AnIdUsedForAnotherRequestIsRefused) {
  ASSERT_TRUE(Create(WithRequestId(NewClaim("c"), "once")).ok());
  const std::string rows = server_.Rows();
  const auto other = Create(WithRequestId(NewClaim("k"), "once"));
  EXPECT_EQ(other.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(other.status), ElementsAre("request_id"));
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
  // Another principal's ids are its own, and so are another method's.
  EXPECT_TRUE(Create(WithRequestId(NewClaim("k"), "once"), [](grpc::ClientContext* context) {
                context->AddMetadata("headwater-actor", "somebody else");
              }).ok());
  v1::CreateSourceRequest source = NewSource("s");
  source.set_request_id("once");
  EXPECT_TRUE(server_.client().Call(&Sources::CreateSource, source).ok());
}

TEST_F(RetryTest, ARequestThatWasRefusedMayBeMendedUnderItsId) {
  ASSERT_TRUE(Create(NewClaim("c")).ok());
  EXPECT_EQ(Create(WithRequestId(NewClaim("c"), "mend")).code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_TRUE(Create(WithRequestId(NewClaim("k"), "mend")).ok());
}

TEST_F(RetryTest, AcceptIdenticalTakesTheSameForMadeAndNothingElse) {
  const auto first = Create(NewClaim("c"));
  v1::CreateClaimRequest again = NewClaim("c");
  again.set_accept_identical(true);
  const std::string rows = server_.Rows();
  EXPECT_EQ(Create(again).message.DebugString(), first.message.DebugString());
  again.mutable_claim()->set_note("differs");
  EXPECT_EQ(Create(again).code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_TRUE(server_.Rows() == rows) << "something was written";
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c");
  remove.set_reason("for the test");
  ASSERT_TRUE(server_.client().Call(&Claims::DeleteClaim, remove).ok());
  again.mutable_claim()->clear_note();
  EXPECT_EQ(Create(again).code(), grpc::StatusCode::ALREADY_EXISTS) << "a deleted one is not taken";
}

TEST_F(RetryTest, OneInFlightIsJoined) {
  server_.faults().commit_gate().Close();
  std::vector<std::unique_ptr<Pending<v1::Claim>>> same;
  for (int i = 0; i < 20; ++i) {
    same.push_back(BeginCreate(server_.client(), WithRequestId(NewClaim(""), "same")));
  }
  ASSERT_TRUE(server_.faults().commit_gate().WaitFor(1, std::chrono::seconds(30)));
  const auto other = Create(WithRequestId(NewClaim("k"), "same"));
  EXPECT_EQ(other.code(), grpc::StatusCode::INVALID_ARGUMENT);
  server_.faults().commit_gate().Open();
  for (const auto& one : same) {
    EXPECT_TRUE(one->Wait().ok()) << Show(one->Wait().status);
    EXPECT_EQ(one->Wait().message.name(), same.front()->Wait().message.name());
  }
  EXPECT_EQ(CountClaims(), 1);
}

// The first who sent it gave up; whoever sent it again has not.
TEST_F(RetryTest, ARetryIsNotDroppedWithTheCallThatItRetries) {
  for (const bool cancel : {true, false}) {
    const std::string id = cancel ? "cancelled" : "late";
    server_.faults().commit_gate().Close();
    const auto blocker = BeginCreate(server_.client(), NewClaim(absl::StrCat("blocker-", id)));
    ASSERT_TRUE(server_.faults().commit_gate().WaitFor(1, std::chrono::seconds(30)));
    const auto first = BeginCreate(
        server_.client(), WithRequestId(NewClaim(id), id), [cancel](grpc::ClientContext* context) {
          if (cancel) return;
          context->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
        });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto again = BeginCreate(server_.client(), WithRequestId(NewClaim(id), id));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (cancel) first->Cancel();
    EXPECT_FALSE(first->Wait().ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    server_.faults().commit_gate().Open();
    EXPECT_TRUE(again->Wait().ok()) << id << ": " << Show(again->Wait().status);
    EXPECT_TRUE(blocker->Wait().ok());
  }
}

TEST_F(RetryTest, AWriteGivenUpBeforeItWasSequencedIsNotMade) {
  server_.faults().commit_gate().Close();
  const auto blocker = BeginCreate(server_.client(), NewClaim("blocker"));
  ASSERT_TRUE(server_.faults().commit_gate().WaitFor(1, std::chrono::seconds(30)));
  std::vector<std::unique_ptr<Pending<v1::Claim>>> storm;
  for (int i = 0; i < 200; ++i) {
    storm.push_back(BeginCreate(server_.client(), NewClaim(absl::StrCat("w", i))));
  }
  for (const auto& one : storm) one->Cancel();
  for (const auto& one : storm) EXPECT_EQ(one->Wait().code(), grpc::StatusCode::CANCELLED);
  // Cancellations travel on the connection before this call does.
  EXPECT_EQ(CountClaims(), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  server_.faults().commit_gate().Open();
  EXPECT_TRUE(blocker->Wait().ok());
  EXPECT_TRUE(Create(NewClaim("after")).ok());
  EXPECT_EQ(CountClaims(), 2);
}

TEST_F(RetryTest, AFullDiskIsSaidReadsGoOnAndWritesReturnWithRoom) {
  ASSERT_TRUE(Create(NewClaim("c")).ok());
  server_.faults().FillUpAfter(0);
  for (int i = 0; i < 3; ++i) {
    const auto full = Create(NewClaim("k"));
    EXPECT_EQ(full.code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << Show(full.status);
    EXPECT_EQ(ReasonOf(full.status), "STORE_FULL");
    EXPECT_EQ(CountClaims(), 1);
  }
  server_.faults().MakeRoom(1 << 20);
  EXPECT_TRUE(Eventually([&] { return Create(NewClaim("k")).ok(); }));
  EXPECT_EQ(CountClaims(), 2);
}

TEST_F(RetryTest, AFailedSyncHasAnUnknownOutcomeAndARetryIsAnsweredRight) {
  int made = 0;
  for (const auto landed : {kv::FaultEngine::Landed::kNo, kv::FaultEngine::Landed::kYes}) {
    for (const int failed_recoveries : {0, 2}) {
      const std::string id = absl::StrCat("c", made);
      const v1::CreateClaimRequest request = WithRequestId(NewClaim(id), id);
      server_.faults().FailCommit(1, landed);
      server_.faults().FailRecover(failed_recoveries);
      const auto first = Create(request);
      // Where recovery told at once what became of it, the answer may be the outcome itself.
      const bool told = failed_recoveries == 0 && landed == kv::FaultEngine::Landed::kYes;
      if (told) {
        EXPECT_TRUE(first.ok()) << Show(first.status);
      } else {
        EXPECT_EQ(first.code(), grpc::StatusCode::UNAVAILABLE) << Show(first.status);
        EXPECT_EQ(ReasonOf(first.status),
                  failed_recoveries == 0 ? "NOT_WRITTEN" : "OUTCOME_UNKNOWN");
      }
      EXPECT_TRUE(Eventually([&] { return Create(request).ok(); }));
      const auto again = Create(request);
      EXPECT_EQ(again.message.name(), absl::StrCat("claims/", id));
      EXPECT_EQ(CountClaims(), ++made);
    }
  }
}

// Requests keep coming while the store fails and recovers: each is made once or not at all.
TEST_F(RetryTest, UnderFailuresEveryRequestIsMadeOnce) {
  constexpr int kWriters = 8;
  constexpr int kEach = 25;
  std::atomic<bool> done = false;
  std::thread trouble([&] {
    for (int i = 0; !done; ++i) {
      server_.faults().FailRecover(i % 3 == 0 ? 1 : 0);
      server_.faults().FailCommit(
          3, i % 2 == 0 ? kv::FaultEngine::Landed::kYes : kv::FaultEngine::Landed::kNo);
      std::this_thread::sleep_for(std::chrono::milliseconds(15));
    }
  });
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      const Client client = server_.NewClient();
      for (int i = 0; i < kEach; ++i) {
        const v1::CreateClaimRequest request =
            WithRequestId(NewClaim(""), absl::StrCat("w", w, "-", i));
        std::string name;
        for (int tries = 0; tries < 2000 && name.empty(); ++tries) {
          const auto answer = client.Call(&Claims::CreateClaim, request);
          if (answer.ok()) {
            name = answer.message.name();
          } else {
            EXPECT_EQ(answer.code(), grpc::StatusCode::UNAVAILABLE) << Show(answer.status);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
          }
        }
        EXPECT_NE(name, "");
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  trouble.join();
  EXPECT_EQ(CountClaims(), kWriters * kEach);
}

TEST_F(RetryTest, AShutdownWhileWritersWriteLosesNothingAcknowledged) {
  std::atomic<bool> down = false;
  std::vector<std::set<std::string>> made(8);
  std::vector<std::thread> writers;
  for (size_t w = 0; w < made.size(); ++w) {
    writers.emplace_back([&, w] {
      const Client client = server_.NewClient();
      for (int i = 0; !down; ++i) {
        const auto answer =
            client.Call(&Claims::CreateClaim, NewClaim(absl::StrCat("w", w, "-", i)));
        if (answer.ok()) made[w].insert(answer.message.name());
        if (answer.code() == grpc::StatusCode::UNAVAILABLE) break;
      }
    });
  }
  EXPECT_TRUE(Eventually([&] { return server_.head() > 200; }));
  server_.Restart();
  down = true;
  for (std::thread& writer : writers) writer.join();
  size_t acknowledged = 0;
  for (const auto& names : made) {
    for (const std::string& name : names) {
      v1::GetClaimRequest get;
      get.set_name(name);
      EXPECT_TRUE(server_.client().Call(&Claims::GetClaim, get).ok()) << name;
      ++acknowledged;
    }
  }
  EXPECT_GT(acknowledged, 190U);
}

// A slow disk under the grace: what was sent before the shutdown is answered.
TEST_F(RetryTest, AShutdownWaitsForWritesInFlight) {
  server_.faults().commit_gate().Delay(std::chrono::milliseconds(300));
  std::vector<std::unique_ptr<Pending<v1::Claim>>> writes;
  for (int i = 0; i < 20; ++i) {
    writes.push_back(BeginCreate(server_.client(), NewClaim(absl::StrCat("c", i))));
  }
  EXPECT_TRUE(Eventually([&] { return server_.head() > 0; }));
  const Client old = server_.client();  // its calls are still open
  server_.Restart();
  size_t acknowledged = 0;
  for (int i = 0; i < 20; ++i) {
    const Answer<v1::Claim>& answer = writes[i]->Wait();
    const bool there =
        server_.client().Call(&Claims::GetClaim, ClaimNamed(absl::StrCat("c", i))).ok();
    if (answer.ok()) {
      EXPECT_TRUE(there) << i;
      ++acknowledged;
    } else {
      EXPECT_EQ(answer.code(), grpc::StatusCode::UNAVAILABLE) << Show(answer.status);
    }
  }
  EXPECT_GT(acknowledged, 0U);
}

}  // namespace
}  // namespace headwater::integration
