#include "daemon/ready_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace headwater::daemon {
namespace {

namespace fs = std::filesystem;

class ReadyFileTest : public ::testing::Test {
 protected:
  ReadyFileTest() : directory_(fs::path(::testing::TempDir()) / "headwater_ready_file_test") {
    fs::remove_all(directory_);
    fs::create_directory(directory_);
  }
  ~ReadyFileTest() override { fs::remove_all(directory_); }

  std::string path() const { return (directory_ / "ready").string(); }
  std::string Content() const {
    std::ifstream file(path());
    return {std::istreambuf_iterator<char>(file), {}};
  }
  int Files() const {
    return static_cast<int>(std::distance(fs::directory_iterator(directory_), {}));
  }

  const fs::path directory_;
};

TEST_F(ReadyFileTest, StandsAsLongAsItsOwner) {
  {
    const auto file = ReadyFile::Write(path(), "grpc=127.0.0.1:7411\n");
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_EQ(Content(), "grpc=127.0.0.1:7411\n");
    EXPECT_EQ(Files(), 1);  // no draft is left behind
  }
  EXPECT_EQ(Files(), 0);
}

TEST_F(ReadyFileTest, ReplacesWhatACrashLeft) {
  std::ofstream(path()) << "a longer content of before, with another address in it\n";
  const auto file = ReadyFile::Write(path(), "new\n");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(Content(), "new\n");
}

TEST_F(ReadyFileTest, SaysWhyItCannotBeWritten) {
  const std::string missing = (directory_ / "missing" / "ready").string();
  const auto file = ReadyFile::Write(missing, "x");
  EXPECT_EQ(file.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(file.status().message().find(missing), absl::string_view::npos);
  // A directory in its place: the draft must not stay.
  fs::create_directory(path());
  EXPECT_FALSE(ReadyFile::Write(path(), "x").ok());
  EXPECT_EQ(Files(), 1);
}

}  // namespace
}  // namespace headwater::daemon
