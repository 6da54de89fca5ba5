// The gRPC server: one address, the services, health and reflection.
#ifndef HEADWATER_RPC_SERVER_H_
#define HEADWATER_RPC_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/worker_pool.h"
#include "request/door/admission.h"
#include "request/methods.h"
#include "rpc/arrivals.h"

namespace grpc {
class Server;
}

namespace headwater::rpc {

class Service;

struct ServerOptions {
  // "host:port", "[::1]:port"; port 0 takes a free one.
  std::string listen = "127.0.0.1:7411";
  // Shared with the other doors of the server; never null.
  std::shared_ptr<request::Admission> admission = std::make_shared<request::Admission>();
};

// A message of more than request::kMaxReceivedBytes is RESOURCE_EXHAUSTED, a compressed one
// UNIMPLEMENTED.
// An answer may be as large as a full page of full-sized resources.
inline constexpr int kMaxSentBytes = 64 << 20;

class Server {
 public:
  // Listens, and serves `methods` from when it returns. `pool` runs what must wait or is
  // large; it and all that the methods need must outlive the server. Call it before any other gRPC
  // server of the process is made: it turns on gRPC's health service, which is for all of them.
  //   kUnavailable      the address cannot be listened on, and why
  //   kInvalidArgument  it is no address
  static absl::StatusOr<std::unique_ptr<Server>> Start(std::vector<request::Method> methods,
                                                       WorkerPool* pool,
                                                       const ServerOptions& options);

  // Shuts down without waiting.
  ~Server();

  // Where it listens, with the actual port: "127.0.0.1:7411".
  const std::string& address() const { return address_; }

  // Reports NOT_SERVING, refuses new writes, and waits up to `grace` for the writes in flight and
  // the reads that wait; what memory answers is still answered meanwhile. Then closes: what is left
  // is cancelled, and a write among it that was sequenced is still finished. Once it returns no
  // method is running. Takes at most some seconds more than `grace`, unless a method never ends.
  // Repeated calls are harmless.
  void Shutdown(absl::Duration grace);

 private:
  Server(std::vector<request::Method> methods, WorkerPool* pool, const ServerOptions& options);

  const std::shared_ptr<request::Admission> admission_;
  Arrivals arrivals_;
  std::vector<std::unique_ptr<Service>> services_;  // before server_: it must outlive it
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  bool shut_down_ = false;
};

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_SERVER_H_
