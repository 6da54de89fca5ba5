#include "base/clock.h"

#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace headwater {
namespace {

class MachineClock final : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
};

}  // namespace

Clock* SystemClock() {
  static MachineClock* const clock = new MachineClock;  // never destroyed: threads may outlive main
  return clock;
}

absl::Time ManualClock::Now() {
  const std::lock_guard lock(mutex_);
  return now_;
}

void ManualClock::Set(absl::Time now) {
  const std::lock_guard lock(mutex_);
  now_ = now;
}

void ManualClock::Advance(absl::Duration by) {
  const std::lock_guard lock(mutex_);
  now_ += by;
}

}  // namespace headwater
