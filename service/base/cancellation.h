// Whether anybody still waits for what a thread works out.
#ifndef HEADWATER_BASE_CANCELLATION_H_
#define HEADWATER_BASE_CANCELLATION_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace headwater {

// A worker works for one call at a time. While its scope lasts, whatever is deep inside that work
// may ask whether to go on, without the question being handed down through all that lies between.
// Scopes may stand in each other; the innermost counts. For the thread that made it.
class CancellationScope {
 public:
  // `is_cancelled` must outlive the scope. It is asked by this thread alone, often: it must be
  // quick.
  explicit CancellationScope(absl::FunctionRef<bool()> is_cancelled);
  ~CancellationScope();
  CancellationScope(const CancellationScope&) = delete;
  CancellationScope& operator=(const CancellationScope&) = delete;

 private:
  friend bool IsCancelled();

  const absl::FunctionRef<bool()> is_cancelled_;
  CancellationScope* const outer_;
};

// Whether nobody waits any more for what this thread works out; false outside every scope. Long
// work asks it between its steps.
bool IsCancelled();
// The same as a status, to end such work with: kCancelled.
absl::Status UnlessCancelled();

}  // namespace headwater

#endif  // HEADWATER_BASE_CANCELLATION_H_
