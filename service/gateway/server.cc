#include "gateway/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <thread>
#include <utility>

#include "base/status_macros.h"
#include "gateway/connection.h"
#include "gateway/metrics.h"
#include "gateway/site.h"
#include "request/door/address.h"

namespace headwater::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr absl::Duration kClosing = absl::Seconds(1);
constexpr std::chrono::milliseconds kPause{100};

// One thread and the connections that it carries.
struct Carrier {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::thread thread;
};

}  // namespace

struct Server::Impl {
  Impl(std::vector<request::Method> methods, WorkerPool* pool, const ServerOptions& its_options,
       bool is_remote, WebFiles web)
      : options(its_options),
        surroundings{pool, options.admission.get(), &metrics},
        site(std::move(methods), surroundings, Neighbours(options.names, is_remote),
             std::move(web)),
        connections(options.limits.most_connections),
        for_connections{&site, &connections, &options.admission->memory, &metrics, options.limits},
        carriers(options.threads),
        acceptor(carriers.front().io),
        pause(carriers.front().io) {}

  Error Listen(const request::Address& address) {
    Error error;
    tcp::resolver resolver(carriers.front().io);
    const auto found =
        resolver.resolve(address.host, std::to_string(address.port), tcp::resolver::passive, error);
    if (error) return error;
    const tcp::endpoint endpoint = *found.begin();
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    return error;
  }

  // The connections take turns among the threads.
  void Accept() {
    Carrier& carrier = carriers[next++ % carriers.size()];
    acceptor.async_accept(carrier.io, [this](Error error, Connection::Socket socket) {
      if (error == asio::error::operation_aborted || !acceptor.is_open()) return;
      if (error) {
        // Most likely there are no more file descriptors; some will be given back.
        pause.expires_after(kPause);
        pause.async_wait([this](Error stopped) {
          if (!stopped) Accept();
        });
        return;
      }
      const auto connection = std::make_shared<Connection>(std::move(socket), for_connections);
      connection->Start();
      Accept();
    });
  }

  void StopAll(bool at_once) {
    for (const auto& connection : connections.All()) connection->Stop(at_once);
  }

  const ServerOptions options;
  Metrics metrics;
  const Surroundings surroundings;
  Site site;
  Connections connections;
  const Connection::Surroundings for_connections;
  std::deque<Carrier> carriers;
  asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor;
  asio::steady_timer pause;
  size_t next = 0;
  bool shut_down = false;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(std::vector<request::Method> methods,
                                                      WorkerPool* pool,
                                                      const ServerOptions& options) {
  absl::StatusOr<request::Address> address = request::ParseAddress(options.listen);
  if (!address.ok()) return address.status();
  WebFiles web;
  if (!options.web_root.empty()) {
    HW_ASSIGN_OR_RETURN(web, WebFiles::Load(options.web_root));
  }
  auto impl = std::make_unique<Impl>(std::move(methods), pool, options,
                                     !request::IsLoopback(*address), std::move(web));
  if (impl->Listen(*address)) return request::WhyNotListening(*address, "--http-listen");
  address->port = impl->acceptor.local_endpoint().port();
  auto server = std::unique_ptr<Server>(new Server(std::move(impl)));
  server->address_ = request::ToString(*address);
  server->impl_->Accept();
  for (Carrier& carrier : server->impl_->carriers) {
    carrier.thread = std::thread([&carrier] { carrier.io.run(); });
  }
  return server;
}

void Server::Shutdown(absl::Duration grace) {
  if (std::exchange(impl_->shut_down, true)) return;
  Impl& impl = *impl_;
  asio::post(impl.acceptor.get_executor(), [&impl] {
    Error ignored;
    impl.acceptor.close(ignored);
    impl.pause.cancel();
  });
  impl.StopAll(/*at_once=*/false);
  const bool drained = impl.options.admission->drain.Close(grace);
  if (drained) impl.connections.WaitForNone(kClosing);
  // A connection that was on its way in while the others were told is met the next time.
  do {
    impl.StopAll(/*at_once=*/true);
  } while (!impl.connections.WaitForNone(absl::Milliseconds(50)));
  for (Carrier& carrier : impl.carriers) carrier.work.reset();
  for (Carrier& carrier : impl.carriers) {
    carrier.io.stop();
    if (carrier.thread.joinable()) carrier.thread.join();
  }
}

}  // namespace headwater::gateway
