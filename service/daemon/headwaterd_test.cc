// The server as a process: how it starts, what it refuses, how it ends.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "daemon/exit_code.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "kv/foreign_keyspace.h"
#include "kv/rocksdb_engine.h"

namespace headwater::daemon {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A headwaterd; killed when it goes out of scope, should it still run.
class Process {
 public:
  Process(const std::vector<std::string>& flags, const fs::path& output) : output_(output) {
    std::vector<std::string> words = {HEADWATERD};
    words.insert(words.end(), flags.begin(), flags.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pid_ = fork();
    if (pid_ != 0) {
      close(file);
      return;
    }
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  ~Process() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal) const { kill(pid_, signal); }

  // Its exit code; -1 where a signal ended it.
  int Wait() {
    int status = 0;
    waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // All that it printed.
  std::string Output() const { return Read(output_); }

 private:
  const fs::path output_;
  pid_t pid_;
};

class HeadwaterdTest : public ::testing::Test {
 protected:
  HeadwaterdTest()
      : directory_(fs::path(::testing::TempDir()) /
                   ("headwaterd_test." + std::to_string(getpid()))) {
    fs::remove_all(directory_);
    fs::create_directory(directory_);
  }
  ~HeadwaterdTest() override { fs::remove_all(directory_); }

  std::unique_ptr<Process> Start(const std::vector<std::string>& flags) {
    return std::make_unique<Process>(flags, directory_ / ("output" + std::to_string(++processes_)));
  }

  // Runs one that ends by itself; its exit code, with what it printed in `output`.
  int Run(const std::vector<std::string>& flags, std::string* output) {
    const auto process = Start(flags);
    const int code = process->Wait();
    *output = process->Output();
    return code;
  }

  // Starts one on a free port and waits until it is ready; its address.
  std::string StartReady(std::vector<std::string> flags, std::unique_ptr<Process>* process) {
    const fs::path ready = ReadyPath();
    flags.insert(flags.end(),
                 {"--listen", "127.0.0.1:0", "--http-listen", "", "--ready-file", ready});
    *process = Start(flags);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!fs::exists(ready) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const std::string line = Read(ready);
    EXPECT_THAT(line, StartsWith("grpc=127.0.0.1:")) << (*process)->Output();
    EXPECT_THAT(line, EndsWith("\n"));
    return line.size() < 6 ? "" : line.substr(5, line.size() - 6);
  }

  fs::path ReadyPath() const { return directory_ / "ready"; }
  std::string DataDir() const { return directory_ / "data"; }

 private:
  const fs::path directory_;
  int processes_ = 0;
};

// The answer of the health service at `address`, as bytes; empty where there is none.
std::string Health(const std::string& address) {
  grpc::GenericStub stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  grpc::CompletionQueue queue;
  const grpc::Slice nothing;
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&nothing, 1), &queue);
  grpc::ByteBuffer response;
  grpc::Status status;
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag;
  bool ok;
  queue.Next(&tag, &ok);
  grpc::Slice slice;
  if (!status.ok() || !response.DumpToSingleSlice(&slice).ok()) return "";
  return {slice.begin(), slice.end()};
}

TEST_F(HeadwaterdTest, ExplainsItself) {
  std::string output;
  EXPECT_EQ(Run({"--help"}, &output), kStopped);
  EXPECT_THAT(output, HasSubstr("--data-dir"));
  EXPECT_THAT(output, HasSubstr("Exit codes"));
  EXPECT_EQ(Run({"--version"}, &output), kStopped);
  EXPECT_THAT(output, StartsWith("headwaterd "));
}

TEST_F(HeadwaterdTest, RefusesFlagsThatMakeNoSense) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{}, "--data-dir"},
      {{"--bogus"}, "--bogus"},
      {{"--engine", "paper", "--data-dir", DataDir()}, "paper"},
      {{"--engine", "memory", "--listen", "nowhere"}, "HOST:PORT"},
      {{"--engine", "memory", "--threads", "0"}, "--threads"},
  };
  for (const auto& [flags, word] : wrong) {
    std::string output;
    EXPECT_EQ(Run(flags, &output), kUsage);
    EXPECT_THAT(output, HasSubstr(word));
  }
  EXPECT_FALSE(fs::exists(DataDir()));
}

TEST_F(HeadwaterdTest, ListensForOtherMachinesOnlyWhenToldTwice) {
  std::string output;
  for (const char* listen : {"0.0.0.0:0", "[::]:0"}) {
    EXPECT_EQ(Run({"--engine", "memory", "--listen", listen}, &output), kUsage);
    EXPECT_THAT(output, HasSubstr("--allow-remote"));
    EXPECT_THAT(output, HasSubstr("authentication"));
  }
}

