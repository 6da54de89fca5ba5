// One request over HTTP and the way back to whoever sent it.
#ifndef HEADWATER_GATEWAY_EXCHANGE_H_
#define HEADWATER_GATEWAY_EXCHANGE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "gateway/http.h"

namespace headwater::gateway {

// Made by the connection, kept by whoever works on the answer. Exactly one answer is given: by
// Respond, or by BeginStream, any number of SendPiece, and EndStream; after it nothing may be asked
// of the exchange. Destroyed without one it closes the connection.
class Exchange {
 public:
  virtual ~Exchange() = default;

  // Valid until the answer is given. For the connection's thread alone, on which it is handed over.
  virtual const RequestHead& head() const = 0;
  virtual std::string TakeBody() = 0;
  // At `when`, `expired` is called on the connection's thread, unless all of an answer was given by
  // then. Once at most, on the connection's thread.
  virtual void SetDeadline(absl::Time when, std::function<void()> expired) = 0;
  // `gone` is called on the connection's thread where the client goes away before an answer was
  // begun. Once at most, on the connection's thread.
  virtual void WatchClient(std::function<void()> gone) = 0;

  // From any thread.
  virtual void Respond(Response response) = 0;
  // The head of a response whose body comes in pieces.
  virtual void BeginStream(Response head) = 0;
  // One piece; `taken` is called on the connection's thread once the next may come, with false
  // where the client is gone: then EndStream must still be called.
  virtual void SendPiece(std::string piece, std::function<void(bool ok)> taken) = 0;
  virtual void EndStream() = 0;
  // Breaks the connection off, in the midst of a stream or before an answer.
  virtual void Abort() = 0;
};

// What answers requests. Called on the threads of the connections, which it must never make wait.
class Handler {
 public:
  virtual ~Handler() = default;

  // What becomes of a request whose body has not been read yet: an answer at once; or none, and
  // `handle` is called once its body is there, which has `most_body` bytes at most.
  struct Admission {
    std::optional<Response> refusal;
    // Added to whichever answer the request gets.
    std::vector<std::pair<std::string, std::string>> headers;
    size_t most_body = 0;
    std::function<void(std::shared_ptr<Exchange>)> handle;
  };
  virtual Admission Admit(const RequestHead& head) = 0;

  // The answers to what goes wrong before that: a body longer than it may be; as much arrives
  // already as the server may hold.
  virtual Response TooLarge(const RequestHead& head, size_t most_body) = 0;
  virtual Response TooMuchArriving(const RequestHead& head) = 0;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_EXCHANGE_H_
