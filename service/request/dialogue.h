// Methods in which messages go both ways.
#ifndef HEADWATER_REQUEST_DIALOGUE_H_
#define HEADWATER_REQUEST_DIALOGUE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace headwater::request {

// One answer of a dialogue.
struct DialogueAnswer {
  std::string message;  // in wire format
  bool more = false;    // another follows without anything being asked
  bool last = false;    // the dialogue is over
};

// One call of such a method. One question at a time: the next may be asked when `done` of the one
// before was called, which happens once, from any thread. After an error there is no other.
class Dialogue {
 public:
  using Done = std::function<void(absl::StatusOr<DialogueAnswer>)>;

  virtual ~Dialogue() = default;
  // Answers a message. Runs on the caller's thread, which it may make wait for files, and goes on
  // elsewhere.
  virtual void Ask(std::string message, Done done) = 0;
  // The answer after one with `more`.
  virtual void More(Done done) = 0;
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DIALOGUE_H_