TEST_F(HeadwaterdTest, ServesUntilToldToStop) {
  for (const int signal : {SIGTERM, SIGINT}) {
    std::unique_ptr<Process> process;
    const std::string address = StartReady({"--data-dir", DataDir()}, &process);
    EXPECT_EQ(Health(address), std::string("\x08\x01", 2));
    process->Signal(signal);
    EXPECT_EQ(process->Wait(), kStopped) << process->Output();
    EXPECT_FALSE(fs::exists(ReadyPath()));
    EXPECT_EQ(Health(address), "");
  }
}

TEST_F(HeadwaterdTest, TheMemoryEngineNeedsNoDirectory) {
  std::unique_ptr<Process> process;
  const std::string address = StartReady({"--engine", "memory", "--log-level", "off"}, &process);
  EXPECT_EQ(Health(address), std::string("\x08\x01", 2));
  process->Signal(SIGTERM);
  EXPECT_EQ(process->Wait(), kStopped);
  EXPECT_EQ(process->Output(), "");
}

// One line, which is the whole of what is printed.
void ExpectOneLine(const std::string& output) {
  EXPECT_THAT(output, StartsWith("headwaterd: "));
  EXPECT_EQ(output.find('\n'), output.size() - 1) << output;
}

TEST_F(HeadwaterdTest, SaysThatItsAddressIsTaken) {
  std::unique_ptr<Process> process;
  const std::string address = StartReady({"--engine", "memory"}, &process);
  std::string output;
  EXPECT_EQ(Run({"--engine", "memory", "--listen", address}, &output), kCannotListen);
  ExpectOneLine(output);
  EXPECT_THAT(output, HasSubstr(address));
  EXPECT_EQ(Health(address), std::string("\x08\x01", 2));  // the first is not disturbed
}

TEST_F(HeadwaterdTest, SaysThatItsDataIsInUse) {
  std::unique_ptr<Process> process;
  const std::string address = StartReady({"--data-dir", DataDir()}, &process);
  std::string output;
  EXPECT_EQ(Run({"--data-dir", DataDir(), "--listen", "127.0.0.1:0"}, &output), kDataDirInUse);
  ExpectOneLine(output);
  EXPECT_THAT(output, HasSubstr(DataDir()));
  EXPECT_THAT(output, HasSubstr("stop it"));
  EXPECT_EQ(Run({"check", "--data-dir", DataDir()}, &output), kDataDirInUse);
  EXPECT_EQ(Health(address), std::string("\x08\x01", 2));
}

// Not to be taken for data in use: there is nobody to stop.
TEST_F(HeadwaterdTest, SaysThatItsDataIsOfAnotherVersion) {
  const std::vector<std::string> serve = {"--data-dir", DataDir(), "--listen", "127.0.0.1:0"};
  const auto refuses = [&] {
    for (const std::vector<std::string>& flags : {serve, {"check", "--data-dir", DataDir()}}) {
      std::string output;
      EXPECT_EQ(Run(flags, &output), kBadData);
      ExpectOneLine(output);
      EXPECT_THAT(output, HasSubstr("use the version that wrote it"));
      EXPECT_THAT(output, Not(HasSubstr("stop it")));
    }
  };
  {
    const auto engine = kv::OpenRocksDb({.directory = DataDir()});
    ASSERT_TRUE(engine.ok()) << engine.status();
    kv::Batch batch;
    std::string version;
    keys::AppendVarint(keys::kFormatVersion + 1, &version);
    batch.Put(kv::Keyspace::kMeta, keys::kFormatKey, version);
    ASSERT_TRUE((*engine)->Commit(batch, 0, 0, kv::Durability::kSynced).ok());
  }
  refuses();
  fs::remove_all(DataDir());
  ASSERT_TRUE(kv::OpenRocksDb({.directory = DataDir()}).ok());
  ASSERT_TRUE(kv::testing::AddForeignKeyspace(DataDir(), "vectors").ok());
  refuses();
}

TEST_F(HeadwaterdTest, SaysThatItsReadyFileCannotBeWritten) {
  std::string output;
  EXPECT_EQ(Run({"--engine", "memory", "--listen", "127.0.0.1:0", "--http-listen", "",
                 "--ready-file", "/dev/null/ready"},
                &output),
            kFailed);
  ExpectOneLine(output);
}

}  // namespace
}  // namespace headwater::daemon
