#include "kv/gate.h"

#include <thread>

namespace headwater::kv {

void Gate::Close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_ = false;
}

void Gate::Open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void Gate::Delay(std::chrono::microseconds delay) {
  const std::lock_guard<std::mutex> lock(mutex_);
  delay_ = delay;
}

void Gate::Pass() {
  std::chrono::microseconds delay;
  {
    std::unique_lock<std::mutex> lock(mutex_);
    delay = delay_;
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --waiting_;
  }
  if (delay.count() > 0) std::this_thread::sleep_for(delay);
}

size_t Gate::waiting() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return waiting_;
}

bool Gate::WaitFor(size_t count, std::chrono::milliseconds patience) const {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return waiting_ >= count; });
}

}  // namespace headwater::kv
