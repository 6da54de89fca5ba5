// Kills the server while it indexes what was just written, again and again on one data directory.
// After each death the index is sound as far as it went, no shorter than it was seen to be, and the
// next server goes on from there.
//
// HEADWATER_SEED picks the moments.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>

#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "headwater/v1/provenance_service.grpc.pb.h"
#include "server_process.h"

namespace headwater::crash {
namespace {

constexpr int kRounds = 4;
constexpr int kBatch = 1500;

class SearchCrashTest : public ::testing::Test {
 protected:
  SearchCrashTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("headwater-search-crash-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~SearchCrashTest() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  std::string data() const { return directory_ / "data"; }

  nlohmann::json Check() {
    const std::string output = directory_ / "check.json";
    std::filesystem::remove(output);
    const int code =
        RunToEnd({HEADWATERD, "check", "--data-dir", data(), "--output", "json"}, output);
    std::ifstream file(output);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(code, 0) << text;
    return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  }

  // Points elsewhere for each number.
  static v1::Embedding VectorOf(int number) {
    std::mt19937 random(static_cast<uint32_t>(number));
    v1::Embedding embedding;
    embedding.set_model("m");
    embedding.set_dimensions(16);
    for (int i = 0; i < embedding.dimensions(); ++i)
      embedding.add_values(static_cast<float>(random() % 2001) - 1000);
    return embedding;
  }

  // Makes claims in one request; the sequence of the last.
  int64_t Write(const std::shared_ptr<grpc::Channel>& channel) {
    v1::BatchCreateClaimsRequest request;
    for (int i = 0; i < kBatch; ++i, ++made_) {
      v1::CreateClaimRequest* const one = request.add_requests();
      one->set_claim_id("c-" + std::to_string(made_));
      one->mutable_claim()->set_text("Bridge number " + std::to_string(made_) + " across river " +
                                     std::to_string(made_ % 97) + " is closed");
      one->mutable_claim()->set_language("en");
      one->mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
      if (made_ % 3 == 0) *one->mutable_claim()->add_embeddings() = VectorOf(made_);
    }
    grpc::ClientContext context;
    v1::BatchCreateClaimsResponse response;
    const grpc::Status status =
        v1::ClaimService::NewStub(channel)->BatchCreateClaims(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.claims_size() == 0 ? 0 : response.claims().rbegin()->sequence();
  }

  // Up to where a search shows; -1 where it fails.
  int64_t Search(const std::shared_ptr<grpc::Channel>& channel, int number, int64_t least,
                 std::string* found) {
    v1::SearchClaimsRequest request;
    request.set_query("\"bridge number " + std::to_string(number) + "\"");
    if (least > 0) request.mutable_read()->set_min_sequence(least);
    grpc::ClientContext context;
    v1::SearchClaimsResponse response;
    const grpc::Status status =
        v1::ProvenanceService::NewStub(channel)->SearchClaims(&context, request, &response);
    if (!status.ok()) return -1;
    *found = response.results_size() == 1 ? response.results(0).claim().claim() : "";
    return response.read_sequence();
  }

  // The claim whose vector is nearest to that of a number, of which no word is given.
  std::string Nearest(const std::shared_ptr<grpc::Channel>& channel, int number) {
    v1::SearchClaimsRequest request;
    request.set_query("nothing");
    request.set_page_size(1);
    *request.mutable_embedding() = VectorOf(number);
    grpc::ClientContext context;
    v1::SearchClaimsResponse response;
    const grpc::Status status =
        v1::ProvenanceService::NewStub(channel)->SearchClaims(&context, request, &response);
    if (!status.ok()) return status.error_message();
    return response.results_size() == 1 ? response.results(0).claim().claim() : "";
  }

  const std::filesystem::path directory_;  // kept for a look where the test fails
  int made_ = 0;
};

TEST_F(SearchCrashTest, TheIndexGoesOnWhereItWas) {
  const char* given = std::getenv("HEADWATER_SEED");
  std::mt19937 random(given == nullptr ? 20252u : static_cast<uint32_t>(std::atoi(given)));
  int64_t head = 0;
  int64_t watermark = 0;
  int cut = 0;  // rounds in which something was left to be indexed
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    ServerProcess server(data());
    auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
    for (int i = 0; i < 2; ++i) head = Write(channel);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 500'000));
    std::string found;
    const int64_t seen = Search(channel, 0, 0, &found);
    server.Kill();
    const nlohmann::json report = Check();
    ASSERT_TRUE(report.value("sound", false)) << report.dump(2);
    const auto there = report.value("indexWatermark", int64_t{-1});
    EXPECT_GE(there, watermark);
    EXPECT_GE(there, seen);
    cut += there < head ? 1 : 0;
    watermark = there;
  }
  EXPECT_GT(cut, 0) << "the server was never killed while it indexed";
  ServerProcess server(data());
  auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  std::string found;
  int64_t shown = -1;
  // The follower has the lowest claim to a busy machine.
  for (int i = 0; i < 100 && shown < 0; ++i) shown = Search(channel, made_ - 1, head, &found);
  EXPECT_EQ(shown, head);
  EXPECT_EQ(found, "claims/c-" + std::to_string(made_ - 1));
  for (int number = 0; number < made_; number += 3 * 149)
    EXPECT_EQ(Nearest(channel, number), "claims/c-" + std::to_string(number));
  server.Kill();
  const nlohmann::json report = Check();
  EXPECT_TRUE(report.value("sound", false)) << report.dump(2);
  EXPECT_EQ(report.value("vectors", 0), (made_ + 2) / 3);
  std::printf("%d deaths, %d of them in the midst of indexing\n", kRounds, cut);
}

}  // namespace
}  // namespace headwater::crash
