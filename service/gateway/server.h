// The HTTP server: one address, a few threads, everything of a Site.
#ifndef HEADWATER_GATEWAY_SERVER_H_
#define HEADWATER_GATEWAY_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/worker_pool.h"
#include "gateway/limits.h"
#include "gateway/neighbours.h"
#include "request/door/admission.h"
#include "request/methods.h"

namespace headwater::gateway {

struct ServerOptions {
  // "host:port", "[::1]:port"; port 0 takes a free one.
  std::string listen = "127.0.0.1:7412";
  // The directory of the page; empty for none.
  std::string web_root;
  // Other names and other origins than the server's own.
  Neighbours::Names names;
  // Threads that carry connections.
  size_t threads = 2;
  Limits limits;
  // Shared with the other doors of the server; never null.
  std::shared_ptr<request::Admission> admission = std::make_shared<request::Admission>();
};

class Server {
 public:
  // Listens, and serves `methods` from when it returns. `pool` runs what must wait or is large; it
  // and all that the methods need must outlive the server.
  //   kUnavailable      the address cannot be listened on, and why
  //   kInvalidArgument  it is no address; and as WebFiles::Load
  static absl::StatusOr<std::unique_ptr<Server>> Start(std::vector<request::Method> methods,
                                                       WorkerPool* pool,
                                                       const ServerOptions& options);

  // Shuts down without waiting.
  ~Server();

  // Where it listens, with the actual port: "127.0.0.1:7412".
  const std::string& address() const { return address_; }

  // Takes no more connections, refuses new writes, and waits up to `grace` for the writes in flight
  // and the reads that wait; then closes. Once it returns no method is running. Repeated calls are
  // harmless.
  void Shutdown(absl::Duration grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  const std::unique_ptr<Impl> impl_;
  std::string address_;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_SERVER_H_
