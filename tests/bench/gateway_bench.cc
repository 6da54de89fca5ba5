// What a call over HTTP costs: GetClaim in JSON from the gateway, the same from gRPC of the same
// server, and a bare Boost.Beast server that answers with the same bytes. The servers are processes
// of their own; the three take turns, so that a slow phase of the machine hits all.
//
//   gateway_bench [ROUNDS [SECONDS [CONNECTIONS]]]     default: 5 rounds of 1 second, 8 connections
#include <utility>  // Boost 1.74's headers want it in C++20

#include <grpcpp/grpcpp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "database/database.h"
#include "gateway/server.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "kv/memory_engine.h"
#include "measure.h"
#include "request/methods.h"
#include "rpc/server.h"

namespace headwater {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr char kName[] = "claims/bench";

struct Ports {
  int grpc = 0;
  int http = 0;
};

int PortOf(const std::string& address) {
  return std::atoi(address.substr(address.rfind(':') + 1).c_str());
}

void Tell(int pipe, const Ports& ports) {
  if (write(pipe, &ports, sizeof(ports)) != sizeof(ports)) std::abort();
}

[[noreturn]] void ServeHeadwater(int pipe) {
  WorkerPool pool(4, 1024);
  const auto database = database::Database::Open(kv::NewMemoryEngine(), {.pool = &pool}).value();
  v1::CreateClaimRequest request;
  request.set_claim_id("bench");
  request.mutable_claim()->set_text(std::string(440, 'x'));
  request.mutable_claim()->set_language("en");
  request.mutable_claim()->set_nature(v1::CLAIM_NATURE_FACT);
  if (!database->WriteAndWait(std::move(request)).ok()) std::abort();
  const auto grpc =
      rpc::Server::Start(request::AllMethods(database.get()), &pool, {.listen = "127.0.0.1:0"})
          .value();
  const auto door =
      gateway::Server::Start(request::AllMethods(database.get()), &pool, {.listen = "127.0.0.1:0"})
          .value();
  Tell(pipe, {PortOf(grpc->address()), PortOf(door->address())});
  while (true) pause();
}

// One connection of the bare server: reads a request, writes the answer.
class Echo : public std::enable_shared_from_this<Echo> {
 public:
  explicit Echo(tcp::socket socket) : stream_(std::move(socket)) {}
  void Read() {
    request_ = {};
    http::async_read(stream_, buffer_, request_,
                     [self = shared_from_this()](boost::system::error_code error, size_t) {
                       if (!error) self->Write();
                     });
  }

 private:
  void Write() {
    response_ = {http::status::ok, 11};
    response_.set(http::field::content_type, "application/json");
    response_.body() = std::string(600, 'x');
    response_.prepare_payload();
    http::async_write(stream_, response_,
                      [self = shared_from_this()](boost::system::error_code error, size_t) {
                        if (!error) self->Read();
                      });
  }
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

[[noreturn]] void ServeEcho(int pipe) {
  asio::io_context contexts[2] = {asio::io_context{1}, asio::io_context{1}};
  tcp::acceptor acceptor(contexts[0], {asio::ip::make_address("127.0.0.1"), 0});
  size_t next = 0;
  std::function<void()> accept = [&] {
    acceptor.async_accept(contexts[next++ % 2],
                          [&](boost::system::error_code error, tcp::socket socket) {
                            if (error) return;
                            socket.set_option(tcp::no_delay(true));
                            std::make_shared<Echo>(std::move(socket))->Read();
                            accept();
                          });
  };
  accept();
  Tell(pipe, {0, acceptor.local_endpoint().port()});
  const auto work = asio::make_work_guard(contexts[1]);
  std::thread second([&] { contexts[1].run(); });
  contexts[0].run();
  std::exit(0);
}

struct Child {
  pid_t pid;
  Ports ports;
};

// gRPC may not be in use yet: it does not survive a fork.
Child Spawn(void (*serve)(int pipe)) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  Child child{fork(), {}};
  if (child.pid == 0) serve(ends[1]);
  if (read(ends[0], &child.ports, sizeof(child.ports)) != sizeof(child.ports)) std::abort();
  return child;
}

// Calls by HTTP over one connection, one after the other, until `stop`; how many.
int64_t CallHttp(int port, const std::atomic<bool>& stop) {
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), static_cast<uint16_t>(port)});
  socket.set_option(tcp::no_delay(true));
  const std::string body = std::string("{\"name\":\"") + kName + "\"}";
  const std::string request =
      "POST /headwater.v1.ClaimService/GetClaim HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  boost::beast::flat_buffer buffer;
  int64_t done = 0;
  for (; !stop; ++done) {
    asio::write(socket, asio::buffer(request));
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    if (response.result() != http::status::ok || response.body().size() < 440) std::abort();
  }
  return done;
}

int64_t CallGrpc(int port, const std::atomic<bool>& stop) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  const auto stub = v1::ClaimService::NewStub(grpc::CreateCustomChannel(
      "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments));
  v1::GetClaimRequest request;
  request.set_name(kName);
  int64_t done = 0;
  for (; !stop; ++done) {
    grpc::ClientContext context;
    v1::Claim claim;
    if (!stub->GetClaim(&context, request, &claim).ok()) std::abort();
  }
  return done;
}

struct Side {
  const char* name;
  pid_t pid;
  int port;
  int64_t (*call)(int port, const std::atomic<bool>& stop);
  std::vector<double> rates = {};
  std::vector<double> cpu_micros = {};

  void Measure(double seconds, int connections) {
    std::atomic<bool> stop = false;
    std::atomic<int64_t> done = 0;
    const double before = bench::CpuSeconds(pid);
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i) threads.emplace_back([&] { done += call(port, stop); });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    rates.push_back(static_cast<double>(done) / seconds);
    cpu_micros.push_back(1e6 * (bench::CpuSeconds(pid) - before) / static_cast<double>(done));
  }
};

int Main(int rounds, double seconds, int connections) {
  const Child headwater = Spawn(&ServeHeadwater);
  const Child echo = Spawn(&ServeEcho);
  Side sides[] = {{"HTTP, JSON", headwater.pid, headwater.ports.http, &CallHttp},
                  {"gRPC", headwater.pid, headwater.ports.grpc, &CallGrpc},
                  {"bare Beast", echo.pid, echo.ports.http, &CallHttp}};
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < 3; ++i) sides[(i + round) % 3].Measure(seconds, connections);
  }
  std::printf("GetClaim, %d at a time, medians of %d rounds of %g s\n", connections, rounds,
              seconds);
  for (const Side& side : sides) {
    std::printf("%-12s %8.0f calls/s   %6.1f us of the server's CPU a call\n", side.name,
                bench::Median(side.rates), bench::Median(side.cpu_micros));
  }
  for (const pid_t pid : {headwater.pid, echo.pid}) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  return 0;
}

}  // namespace
}  // namespace headwater

int main(int argc, char** argv) {
  return headwater::Main(argc > 1 ? std::atoi(argv[1]) : 5, argc > 2 ? std::atof(argv[2]) : 1,
                         argc > 3 ? std::atoi(argv[3]) : 8);
}
