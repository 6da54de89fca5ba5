#include "server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace headwater::crash {
namespace {

constexpr auto kStartPatience = std::chrono::seconds(30);

// What stands behind "grpc=" in the ready file; empty while there is none.
std::string AddressIn(const std::string& ready_file) {
  std::ifstream file(ready_file);
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("grpc=", 0) == 0) return line.substr(5);
  }
  return "";
}

}  // namespace

pid_t Start(const std::vector<std::string>& given, const std::string& output) {
  std::vector<std::string> words = given;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const pid_t pid = fork();
  if (pid != 0) {
    close(file);
    return pid;
  }
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  execv(arguments[0], arguments.data());
  _exit(127);
}

int WaitFor(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int RunToEnd(const std::vector<std::string>& words, const std::string& output) {
  return WaitFor(Start(words, output));
}

ServerProcess::ServerProcess(const std::string& data_dir, const std::string& listen, bool suggest) {
  const std::string ready_file = data_dir + ".ready";
  const std::string log = data_dir + ".log";
  std::filesystem::remove(ready_file);
  pid_ = Start({HEADWATERD, "--data-dir", data_dir, "--listen", listen, "--http-listen", "",
                "--ready-file", ready_file, "--suggest-same-as", suggest ? "on" : "off"},
               log);
  const auto end = std::chrono::steady_clock::now() + kStartPatience;
  while (address_.empty()) {
    if (waitpid(pid_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > end) {
      std::fprintf(stderr, "headwaterd did not start; see %s\n", log.c_str());
      std::abort();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    address_ = AddressIn(ready_file);
  }
}

ServerProcess::~ServerProcess() { Kill(); }

void ServerProcess::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

}  // namespace headwater::crash
