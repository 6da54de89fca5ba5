// What the followers of the log share: a thread that works the log off step by step behind the
// commits, gives way to those who answer people, and lets others wait for how far it has come.
//
// A watermark is never ahead of the log: what a step was worked out from was on stable storage when
// it was read, and stands in front of its rows in the engine's own log.
#ifndef HEADWATER_DATABASE_LOG_FOLLOWER_H_
#define HEADWATER_DATABASE_LOG_FOLLOWER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kv/batch.h"

namespace headwater::database {

class LogFollower {
 public:
  // Commits a batch of rows outside the log, and waits until readers see it. May fail with
  // kUnavailable and kResourceExhausted: then nothing of it may be relied on.
  using Commit = std::function<absl::Status(kv::Batch)>;

  virtual ~LogFollower();

  // Starts the thread, once; whoever may Wake() it knows it by then.
  void Start();

  // The log may have grown. Any thread, after Stop too.
  void Wake();
  // The engine wants all snapshots back: gives up what is under way, and tries again in a while.
  // Any thread.
  void Interrupt();
  // Ends after the piece under way; a step that is not done is begun anew at the next start. From
  // one thread. The first thing that the destructor of what follows does.
  void Stop();

  // Waits until the watermark is at `sequence` or above; whether it is. Does not wait where others
  // do already, more than which would hold up what else their threads are for.
  bool WaitFor(uint64_t sequence, std::chrono::milliseconds patience);
  uint64_t watermark() const;

 protected:
  // `gather` is the least time between two steps, unless somebody waits or there is more to do.
  LogFollower(std::chrono::milliseconds gather, Commit commit);

  // One step, which takes up where the watermark in the store says. Whether there is more to do at
  // once. Holds no view while it commits: an engine that has to open its files again waits for
  // them.
  virtual absl::StatusOr<bool> Step() = 0;

  // How long to pause after a step behind which there is more to do, in times of what it took: 0,
  // unless whoever follows has reason to leave the machine to others. Whoever waits for the
  // watermark ends the pause.
  virtual double Ease() const { return 0; }

  // For Step(). An error where it is to be given up.
  absl::Status MayGoOn() const;
  absl::Status CommitRows(kv::Batch batch);
  void Publish(uint64_t watermark);

 private:
  void Run();
  bool IsHurried() const;  // requires mutex_
  void Pause(std::chrono::steady_clock::duration duration);

  const std::chrono::milliseconds gather_;
  const Commit commit_;
  std::atomic<bool> interrupted_{false};
  std::atomic<bool> stopping_{false};  // set with mutex_ held

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // for the thread
  std::condition_variable moved_;    // for those who wait for the watermark
  // Guarded by mutex_.
  bool woken_ = false;
  bool idle_ = false;
  uint64_t watermark_ = 0;
  uint64_t wanted_ = 0;  // the highest sequence that somebody waits for
  size_t waiting_ = 0;

  std::thread thread_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_LOG_FOLLOWER_H_
