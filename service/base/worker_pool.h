// A few threads and a bounded queue, for work that may wait.
#ifndef HEADWATER_BASE_WORKER_POOL_H_
#define HEADWATER_BASE_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace headwater {

// Every method but Shutdown may be called from any thread, a worker's own included.
class WorkerPool {
 public:
  using Task = absl::AnyInvocable<void()>;

  // Someone waits for kInteractive work: as long as any is queued, no kBackground task begins.
  enum class Priority { kInteractive, kBackground };

  // Starts `threads` threads (at least one). Of each priority up to `max_queued` tasks wait, beside
  // those that run: a flood of background work cannot keep interactive work out.
  WorkerPool(size_t threads, size_t max_queued);
  // Shuts down.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Takes `task` and runs it once on a worker, after those of its priority that came before. Never
  // waits. False, with `task` left untouched, when as many wait as may, or after Shutdown began. A
  // task must not throw.
  [[nodiscard]] bool TrySchedule(Task&& task, Priority priority = Priority::kInteractive);

  // Accepts no more, runs what is queued, and returns when all has run. Never from a worker's own
  // thread. Repeated calls are harmless.
  void Shutdown();

  // How many tasks wait, for metrics.
  size_t queued() const;

 private:
  void Run();

  const size_t max_queued_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All guarded by mutex_.
  std::deque<Task> interactive_;
  std::deque<Task> background_;
  bool shutting_down_ = false;

  std::mutex join_mutex_;             // held by whoever joins
  std::vector<std::thread> threads_;  // guarded by join_mutex_ once constructed
};

}  // namespace headwater

#endif  // HEADWATER_BASE_WORKER_POOL_H_
