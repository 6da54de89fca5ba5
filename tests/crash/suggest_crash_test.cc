// Kills the server between claims and what it suggests of them, again and again on one data
// directory, and makes its index anew in between. In the end every pair of claims that say the same
// has been suggested once, what people decided on is as they left it, and nothing else is in the
// log.
//
// HEADWATER_SEED picks the moments.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "headwater/v1/relation_service.grpc.pb.h"
#include "server_process.h"

namespace headwater::crash {
namespace {

constexpr int kRounds = 6;
constexpr int kPairs = 400;  // a round

class SuggestCrashTest : public ::testing::Test {
 protected:
  SuggestCrashTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("headwater-suggest-crash-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
    const char* given = std::getenv("HEADWATER_SEED");
    random_.seed(given == nullptr ? 20252u : static_cast<uint32_t>(std::atoi(given)));
  }
  ~SuggestCrashTest() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  std::string data() const { return directory_ / "data"; }

  void Connect(const ServerProcess& server) {
    const auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
    claims_ = v1::ClaimService::NewStub(channel);
    relations_ = v1::RelationService::NewStub(channel);
  }

  // Pairs that say the same, in one request.
  void WritePairs() {
    v1::BatchCreateClaimsRequest request;
    for (int i = 0; i < kPairs; ++i, ++pairs_) {
      for (const char* mark : {"", "!"}) {
        v1::CreateClaimRequest* const one = request.add_requests();
        one->set_claim_id("c-" + std::to_string(pairs_) + (*mark == '!' ? "-b" : "-a"));
        one->mutable_claim()->set_text("Bridge number " + std::to_string(pairs_) +
                                       " across river Styx is closed to lorries" + mark);
        one->mutable_claim()->set_language("en");
        one->mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
      }
    }
    grpc::ClientContext context;
    v1::BatchCreateClaimsResponse response;
    const grpc::Status status = claims_->BatchCreateClaims(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    written_ += request.requests_size();
  }

  // All there are or were; `head` is the last sequence.
  std::vector<v1::Relation> List(int64_t* head) {
    std::vector<v1::Relation> all;
    v1::ListRelationsRequest request;
    request.set_parent("claims/-");
    request.set_page_size(1000);
    request.set_show_deleted(true);
    do {
      grpc::ClientContext context;
      v1::ListRelationsResponse page;
      const grpc::Status status = relations_->ListRelations(&context, request, &page);
      EXPECT_TRUE(status.ok()) << status.error_message();
      all.insert(all.end(), page.relations().begin(), page.relations().end());
      *head = page.read_sequence();
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  // Until there is one that nobody decided on.
  void WaitForSuggestion() {
    int64_t head = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (List(&head).size() <= decided_.size() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }

  // Refuses, confirms or deletes one that nobody decided on, where there is one.
  void DecideOnOne(const std::vector<v1::Relation>& relations) {
    const auto found =
        std::find_if(relations.begin(), relations.end(),
                     [&](const v1::Relation& one) { return !decided_.contains(one.name()); });
    if (found == relations.end()) return;
    grpc::ClientContext context;
    v1::Relation decided;
    grpc::Status status;
    if (random_() % 3 == 0) {
      v1::DeleteRelationRequest request;
      request.set_name(found->name());
      request.set_reason("noise");
      status = relations_->DeleteRelation(&context, request, &decided);
    } else {
      v1::UpdateRelationRequest request;
      const bool refuses = random_() % 2 == 0;
      request.mutable_relation()->set_name(found->name());
      request.mutable_relation()->set_state(refuses ? v1::RELATION_STATE_REFUSED
                                                    : v1::RELATION_STATE_CONFIRMED);
      (refuses ? request.mutable_relation()->mutable_refused_by()
               : request.mutable_relation()->mutable_confirmed_by())
          ->assign("Lan");
      status = relations_->UpdateRelation(&context, request, &decided);
    }
    ASSERT_TRUE(status.ok()) << status.error_message();
    decided_[found->name()] = decided.sequence();
    ++written_;
  }

  const std::filesystem::path directory_;  // kept for a look where the test fails
  std::mt19937 random_;
  std::unique_ptr<v1::ClaimService::Stub> claims_;
  std::unique_ptr<v1::RelationService::Stub> relations_;
  int pairs_ = 0;
  int64_t written_ = 0;                     // entries of the log, without what is suggested
  std::map<std::string, int64_t> decided_;  // names, and their last revisions
};

TEST_F(SuggestCrashTest, EveryPairIsSuggestedOnce) {
  int cut = 0;  // rounds in which something was left to be suggested
  int64_t head = 0;
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    {
      ServerProcess server(data(), "127.0.0.1:0", /*suggest=*/true);
      Connect(server);
      // On a machine that is slow enough no server lives to suggest anything, unless it is given
      // the time.
      if (round % 2 == 1) WaitForSuggestion();
      DecideOnOne(List(&head));
      WritePairs();
      std::this_thread::sleep_for(
          std::chrono::microseconds(random_() % (round % 2 == 1 ? 20'000 : 500'000)));
      cut += List(&head).size() < static_cast<size_t>(pairs_) ? 1 : 0;
      server.Kill();
    }
    const std::string output = directory_ / "offline.log";
    if (round % 2 == 1) {
      ASSERT_EQ(RunToEnd({HEADWATERD, "rebuild", "--data-dir", data(), "search"}, output), 0);
    }
    ASSERT_EQ(RunToEnd({HEADWATERD, "check", "--data-dir", data()}, output), 0);
  }
  EXPECT_GT(cut, 0) << "the server was never killed before it had suggested all";
  ServerProcess server(data(), "127.0.0.1:0", /*suggest=*/true);
  Connect(server);
  std::vector<v1::Relation> relations;
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(5);
  while ((relations = List(&head)).size() < static_cast<size_t>(pairs_) &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  // Time for one that should not come.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  relations = List(&head);
  EXPECT_EQ(head, written_ + pairs_);
  ASSERT_EQ(relations.size(), static_cast<size_t>(pairs_));
  for (const v1::Relation& relation : relations) {
    const std::string claim = relation.name().substr(0, relation.name().find("/relations/"));
    ASSERT_TRUE(claim.ends_with("-a")) << claim;
    EXPECT_EQ(relation.target(), claim.substr(0, claim.size() - 1) + "b");
    const auto decided = decided_.find(relation.name());
    if (decided == decided_.end()) {
      EXPECT_EQ(relation.state(), v1::RELATION_STATE_SUGGESTED);
    } else {
      EXPECT_EQ(relation.sequence(), decided->second);
    }
  }
  EXPECT_GT(decided_.size(), 0u);
  std::printf("%d deaths, %d of them before all was suggested; %zu decided on\n", kRounds, cut,
              decided_.size());
}

}  // namespace
}  // namespace headwater::crash
