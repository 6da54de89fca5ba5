// What the rpc adapter costs: a read of some 500 bytes that needs no work, served by the adapter
// over bytes and by plain generated callback code, with 64 calls in flight over 4 channels. The two
// servers are processes of their own and take turns, so that a slow phase of the machine hits both.
//
//   rpc_overhead [ROUNDS [SECONDS]]     default: 7 rounds of 2 seconds each
#include <grpcpp/grpcpp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "headwater/v1/claim_service.grpc.pb.h"
#include "measure.h"
#include "request/message_shape.h"
#include "request/parse.h"
#include "rpc/server.h"

namespace headwater {
namespace {

constexpr int kChannels = 4;
constexpr int kInFlight = 64;

v1::Claim SampleClaim() {
  v1::Claim claim;
  claim.set_name("claims/huawei-engineers-failed");
  claim.set_text(std::string(440, 'x'));
  claim.set_language("en");
  return claim;
}

class PlainService final : public v1::ClaimService::CallbackService {
  grpc::ServerUnaryReactor* GetClaim(grpc::CallbackServerContext* context,
                                     const v1::GetClaimRequest* request,
                                     v1::Claim* response) override {
    *response = claim_;
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  const v1::Claim claim_ = SampleClaim();
};

std::vector<request::Method> SampleMethods() {
  const auto* const shape = &request::MessageShape::Of(v1::GetClaimRequest::descriptor());
  return {{.descriptor =
               v1::GetClaimRequest::descriptor()->file()->service(0)->FindMethodByName("GetClaim"),
           .read = [shape, stored = SampleClaim().SerializeAsString()](
                       absl::string_view bytes, kv::Patience) -> database::Reply {
             v1::GetClaimRequest request;
             if (absl::Status status = request::Parse(bytes, *shape, &request); !status.ok()) {
               return status;
             }
             return stored;
           }}};
}

// Serve until killed; write the port to `pipe`.
[[noreturn]] void ServePlain(int pipe) {
  PlainService service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (write(pipe, &port, sizeof(port)) != sizeof(port)) std::abort();
  server->Wait();
  std::exit(0);
}

[[noreturn]] void ServeAdapter(int pipe) {
  WorkerPool pool(2, 16);
  const auto server = rpc::Server::Start(SampleMethods(), &pool, {.listen = "127.0.0.1:0"}).value();
  const std::string& address = server->address();
  const int port = std::atoi(address.substr(address.rfind(':') + 1).c_str());
  if (write(pipe, &port, sizeof(port)) != sizeof(port)) std::abort();
  while (true) pause();
}

struct Child {
  pid_t pid;
  int port;
};

// gRPC may not be in use yet: it does not survive a fork.
Child Spawn(void (*serve)(int pipe)) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  Child child{fork(), 0};
  if (child.pid == 0) serve(ends[1]);
  if (read(ends[0], &child.port, sizeof(child.port)) != sizeof(child.port)) std::abort();
  return child;
}

class Load {
 public:
  explicit Load(int port) {
    for (int i = 0; i < kChannels; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // else all share one connection
      stubs_.push_back(v1::ClaimService::NewStub(grpc::CreateCustomChannel(
          "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments)));
    }
    request_.set_name("claims/huawei-engineers-failed");
  }

  // Calls a second, with `in_flight` calls at a time.
  double Run(std::chrono::duration<double> time, int in_flight = kInFlight) {
    stop_ = false;
    done_ = 0;
    running_ = in_flight;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < in_flight; ++i) Next(stubs_[i % kChannels].get());
    std::this_thread::sleep_for(time);
    const double rate =
        done_.load() /
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    stop_ = true;
    while (running_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return rate;
  }

 private:
  struct OneCall {
    grpc::ClientContext context;
    v1::Claim response;
  };

  void Next(v1::ClaimService::Stub* stub) {
    auto* const call = new OneCall;
    stub->async()->GetClaim(&call->context, &request_, &call->response,
                            [this, stub, call](const grpc::Status& status) {
                              if (!status.ok() || call->response.text().empty()) std::abort();
                              delete call;
                              done_.fetch_add(1, std::memory_order_relaxed);
                              if (stop_) {
                                --running_;
                              } else {
                                Next(stub);
                              }
                            });
  }

  std::vector<std::unique_ptr<v1::ClaimService::Stub>> stubs_;
  v1::GetClaimRequest request_;
  std::atomic<bool> stop_ = false;
  std::atomic<int64_t> done_ = 0;
  std::atomic<int> running_ = 0;
};

// One server, its load, and what was measured of it.
struct Side {
  const char* name;
  Child child;
  std::unique_ptr<Load> load;
  std::vector<double> rates;       // calls a second
  std::vector<double> cpu_micros;  // of the server's CPU a call

  void Measure(double seconds) {
    const double before = bench::CpuSeconds(child.pid);
    rates.push_back(load->Run(std::chrono::duration<double>(seconds)));
    cpu_micros.push_back(1e6 * (bench::CpuSeconds(child.pid) - before) / (rates.back() * seconds));
  }
};

int Main(int rounds, double seconds) {
  Side sides[] = {{"plain", Spawn(&ServePlain)}, {"adapter", Spawn(&ServeAdapter)}};
  std::vector<double> ratios;
  for (Side& side : sides) {
    side.load = std::make_unique<Load>(side.child.port);
    side.load->Run(std::chrono::duration<double>(0.5));
  }
  for (int round = 0; round < rounds; ++round) {
    // Who goes first alternates too.
    sides[round % 2].Measure(seconds);
    sides[1 - round % 2].Measure(seconds);
    ratios.push_back(sides[1].rates.back() / sides[0].rates.back());
  }
  for (Side& side : sides) {
    std::printf("%-8s %7.0f calls/s, %5.1f us of the server's CPU a call\n", side.name,
                bench::Median(side.rates), bench::Median(side.cpu_micros));
    side.load.reset();
    kill(side.child.pid, SIGKILL);
    waitpid(side.child.pid, nullptr, 0);
  }
  std::printf("adapter / plain, round by round: %.1f %%\n", 100 * bench::Median(ratios));
  return 0;
}

}  // namespace
}  // namespace headwater

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 2;
  return headwater::Main(std::max(rounds, 1), seconds);
}
