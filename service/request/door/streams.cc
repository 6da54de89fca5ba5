#include "request/door/streams.h"

#include <algorithm>

namespace headwater::request {

bool Streams::Enter(Stream* stream) {
  std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  const auto leaving = static_cast<size_t>(std::count_if(
      open_.begin(), open_.end(), [](const Stream* each) { return each->cancelled_; }));
  if (open_.size() - leaving >= limits_.most) {
    Stream* idle = nullptr;
    for (Stream* each : open_) {
      if (!each->cancelled_ && (idle == nullptr || each->moved_ < idle->moved_)) idle = each;
    }
    // Of those that leave there may be as many again and no more, should they take their time.
    if (idle == nullptr || now - idle->moved_ < limits_.idle || leaving >= limits_.most)
      return false;
    idle->cancelled_ = true;
    idle->Cancel();
  }
  stream->moved_ = now;
  stream->place_ = open_.insert(open_.end(), stream);
  return true;
}

void Streams::Move(Stream* stream) {
  std::lock_guard lock(mutex_);
  stream->moved_ = Clock::now();
}

void Streams::Leave(Stream* stream) {
  std::lock_guard lock(mutex_);
  open_.erase(stream->place_);
}

}  // namespace headwater::request
