// The follower that keeps how claims stand: reads the log as it grows, assesses the claims that
// each request may have changed, and writes what came out, with its watermark, in one batch.
//
// Exact at every sequence at or below the watermark: a claim is assessed at the end of each request
// that affects it. Where in one step more than a few requests affect one claim (an import of a
// rumour), it is assessed after the last of them alone, and said to be unsettled from the first of
// them until then; a read of a time in between assesses it itself. So the work of a step is bounded
// by the claims it touches, whatever was said of each.
//
// A request that affects very many claims (the owner of a thousand outlets) is a step of its own,
// written in pieces; its rows hold from its end, which no reader sees before the watermark does.
// Begun anew it writes the same rows.
//
// A watermark is never ahead of the log: what it was worked out from was on stable storage when it
// was read, and stands in front of it in the engine's own log.
#ifndef HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_
#define HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "database/database.h"
#include "database/standings/standings.h"
#include "database/standings/watermark.h"
#include "database/view.h"

namespace headwater::database {

class Follower {
 public:
  // Commits a batch of rows outside the log, and waits until readers see it. May fail with
  // kUnavailable and kResourceExhausted: then nothing of it may be relied on.
  using Commit = std::function<absl::Status(kv::Batch)>;

  // Starts the thread. `views` is not owned.
  Follower(Views* views, const FollowLimits& limits, Commit commit);
  // Stops.
  ~Follower();

  // The log may have grown. Any thread, after Stop too.
  void Wake();
  // The engine wants all snapshots back: gives up what is under way, and tries again in a while.
  // Any thread.
  void Interrupt();
  // Ends after the piece under way; a step that is not done is begun anew at the next start. From
  // one thread.
  void Stop();

  // Waits until the watermark is at `sequence` or above; whether it is. Does not wait where others
  // do already, more than which would hold up what else their threads are for.
  bool WaitFor(uint64_t sequence, std::chrono::milliseconds patience);
  uint64_t watermark() const;
  // How many claims were assessed since the start.
  uint64_t assessments() const { return assessments_; }

 private:
  // What one step is about.
  struct Work {
    std::map<std::string, std::vector<uint64_t>> claims;  // to the ends of requests
    uint64_t last = 0;                                    // it ends with the request that ends here
    bool large = false;  // one request alone, to be written in pieces
    bool more = false;   // of that one only the first claims
    bool full = false;   // there is more to do right behind it
  };

  void Run();
  // One step. Whether there is more to do at once.
  absl::StatusOr<bool> Step();
  absl::Status DropRows();
  // Reads requests from the view's watermark on until the step is large enough.
  absl::StatusOr<Work> ReadRequests(const View& view, uint64_t first) const;
  // The claims of one request that come behind one.
  absl::StatusOr<Work> ReadBehind(uint64_t first, uint64_t last, std::string behind) const;
  absl::Status SettleInPieces(uint64_t watermark, Work work);
  // Puts rows for one claim into the batch.
  absl::Status Settle(const View& view, const std::string& claim, const std::vector<uint64_t>& ends,
                      kv::Batch* batch);
  absl::Status CommitUpTo(const Watermark& watermark, kv::Batch batch);
  void Publish(uint64_t watermark);
  // An error where the step is to be given up.
  absl::Status MayGoOn() const;
  bool IsHurried() const;  // requires mutex_
  void Pause(std::chrono::steady_clock::duration duration);

  Views* const views_;
  const FollowLimits limits_;
  const Commit commit_;
  std::atomic<uint64_t> assessments_{0};
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

#endif  // HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_
