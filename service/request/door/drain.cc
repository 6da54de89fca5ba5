#include "request/door/drain.h"

#include <algorithm>

namespace headwater::request {

bool Drain::TryBegin() {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  ++running_;
  return true;
}

void Drain::End() {
  const std::lock_guard lock(mutex_);
  if (--running_ == 0 && closed_) ended_.notify_all();
}

bool Drain::Close(absl::Duration patience) {
  std::unique_lock lock(mutex_);
  closed_ = true;
  const auto none = [this] { return running_ == 0; };
  // A condition variable's arithmetic on time overflows for long waits.
  const absl::Duration bounded = std::min(patience, absl::Hours(24));
  return ended_.wait_for(lock, absl::ToChronoNanoseconds(bounded), none);
}

}  // namespace headwater::request
