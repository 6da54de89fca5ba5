#include "base/worker_pool.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace headwater {
namespace {

using Priority = WorkerPool::Priority;

// A door that tasks wait at until it is opened.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// Keeps the pool's one thread busy until the gate opens; returns once it is.
void Occupy(WorkerPool& pool, Gate& gate) {
  Gate started;
  ASSERT_TRUE(pool.TrySchedule([&gate, &started] {
    started.Open();
    gate.Wait();
  }));
  started.Wait();
}

TEST(WorkerPoolTest, RunsEveryTaskOnce) {
  std::vector<std::atomic<int>> runs(10000);
  {
    WorkerPool pool(4, runs.size());
    for (std::atomic<int>& run : runs) {
      ASSERT_TRUE(pool.TrySchedule([&run] { ++run; }, &run - runs.data() < 5000
                                                          ? Priority::kInteractive
                                                          : Priority::kBackground));
    }
  }
  for (const std::atomic<int>& run : runs) EXPECT_EQ(run, 1);
}

TEST(WorkerPoolTest, InteractiveGoesFirstAndEachInOrder) {
  std::string order;
  Gate gate;
  WorkerPool pool(1, 10);
  Occupy(pool, gate);
  for (const char c : {'1', '2', '3'}) {
    ASSERT_TRUE(pool.TrySchedule([&order, c] { order.push_back(c); }, Priority::kBackground));
  }
  for (const char c : {'a', 'b', 'c'}) {
    ASSERT_TRUE(pool.TrySchedule([&order, c] { order.push_back(c); }));
  }
  EXPECT_EQ(pool.queued(), 6u);
  gate.Open();
  pool.Shutdown();
  EXPECT_EQ(order, "abc123");
  EXPECT_EQ(pool.queued(), 0u);
}

TEST(WorkerPoolTest, RefusesWhenFullAndLeavesTheTaskWithTheCaller) {
  Gate gate;
  WorkerPool pool(1, 2);
  Occupy(pool, gate);
  int runs = 0;
  ASSERT_TRUE(pool.TrySchedule([&runs] { ++runs; }, Priority::kBackground));
  ASSERT_TRUE(pool.TrySchedule([&runs] { ++runs; }, Priority::kBackground));
  WorkerPool::Task task = [&runs, owned = std::make_unique<int>(10)] { runs += *owned; };
  EXPECT_FALSE(pool.TrySchedule(std::move(task), Priority::kBackground));
  ASSERT_TRUE(task);
  // Interactive work has places of its own.
  EXPECT_TRUE(pool.TrySchedule(std::move(task)));
  gate.Open();
  pool.Shutdown();
  EXPECT_EQ(runs, 12);
}

TEST(WorkerPoolTest, ShutdownRunsWhatIsQueuedAndTakesNoMore) {
  Gate gate;
  WorkerPool pool(2, 100);
  Occupy(pool, gate);
  Occupy(pool, gate);
  std::atomic<int> runs = 0;
  std::atomic<bool> taken_late = false;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(pool.TrySchedule([&runs] { ++runs; }, Priority::kBackground));
  }
  std::thread stopper([&pool] { pool.Shutdown(); });
  // Once shutting down has begun, every further attempt is refused; until then, some may be taken.
  int taken = 0;
  while (pool.TrySchedule([&runs] { ++runs; })) {
    ++taken;
    std::this_thread::yield();
    if (taken == 100) break;
  }
  gate.Open();
  stopper.join();
  EXPECT_EQ(runs, 50 + taken);
  EXPECT_FALSE(pool.TrySchedule([&taken_late] { taken_late = true; }));
  pool.Shutdown();
  EXPECT_FALSE(taken_late);
}

TEST(WorkerPoolTest, ATaskMayScheduleMore) {
  std::atomic<int> runs = 0;
  Gate done;
  WorkerPool pool(2, 10);
  ASSERT_TRUE(pool.TrySchedule([&] {
    ++runs;
    EXPECT_TRUE(pool.TrySchedule([&] {
      ++runs;
      done.Open();
    }));
  }));
  done.Wait();
  pool.Shutdown();
  EXPECT_EQ(runs, 2);
}

TEST(WorkerPoolTest, LetsGoOfATaskOnceItHasRun) {
  WorkerPool pool(1, 10);
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  ASSERT_TRUE(pool.TrySchedule([held = std::move(held)] {}));
  Gate gate;
  Occupy(pool, gate);  // the only thread has gone on to this: the task before is gone
  EXPECT_TRUE(watch.expired());
  gate.Open();
}

TEST(WorkerPoolTest, ZeroThreadsMeansOne) {
  int runs = 0;
  WorkerPool pool(0, 1);
  ASSERT_TRUE(pool.TrySchedule([&runs] { ++runs; }));
  pool.Shutdown();
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace headwater
