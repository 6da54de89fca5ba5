// Kills the server at random moments of an import, again and again, and goes on with the import
// each time: what is there in the end is, byte for byte, what an undisturbed import makes, and
// every index agrees with the log.
//
// HEADWATER_SEED picks the moments.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "headwater/client.h"
#include "import_rows.h"
#include "server_process.h"

namespace headwater::crash {
namespace {

constexpr int kClaims = 200;

struct Told {
  std::set<int64_t> rejected;
  v1::ImportResponse last;
};

// Imports from where the server says; whether it came to the end.
bool ImportRest(const std::string& address, const std::vector<v1::Record>& rows, Told* told) {
  ClientOptions options{.address = address, .timeout = absl::Seconds(20)};
  options.retry.max_attempts = 1;
  Client client(options);
  ImportOptions how{
      .errors = [told](const v1::RowError& error) { told->rejected.insert(error.row()); }};
  how.config.set_import_id("the-import");
  how.chunk_rows = 97;
  Import import = client.Import(how);
  for (const v1::Record& row : rows) {
    if (!import.Add(row).ok()) return false;
  }
  const absl::StatusOr<v1::ImportResponse> done = import.Finish();
  if (done.ok()) told->last = *done;
  return done.ok();
}

std::string ExportFrom(const std::string& address) {
  std::string bytes;
  const absl::Status status = Client(address).Export({}, [&bytes](v1::ExportResponse* piece) {
    for (const v1::Record& record : piece->records()) bytes += record.SerializeAsString();
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return bytes;
}

class ImportCrashTest : public ::testing::Test {
 protected:
  ImportCrashTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("headwater-import-crash-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(directory_);
  }
  ~ImportCrashTest() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  std::string data(const char* name) const { return directory_ / name; }

  void Check() {
    const std::string output = data("check.txt");
    std::filesystem::remove(output);
    const int code = RunToEnd({HEADWATERD, "check", "--data-dir", data("data")}, output);
    std::ifstream file(output);
    ASSERT_EQ(code, 0) << std::string(std::istreambuf_iterator<char>(file), {});
  }

  const std::filesystem::path directory_;  // kept for a look where the test fails
};

TEST_F(ImportCrashTest, AnImportThatIsKilledAndGoneOnWithIsAsIfUndisturbed) {
  const char* given = std::getenv("HEADWATER_SEED");
  std::mt19937 random(given == nullptr ? 20251 : static_cast<uint32_t>(std::atoi(given)));
  SCOPED_TRACE("kept in " + directory_.string());
  const std::vector<v1::Record> rows = MakeRows(kClaims, &random);

  std::string expected;
  Told undisturbed;
  {
    ServerProcess server(data("undisturbed"));
    ASSERT_TRUE(ImportRest(server.address(), rows, &undisturbed));
    expected = ExportFrom(server.address());
  }
  EXPECT_EQ(undisturbed.last.counts().rejected(), 4 * (1 + kCiters));
  ASSERT_EQ(undisturbed.rejected.size(), 4u * (1 + kCiters));

  Told told;
  int deaths = 0;
  for (bool done = false; !done && !HasFailure();) {
    ServerProcess server(data("data"));
    std::thread client([&] { done = ImportRest(server.address(), rows, &told); });
    std::this_thread::sleep_for(std::chrono::microseconds(5'000 + random() % 120'000));
    server.Kill();
    client.join();
    if (!done) ++deaths;
    // Later they come too often to ever come to an end.
    if (deaths % 5 == 0) Check();
    if (deaths >= 25) {
      ServerProcess last(data("data"));
      done = ImportRest(last.address(), rows, &told);
      ASSERT_TRUE(done);
    }
  }
  EXPECT_GT(deaths, 2);
  Check();
  ServerProcess server(data("data"));
  EXPECT_TRUE(ExportFrom(server.address()) == expected);
  EXPECT_EQ(told.rejected, undisturbed.rejected);
  EXPECT_EQ(told.last.counts().ShortDebugString(), undisturbed.last.counts().ShortDebugString());
  std::printf("%d deaths, %zu rows\n", deaths, rows.size());
}

}  // namespace
}  // namespace headwater::crash
