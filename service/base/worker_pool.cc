#include "base/worker_pool.h"

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <utility>

namespace headwater {

WorkerPool::WorkerPool(size_t threads, size_t max_queued) : max_queued_(max_queued) {
  threads = std::max<size_t>(threads, 1);
  threads_.reserve(threads);
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkerPool::~WorkerPool() { Shutdown(); }

bool WorkerPool::TrySchedule(Task&& task, Priority priority) {
  {
    const std::lock_guard lock(mutex_);
    std::deque<Task>& queue = priority == Priority::kInteractive ? interactive_ : background_;
    if (shutting_down_ || queue.size() >= max_queued_) return false;
    queue.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::Shutdown() {
  {
    const std::lock_guard lock(mutex_);
    shutting_down_ = true;
  }
  changed_.notify_all();
  const std::lock_guard lock(join_mutex_);
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

size_t WorkerPool::queued() const {
  const std::lock_guard lock(mutex_);
  return interactive_.size() + background_.size();
}

void WorkerPool::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(
        lock, [this] { return shutting_down_ || !interactive_.empty() || !background_.empty(); });
    std::deque<Task>& queue = interactive_.empty() ? background_ : interactive_;
    if (queue.empty()) return;  // shutting down, and all is taken
    Task task = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds is let go outside the lock, and before the next wait
    lock.lock();
  }
}

}  // namespace headwater
