// Whole commands against a small server: what their tests share.
#ifndef HEADWATER_CLI_COMMAND_LINE_FIXTURE_H_
#define HEADWATER_CLI_COMMAND_LINE_FIXTURE_H_

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/command_line.h"
#include "cli/fake_store.h"
#include "gtest/gtest.h"

namespace headwater::cli {

inline std::vector<std::string> Lines(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

inline std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// A line of the native format.
inline std::string Source(const std::string& id, const std::string& more = "") {
  return absl::StrCat(R"({"source":{"name":"sources/)", id, R"(","displayName":")", id, "\"", more,
                      "}}");
}

struct Result {
  ExitCode code;
  std::string out;
  std::string err;
};

// Has a folder of its own, which is also where ids of imports are kept.
class CommandLineTest : public testing::Test {
 protected:
  CommandLineTest()
      : folder_(absl::StrCat(testing::TempDir(), "/command-line-", getpid())),
        path_(folder_ + "/rows.ndjson") {
    std::filesystem::create_directories(folder_);
    setenv("XDG_STATE_HOME", folder_.c_str(), 1);
  }
  ~CommandLineTest() override { std::filesystem::remove_all(folder_); }

  Result Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--server", store_.address()});
    std::ostringstream out;
    std::ostringstream err;
    const ExitCode code = cli::Run(arguments, {&out, {}, &err, {}});
    return {code, out.str(), err.str()};
  }

  void Write(const std::vector<std::string>& lines) const {
    std::ofstream file(path_);
    for (const std::string& line : lines) file << line << "\n";
  }

  Result Import(const std::vector<std::string>& lines) {
    Write(lines);
    return Run({"import", path_});
  }

  const std::string folder_;
  const std::string path_;
  FakeStore store_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_COMMAND_LINE_FIXTURE_H_
