// A gRPC server for tests of the client: answers every method by a function.
#ifndef HEADWATER_TESTING_FAKE_SERVER_H_
#define HEADWATER_TESTING_FAKE_SERVER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "google/protobuf/message.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/server.h"

namespace headwater::internal {

// Listens until it is destroyed. Calls run on gRPC's threads.
class FakeServer {
 public:
  struct Call {
    std::string method;                           // "GetClaim"
    std::string request;                          // its bytes
    std::map<std::string, std::string> metadata;  // what the caller sent along
    std::string peer;                             // the connection it came by
    std::string response;                         // to be set: the answer's bytes
  };
  using Handler = std::function<grpc::Status(Call& call)>;

  // Port 0 is a free one.
  explicit FakeServer(Handler handler, const std::string& listen = "127.0.0.1:0");
  ~FakeServer();

  // "127.0.0.1:port".
  const std::string& address() const { return address_; }

 private:
  class Service;

  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace headwater::internal

#endif  // HEADWATER_TESTING_FAKE_SERVER_H_
