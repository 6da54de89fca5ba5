// The one place where a call is tried again.
#ifndef HEADWATER_CLIENT_RETRY_LOOP_H_
#define HEADWATER_CLIENT_RETRY_LOOP_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "headwater/options.h"

namespace headwater::internal {

// Time and chance as the loop sees them, so that tests need neither.
class Pacer {
 public:
  virtual ~Pacer() = default;
  virtual absl::Time Now() = 0;
  virtual void Sleep(absl::Duration pause) = 0;
  // Uniform in [0, 1).
  virtual double Random() = 0;
};

// The real ones. Thread-safe, never destroyed.
Pacer& RealPacer();

// Whether the status may go away by itself, so that a call which does no harm twice is worth
// another try.
bool IsTransient(const absl::Status& status);

// The same of a stream that broke off and can be gone on with where it was. A server that has too
// many streams open ends one that stood still, which comes as CANCELLED; nobody else cancels one.
bool MayGoOn(const absl::Status& status);

// Runs `attempt` until it succeeds, fails for good, has been run policy.max_attempts times or the
// next pause would reach beyond `deadline`; returns what the last one returned. A call that is not
// `repeatable` is run once.
absl::Status RetryLoop(const RetryPolicy& policy, absl::Time deadline, bool repeatable,
                       Pacer& pacer, absl::FunctionRef<absl::Status()> attempt);

}  // namespace headwater::internal

#endif  // HEADWATER_CLIENT_RETRY_LOOP_H_
