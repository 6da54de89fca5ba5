// Calls of any method of the API, by the type of its request: what Client's typed methods stand on,
// and what a program uses that works on descriptors.
#ifndef HEADWATER_CONNECTION_H_
#define HEADWATER_CONNECTION_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/options.h"

namespace headwater {

namespace internal {
class Stream;
}

// The method that takes requests of this type; null where none does. Every request type of the API
// belongs to exactly one method.
const google::protobuf::MethodDescriptor* MethodFor(const google::protobuf::Descriptor& request);

// A connection to one server, made when it is first needed and made again when it breaks.
// All methods may be called from any number of threads at once.
class Connection {
 public:
  explicit Connection(ClientOptions options);
  ~Connection();

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Finds out whether the server can be reached, in at most `patience`. Not needed before a call:
  // it is for programs that would rather say "no server there" at once than try until a deadline.
  // UNAVAILABLE where the first attempt to connect fails, DEADLINE_EXCEEDED where it hangs.
  absl::Status Connect(absl::Duration patience);

  // Sends `request` to its method and waits for `*response`, which must be of the method's response
  // type and is overwritten; it holds nothing after an error. Tries again as client.h tells. A
  // request whose type has a `request_id` that is empty is sent with a new UUID in it, the same on
  // every try; `request` itself is not changed. INVALID_ARGUMENT, without calling, where no method
  // takes such a request or the actor cannot be sent.
  absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message* response,
                    const CallOptions& options = {});

  // Starts a call of the streamed method that takes requests of this type: what Export and Import
  // stand on. INVALID_ARGUMENT as Call. The connection must outlive what it returns.
  absl::StatusOr<std::unique_ptr<internal::Stream>> Open(
      const google::protobuf::Descriptor& request, const CallOptions& options = {});

  const ClientOptions& options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace headwater

#endif  // HEADWATER_CONNECTION_H_
