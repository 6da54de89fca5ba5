// The one committer: takes prepared writes, gives them sequences, and commits them in groups with
// one synced write each. Never reads the disk: whether what a write relied on still holds it looks
// up in memory.
#ifndef HEADWATER_DATABASE_WRITING_COMMITTER_H_
#define HEADWATER_DATABASE_WRITING_COMMITTER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "database/database.h"
#include "database/view.h"
#include "database/writing/prepared.h"
#include "database/writing/recent.h"
#include "database/writing/write_request.h"
#include "kv/engine.h"

namespace headwater::database {

// A write on its way from request to answer.
struct PendingWrite {
  WriteRequest request;
  Caller caller;
  std::string request_hash;  // of a request with a request id; else empty
  // Of a request without an id; others are waited for by many, some housekeeping by none.
  Done done;

  Prepared prepared;
  // The server's own: nobody waits for it, so it goes behind interactive writes.
  bool is_background = false;

  kv::Batch housekeeping;  // rows outside the log: requests to forget, a follower's, an import's

  // Of an import: it goes behind interactive writes, is synced though it may change nothing in the
  // log, and is prepared again, where it is stale, by calling this. Null for others.
  std::function<void()> stale;
  // Of an import, instead of `done`: gets the last sequence of what was committed, or of what was
  // there before it where nothing changed.
  std::function<void(absl::StatusOr<uint64_t>)> imported;

  // Set by the committer.
  uint64_t first_sequence = 0;
  int64_t commit_micros = 0;
};

class Committer {
 public:
  // What the committer asks of its owner; called on its thread, must not block.
  struct Hooks {
    std::function<void(std::unique_ptr<PendingWrite>)> prepare_again;  // what it relied on changed
    std::function<void(std::vector<std::unique_ptr<PendingWrite>>, absl::Status)>
        finished;                      // these were committed, or failed
    std::function<void()> committed;   // the log has grown, and readers see it
    std::function<void()> recovering;  // the engine is about to want all snapshots back
    std::function<void()> minute;      // about once a minute
  };

  // Starts the thread. `engine`, `views` and `clock` are not owned; `head` is the engine's.
  Committer(kv::Engine* engine, Views* views, Clock* clock, uint64_t head, Hooks hooks);
  // Commits what is queued, then stops.
  ~Committer();

  // Queues a write; answered through the hooks. Any thread.
  void Enqueue(std::unique_ptr<PendingWrite> write);

  // Whether an interactive write was queued within the last second. Any thread.
  bool InteractiveLately() const;

 private:
  using Writes = std::vector<std::unique_ptr<PendingWrite>>;

  void Run();
  // Takes the next writes from the queues; waits for some. Empty once stopping.
  Writes Take();
  bool TakeFrom(std::deque<std::unique_ptr<PendingWrite>>* queue, size_t most_changes,
                Writes* taken, size_t* changes);
  // Drops from `writes` those that may not be committed any more, and puts the rest into `batch`
  // with sequences.
  void Place(Writes* writes, int64_t micros, kv::Batch* batch);
  bool Admit(std::unique_ptr<PendingWrite>* write, Writes* dropped_late, Writes* dropped_cancelled);
  void Commit(Writes writes);
  // After a failed commit: finds out what is there, and goes on or suspends writing.
  void Recover(Writes writes, uint64_t new_head, absl::Status why);
  // One attempt; publishes what is there. False while the store can't be written.
  bool TryRecover();
  // Whether writing is suspended still; tries to recover, every now and then.
  bool Suspended();
  // Ends the commit under way with what the engine holds.
  absl::Status Conclude();

  kv::Engine* const engine_;
  Views* const views_;
  Clock* const clock_;
  const Hooks hooks_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<std::unique_ptr<PendingWrite>> interactive_;
  std::deque<std::unique_ptr<PendingWrite>> bulk_;
  bool stopping_ = false;

  std::atomic<int64_t> last_interactive_ = std::numeric_limits<int64_t>::min();  // microseconds

  // The committer's thread only.
  bool bulk_turn_ = false;  // whether bulk could be in the group taken last
  Recent recent_;
  uint64_t head_ = 0;
  int64_t commit_micros_ = 0;  // of the last commit begun
  absl::Status suspended_;     // why writing is suspended; OK while it is not
  std::chrono::steady_clock::time_point next_recovery_;
  absl::Time next_minute_;

  std::thread thread_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_COMMITTER_H_
