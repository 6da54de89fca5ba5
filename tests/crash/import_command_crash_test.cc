// Kills `headwater import` and its server in turn, at random moments, and goes on with --resume:
// what is there in the end, what was counted and what was kept of the rejected rows is what an
// undisturbed import gives, and every index agrees with the log.
//
// HEADWATER_SEED picks the moments.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "import_rows.h"
#include "server_process.h"

namespace headwater::crash {
namespace {

constexpr int kClaims = 500;
constexpr int kDeaths = 24;

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::multiset<std::string> LinesOf(const std::string& path) {
  std::multiset<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.insert(line);
  return lines;
}

class ImportCommandCrashTest : public ::testing::Test {
 protected:
  ImportCommandCrashTest()
      : folder_(std::filesystem::temp_directory_path() /
                ("headwater-import-command-crash-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    // Where the ids of imports are kept.
    setenv("XDG_STATE_HOME", folder_.c_str(), 1);
  }
  ~ImportCommandCrashTest() override {
    if (!HasFailure()) std::filesystem::remove_all(folder_);
  }

  std::string path(const std::string& name) const { return folder_ / name; }

  // The words of an import of the rows, whose rejects go to `rejects`. Settling what waits takes
  // some time on a busy machine.
  std::vector<std::string> Import(const std::string& address, const std::string& rejects,
                                  bool resume, const char* timeout = "60s") const {
    std::vector<std::string> words = {
        HEADWATER, "--server",  address, "--timeout",        timeout, "--output", "json",
        "import",  "--rejects", rejects, path("rows.ndjson")};
    if (resume) words.push_back("--resume");
    return words;
  }

  std::string Export(const std::string& address) const {
    std::filesystem::remove(path("export"));
    EXPECT_EQ(RunToEnd({HEADWATER, "--server", address, "export", "--to", path("export")},
                       path("export.log")),
              0);
    return Contents(path("export"));
  }

  // The last line of what the command said that is a summary, without what depends on when it was
  // disturbed.
  static std::string Summary(const std::string& said) {
    const std::string text = Contents(said);
    const size_t begin = text.rfind("{\"created\"");
    const size_t waited = text.find(",\"waited\"", begin);
    const size_t waiting = text.find(",\"waiting\"", begin);
    if (begin == text.npos || waiting == text.npos) return "none in " + said;
    return text.substr(begin, waited - begin) +
           text.substr(waiting, text.find('\n', waiting) - waiting);
  }

  const std::filesystem::path folder_;  // kept for a look where the test fails
};

TEST_F(ImportCommandCrashTest, WhatIsKilledAndResumedIsAsIfUndisturbed) {
  const char* given = getenv("HEADWATER_SEED");
  std::mt19937 random(given == nullptr ? 20251 : static_cast<uint32_t>(atoi(given)));
  SCOPED_TRACE("kept in " + folder_.string());
  std::ofstream file(path("rows.ndjson"));
  for (const v1::Record& row : MakeRows(kClaims, &random)) {
    std::string line;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(row, &line).ok());
    file << line << "\n";
  }
  file.close();

  std::string expected;
  double seconds = 0;
  {
    ServerProcess server(path("undisturbed"));
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(RunToEnd(Import(server.address(), path("rejects"), false), path("said")), 6)
        << Contents(path("said"));
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    expected = Export(server.address());
  }
  ASSERT_EQ(LinesOf(path("rejects")).size(), size_t{kClaims} / 50 * (1 + kCiters));

  auto server = std::make_unique<ServerProcess>(path("data"));
  const std::string address = server->address();
  int finished = 0;
  for (int death = 0; death < kDeaths; ++death) {
    // Where the server is back soon, the client goes on by itself; elsewhere it gives up.
    const bool back_soon = death % 4 == 1;
    const bool gives_up = death % 4 == 3;
    const pid_t client = Start(
        Import(address, path("rejects-2"), death > 0, gives_up ? "1s" : "60s"), path("said-2"));
    // Up to its end, which comes sooner the more is in.
    std::this_thread::sleep_for(
        std::chrono::duration<double>(seconds * std::uniform_real_distribution(0.05, 0.6)(random)));
    int code = 0;
    if (death % 2 == 0) {
      kill(client, SIGKILL);
      code = WaitFor(client);
    } else {
      server->Kill();
      if (!back_soon) code = WaitFor(client);
      server = std::make_unique<ServerProcess>(path("data"), address);
      if (back_soon) code = WaitFor(client);
    }
    finished += code == 6 ? 1 : 0;
    if (code == 6) {
      // There is no more to disturb: begin anew.
      EXPECT_TRUE(Export(address) == expected);
      EXPECT_EQ(LinesOf(path("rejects-2")), LinesOf(path("rejects")));
      EXPECT_EQ(Summary(path("said-2")), Summary(path("said")));
      server->Kill();
      std::filesystem::remove_all(path("data"));
      server = std::make_unique<ServerProcess>(path("data"), address);
    }
  }
  ASSERT_EQ(RunToEnd(Import(address, path("rejects-2"), true), path("said-2")), 6)
      << Contents(path("said-2"));
  EXPECT_TRUE(Export(address) == expected);
  EXPECT_EQ(LinesOf(path("rejects-2")), LinesOf(path("rejects")));
  EXPECT_EQ(Summary(path("said-2")), Summary(path("said")));
  server->Kill();
  EXPECT_EQ(RunToEnd({HEADWATERD, "check", "--data-dir", path("data")}, path("check")), 0)
      << Contents(path("check"));
  EXPECT_GT(finished, 0);  // some went on by themselves
  std::printf("undisturbed %.2f s; %d deaths, %d imports came to their end before\n", seconds,
              kDeaths, finished);
}

}  // namespace
}  // namespace headwater::crash
