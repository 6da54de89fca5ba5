#include "rpc/drain.h"

namespace headwater::rpc {

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
  return ended_.wait_for(lock, absl::ToChronoNanoseconds(patience),
                         [this] { return running_ == 0; });
}

}  // namespace headwater::rpc
