// Kills the server at random moments under concurrent writers, again and again on one data
// directory. After each death: every acknowledged write is there, no half of an unacknowledged one
// is, and every index agrees with the log (headwaterd check).
//
// HEADWATER_CRASH_ROUNDS says how many rounds (10); HEADWATER_LONG=1 makes it 300. HEADWATER_SEED
// picks the moments.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "server_process.h"
#include "writer.h"

namespace headwater::crash {
namespace {

constexpr int kWriters = 8;
constexpr int kRounds = 10;
constexpr int kLongRounds = 300;

int NumberFrom(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

int Rounds() {
  const bool is_long = NumberFrom("HEADWATER_LONG", 0) != 0;
  return NumberFrom("HEADWATER_CRASH_ROUNDS", is_long ? kLongRounds : kRounds);
}

// A channel of its own for each: gRPC shares one connection among channels that look the same.
std::shared_ptr<grpc::Channel> Connect(const std::string& address, int number) {
  grpc::ChannelArguments arguments;
  arguments.SetInt("headwater.writer", number);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void MakeSharedClaims(const std::string& address) {
  auto stub = v1::ClaimService::NewStub(Connect(address, 0));
  for (int i = 0; i < 4; ++i) {
    v1::CreateClaimRequest request;
    request.set_claim_id("shared-" + std::to_string(i));
    request.mutable_claim()->set_text("All writers update this.");
    request.mutable_claim()->set_language("en");
    request.mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
    grpc::ClientContext context;
    v1::Claim claim;
    const grpc::Status status = stub->CreateClaim(&context, request, &claim);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
}

std::string Contents(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class CrashTest : public ::testing::Test {
 protected:
  CrashTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("headwater-crash-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~CrashTest() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  std::string data() const { return directory_ / "data"; }

  void Check() {
    const std::string output = directory_ / "check.txt";
    std::filesystem::remove(output);
    ASSERT_EQ(RunToEnd({HEADWATERD, "check", "--data-dir", data()}, output), 0) << Contents(output);
  }

  const std::filesystem::path directory_;  // kept for a look where the test fails
};

TEST_F(CrashTest, NothingAcknowledgedIsLostAndNothingHalfWrittenIsSeen) {
  const int seed = NumberFrom("HEADWATER_SEED", 20251);
  const int rounds = Rounds();
  SCOPED_TRACE("HEADWATER_SEED=" + std::to_string(seed) + ", kept in " + directory_.string());
  std::mt19937 random(static_cast<uint32_t>(seed));
  std::vector<Writer> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back(i + 1);
  MakeSharedClaims(ServerProcess(data()).address());

  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    ServerProcess server(data());
    std::vector<std::thread> threads;
    for (Writer& writer : writers) {
      threads.emplace_back(
          [&] { writer.WriteUntilDeath(Connect(server.address(), &writer - writers.data())); });
    }
    std::this_thread::sleep_for(std::chrono::microseconds(20'000 + random() % 600'000));
    server.Kill();
    for (std::thread& thread : threads) thread.join();

    Check();
    ServerProcess again(data());
    for (Writer& writer : writers) {
      const std::vector<std::string> wrong =
          writer.Verify(Connect(again.address(), &writer - writers.data()));
      EXPECT_TRUE(wrong.empty()) << wrong.size() << " wrong, first: " << wrong.front();
    }
  }
  Check();
  size_t acknowledged = 0;
  for (const Writer& writer : writers) acknowledged += writer.acknowledged_count();
  EXPECT_GT(acknowledged, 0u);
  std::printf("%d rounds, %zu writes acknowledged, none lost\n", rounds, acknowledged);
}

}  // namespace
}  // namespace headwater::crash
