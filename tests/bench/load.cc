#include "load.h"

#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include "measure.h"
#include "rpc/bytes.h"

namespace headwater::bench {
namespace {

using Clock = std::chrono::steady_clock;

double Seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

double OwnCpuSeconds() { return CpuSeconds(getpid()); }

// What all the callers of one run share.
struct Run {
  const std::string& path;
  const std::function<std::string()>& next;
  std::atomic<bool> stop{false};
  std::atomic<int64_t> done{0};
  std::atomic<int> running{0};
};

// One call at a time, over and over.
class Caller {
 public:
  Caller(grpc::GenericStub* stub, Run* run) : stub_(stub), run_(run) {}

  void Start() {
    context_.emplace();
    rpc::MoveInto(run_->next(), &request_);
    response_.Clear();
    stub_->UnaryCall(&*context_, run_->path, grpc::StubOptions(), &request_, &response_,
                     [this](const grpc::Status& status) { Ended(status); });
  }

 private:
  void Ended(const grpc::Status& status) {
    if (!status.ok()) {
      std::fprintf(stderr, "%s failed: %d %s\n", run_->path.c_str(), status.error_code(),
                   status.error_message().c_str());
      std::abort();
    }
    run_->done.fetch_add(1, std::memory_order_relaxed);
    if (!run_->stop.load(std::memory_order_relaxed)) return Start();
    run_->running.fetch_sub(1);  // this object may be gone now
  }

  grpc::GenericStub* const stub_;
  Run* const run_;
  std::optional<grpc::ClientContext> context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

Sample Measure(const std::function<double()>& work) {
  const double cpu = OwnCpuSeconds();
  const Clock::time_point start = Clock::now();
  const double done = work();
  return {done / Seconds(Clock::now() - start), 1e6 * (OwnCpuSeconds() - cpu) / done};
}

void WaitUntilQuiet() {
  for (int i = 0; i < 120; ++i) {
    const double before = OwnCpuSeconds();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    if (OwnCpuSeconds() - before < 0.01) return;
  }
}

Load::Load(const std::string& address, std::string path, int channels) : path_(std::move(path)) {
  for (int i = 0; i < channels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // else all share one connection
    stubs_.push_back(std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

Sample Load::Run(double seconds, int in_flight, const std::function<std::string()>& next) const {
  bench::Run run{.path = path_, .next = next};
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < in_flight; ++i) {
    callers.push_back(std::make_unique<Caller>(stubs_[i % stubs_.size()].get(), &run));
  }
  run.running = in_flight;
  const Sample sample = Measure([&] {
    for (const auto& caller : callers) caller->Start();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    // A short turn on a disk that just then stalls is over when something has come of it.
    while (run.done == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return static_cast<double>(run.done.load());
  });
  run.stop = true;
  while (run.running > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return sample;
}

std::string Load::Call(const std::string& request) const {
  grpc::ClientContext context;
  grpc::ByteBuffer sent;
  grpc::ByteBuffer received;
  rpc::MoveInto(request, &sent);
  std::promise<grpc::Status> ended;
  stubs_[0]->UnaryCall(&context, path_, grpc::StubOptions(), &sent, &received,
                       [&](grpc::Status status) { ended.set_value(std::move(status)); });
  const grpc::Status status = ended.get_future().get();
  if (!status.ok()) {
    std::fprintf(stderr, "%s failed: %s\n", path_.c_str(), status.error_message().c_str());
    std::abort();
  }
  return std::string(rpc::FlatBytes(received).view());
}

}  // namespace headwater::bench
