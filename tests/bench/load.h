// Puts load on a gRPC server.
#ifndef HEADWATER_TESTS_BENCH_LOAD_H_
#define HEADWATER_TESTS_BENCH_LOAD_H_

#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headwater::bench {

// What a side of a comparison did in a round.
struct Sample {
  double rate = 0;        // a second
  double cpu_micros = 0;  // of the whole process, client included, each
};

// Runs `work` and counts; `work` returns how much it has done.
Sample Measure(const std::function<double()>& work);

// Waits, up to a minute, until this process does nothing of its own any more.
void WaitUntilQuiet();

// One unary method, called over bytes: whatever answers it, the client's part costs the same.
class Load {
 public:
  // Connects `channels` times. Aborts, later, when a call fails: there is nothing to measure then.
  Load(const std::string& address, std::string path, int channels);

  // Keeps `in_flight` calls under way for `seconds`, and on until one has ended. `next` makes a
  // request; called from many threads at once.
  Sample Run(double seconds, int in_flight, const std::function<std::string()>& next) const;

  // One call, for its response.
  std::string Call(const std::string& request) const;

 private:
  const std::string path_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
};

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_LOAD_H_
