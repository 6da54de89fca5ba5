// Any bytes over TCP to an HTTP server with the whole API on memory behind it: it answers in HTTP
// or closes, and does not hang.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "fuzz/fuzz.h"
#include "gateway/server.h"
#include "kv/memory_engine.h"
#include "request/methods.h"

namespace headwater::fuzz {
namespace {

constexpr int kPatienceMs = 20'000;

// Lives as long as the process.
struct Running {
  WorkerPool pool{4, 1024};
  std::unique_ptr<database::Database> database =
      database::Database::Open(kv::NewMemoryEngine(), {.pool = &pool, .follow = false}).value();
  std::unique_ptr<gateway::Server> server =
      gateway::Server::Start(request::AllMethods(database.get()), &pool, {.listen = "127.0.0.1:0"})
          .value();
};

int Connect() {
  static auto* const running = new Running;
  const std::string& address = running->server->address();
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  int port = 0;
  HW_HOLDS(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  to.sin_port = htons(static_cast<uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  HW_HOLDS(connect(connection, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0);
  return connection;
}

// All that comes back, to the end of the connection.
std::string Receive(int connection) {
  std::string received;
  char piece[16 << 10];
  while (true) {
    pollfd waiting = {connection, POLLIN, 0};
    HW_HOLDS(poll(&waiting, 1, kPatienceMs) == 1);
    const ssize_t size = recv(connection, piece, sizeof(piece), 0);
    if (size <= 0) return received;
    received.append(piece, static_cast<size_t>(size));
  }
}

}  // namespace

void Try(absl::string_view input) {
  const int connection = Connect();
  const linger at_once = {.l_onoff = 1, .l_linger = 0};  // or ports would run out
  setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  // The server may close before it has all: then the rest is lost, as it should be.
  for (absl::string_view rest = input; !rest.empty();) {
    const ssize_t sent = send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;
    rest.remove_prefix(static_cast<size_t>(sent));
  }
  shutdown(connection, SHUT_WR);
  const std::string received = Receive(connection);
  close(connection);
  HW_HOLDS(received.empty() || absl::StartsWith(received, "HTTP/1.1 "));
}

}  // namespace headwater::fuzz
