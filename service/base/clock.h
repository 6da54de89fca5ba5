// Where the time comes from, so that tests can say what time it is.
#ifndef HEADWATER_BASE_CLOCK_H_
#define HEADWATER_BASE_CLOCK_H_

#include <mutex>

#include "absl/time/time.h"

namespace headwater {

// Any number of threads may ask at once.
class Clock {
 public:
  virtual ~Clock() = default;
  // May go back between calls (a clock is set): whoever needs an order must keep its own.
  virtual absl::Time Now() = 0;
};

// The machine's clock. Never null, lives as long as the process.
Clock* SystemClock();

// Stands still until told otherwise. Safe from any number of threads.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time start = absl::UnixEpoch()) : now_(start) {}

  absl::Time Now() override;
  void Set(absl::Time now);
  // A negative duration turns it back.
  void Advance(absl::Duration by);

 private:
  std::mutex mutex_;
  absl::Time now_;  // guarded by mutex_
};

}  // namespace headwater

#endif  // HEADWATER_BASE_CLOCK_H_
