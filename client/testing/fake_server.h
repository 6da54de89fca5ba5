// A gRPC server for tests of the client: answers every method by a function.
#ifndef HEADWATER_TESTING_FAKE_SERVER_H_
#define HEADWATER_TESTING_FAKE_SERVER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

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

  // What follows a message of a dialogue: the answers to it, then the end of the call, if it ends.
  struct Reply {
    std::vector<std::string> messages;
    bool ends = false;
    grpc::Status status;
  };
  // Hears a message of a method that is a dialogue: `call.request` is that message, all else as of
  // the whole call; `*state` is the call's own, empty at its first message.
  using Dialogue = std::function<Reply(const Call& call, std::shared_ptr<void>* state)>;

  // Methods in `dialogues` (by their names, "Import") are answered message by message, all others
  // by `handler`. Port 0 is a free one.
  explicit FakeServer(Handler handler, const std::string& listen = "127.0.0.1:0",
                      std::map<std::string, Dialogue> dialogues = {});
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
