#include "base/cancellation.h"

namespace headwater {
namespace {

thread_local CancellationScope* innermost = nullptr;

}  // namespace

CancellationScope::CancellationScope(absl::FunctionRef<bool()> is_cancelled)
    : is_cancelled_(is_cancelled), outer_(innermost) {
  innermost = this;
}

CancellationScope::~CancellationScope() { innermost = outer_; }

bool IsCancelled() { return innermost != nullptr && innermost->is_cancelled_(); }

absl::Status UnlessCancelled() {
  return IsCancelled() ? absl::CancelledError("nobody waits for the answer any more")
                       : absl::OkStatus();
}

}  // namespace headwater
