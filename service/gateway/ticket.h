// What one call has counted in at the server's door.
#ifndef HEADWATER_GATEWAY_TICKET_H_
#define HEADWATER_GATEWAY_TICKET_H_

#include <cstddef>
#include <utility>

#include "request/door/admission.h"

namespace headwater::gateway {

// Counts out, when it goes, what it counted in. For one thread at a time.
class Ticket {
 public:
  // `admission` must outlive it.
  explicit Ticket(request::Admission* admission) : admission_(admission) {}
  ~Ticket() {
    GiveMemory();
    GiveAnswer();
    if (has_time_) admission_->drain.End();
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  // Counts the call as one that takes time. False where the server shuts down. Again does no harm.
  [[nodiscard]] bool TryTakeTime() {
    if (!has_time_) has_time_ = admission_->drain.TryBegin();
    return has_time_;
  }
  // Counts the work on a request of `size` bytes in. False where there is no room. Again does no
  // harm.
  [[nodiscard]] bool TryTakeMemory(size_t size) {
    if (has_memory_) return true;
    size_ = size;
    return has_memory_ = admission_->memory.TryTake(size);
  }
  // The work is done: all that it took is let go of. Again does no harm.
  void GiveMemory() {
    if (std::exchange(has_memory_, false)) admission_->memory.Give(size_);
  }

  // Counts an answer of `size` bytes in, until it is with the client; one at a time. False where
  // there is no room; never of one that `must` be given. Small answers are not counted.
  [[nodiscard]] bool TryTakeAnswer(size_t size, bool must) {
    if (size <= request::kLargeRequestBytes) return true;
    if (must) {
      admission_->memory.Answer(size);
    } else if (!admission_->memory.TryAnswer(size)) {
      return false;
    }
    answer_ = size;
    return true;
  }
  // The answer was taken, or is not given. Again does no harm.
  void GiveAnswer() {
    if (answer_ > 0) admission_->memory.Answered(std::exchange(answer_, 0));
  }

 private:
  request::Admission* const admission_;
  size_t size_ = 0;
  size_t answer_ = 0;
  bool has_memory_ = false;
  bool has_time_ = false;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_TICKET_H_
