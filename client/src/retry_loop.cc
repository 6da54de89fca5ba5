#include "retry_loop.h"

#include <algorithm>
#include <optional>
#include <random>

#include "absl/time/clock.h"
#include "headwater/errors.h"

namespace headwater::internal {
namespace {

class SystemPacer : public Pacer {
 public:
  absl::Time Now() override { return absl::Now(); }
  void Sleep(absl::Duration pause) override { absl::SleepFor(pause); }
  double Random() override {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
  }
};

}  // namespace

Pacer& RealPacer() {
  static SystemPacer* const pacer = new SystemPacer;
  return *pacer;
}

bool IsTransient(const absl::Status& status) {
  // Without RetryInfo, RESOURCE_EXHAUSTED is a full disk or a message too long: waiting helps
  // neither.
  return absl::IsUnavailable(status) ||
         (absl::IsResourceExhausted(status) && RetryDelay(status).has_value());
}

bool MayGoOn(const absl::Status& status) {
  return IsTransient(status) || absl::IsCancelled(status);
}

absl::Status RetryLoop(const RetryPolicy& policy, absl::Time deadline, bool repeatable,
                       Pacer& pacer, absl::FunctionRef<absl::Status()> attempt) {
  absl::Duration backoff = policy.initial_backoff;
  for (int tries = 1;; ++tries) {
    absl::Status status = attempt();
    if (status.ok() || !repeatable || !IsTransient(status) || tries == policy.max_attempts) {
      return status;
    }
    const absl::Duration asked = RetryDelay(status).value_or(absl::ZeroDuration());
    const absl::Duration pause = asked + backoff * (0.5 + 0.5 * pacer.Random());
    // The last error says more than "deadline exceeded" would after a pause for nothing.
    if (pacer.Now() + pause >= deadline) return status;
    pacer.Sleep(pause);
    backoff = std::min(backoff * policy.multiplier, policy.max_backoff);
  }
}

}  // namespace headwater::internal
