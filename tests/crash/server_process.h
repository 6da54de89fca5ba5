// A headwaterd to be killed.
#ifndef HEADWATER_TESTS_CRASH_SERVER_PROCESS_H_
#define HEADWATER_TESTS_CRASH_SERVER_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace headwater::crash {

// Starts the binary with these words; what it prints goes to the end of `output`.
pid_t Start(const std::vector<std::string>& words, const std::string& output);
// Waits for its end: its exit code, -1 where it was killed.
int WaitFor(pid_t process);

// Runs the binary with these words and returns its exit code; what it prints goes to `output`.
int RunToEnd(const std::vector<std::string>& words, const std::string& output);

// A server on loopback. Killed, if it still runs, when it goes out of scope.
class ServerProcess {
 public:
  // Starts it on the data directory, on a free port unless told to, and waits until it answers.
  // Ends the test program where it does not within 30 s. Unless it is to `suggest` which claims are
  // the same, what is in the log is what was sent.
  explicit ServerProcess(const std::string& data_dir, const std::string& listen = "127.0.0.1:0",
                         bool suggest = false);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& address() const { return address_; }

  // kill -9, and waits for its end.
  void Kill();

 private:
  pid_t pid_ = 0;
  std::string address_;
};

}  // namespace headwater::crash

#endif  // HEADWATER_TESTS_CRASH_SERVER_PROCESS_H_
