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

// One call of such a method. `done` of each question is called once, from any thread, in the order
// of the questions. The first is asked alone; after its answer some may be asked while others are
// worked on. After an error there is no other; one that was asked already ends in an error too.
class Dialogue {
 public:
  using Done = std::function<void(absl::StatusOr<DialogueAnswer>)>;

  virtual ~Dialogue() = default;
  // Answers a message. Runs on the caller's thread, which it may make wait for files, and goes on
  // elsewhere. One thread at a time.
  virtual void Ask(std::string message, Done done) = 0;
  // The answer after one with `more`; while nothing else is asked that was not asked already.
  virtual void More(Done done) = 0;
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DIALOGUE_H_
