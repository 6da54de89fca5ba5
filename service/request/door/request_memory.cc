#include "request/door/request_memory.h"

#include <algorithm>

namespace headwater::request {

size_t RequestMemory::MostArriving(size_t bytes) const {
  return std::max<size_t>(budget_ / 4 / bytes, 1);
}

bool RequestMemory::TryArrive(size_t had, size_t more) {
  const std::lock_guard lock(mutex_);
  const bool fits = arriving_ + more <= budget_ / 8 || arriving_ == had;
  if (fits) arriving_ += more;
  return fits;
}

void RequestMemory::Arrived(size_t bytes) {
  const std::lock_guard lock(mutex_);
  arriving_ -= bytes;
}

bool RequestMemory::TryTake(size_t bytes) {
  const size_t work = bytes * kWorkFactor;
  const bool is_large = bytes > kLargeRequestBytes;
  size_t& used = is_large ? large_ : small_;
  const size_t most = is_large ? budget_ / 2 : budget_ / 8;
  const std::lock_guard lock(mutex_);
  const bool fits = used + work <= most || (is_large && used == 0);
  if (fits) used += work;
  return fits;
}

void RequestMemory::Give(size_t bytes) {
  const std::lock_guard lock(mutex_);
  (bytes > kLargeRequestBytes ? large_ : small_) -= bytes * kWorkFactor;
}

bool RequestMemory::TryAnswer(size_t bytes) {
  const std::lock_guard lock(mutex_);
  const bool fits = answers_ + bytes <= budget_ / 4 || answers_ == 0;
  if (fits) answers_ += bytes;
  return fits;
}

void RequestMemory::Answer(size_t bytes) {
  const std::lock_guard lock(mutex_);
  answers_ += bytes;
}

void RequestMemory::Answered(size_t bytes) {
  const std::lock_guard lock(mutex_);
  answers_ -= bytes;
}

}  // namespace headwater::request
