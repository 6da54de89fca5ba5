// The follower that keeps how claims stand: reads the log as it grows, assesses the claims that each
// request may have changed, and writes what came out, with its watermark, in one batch.
//
// Exact at every sequence at or below the watermark: a claim is assessed at the end of each request
// that affects it. Where in one step more than a few requests affect one claim (an import of a
// rumour), it is assessed after the last of them alone, and said to be unsettled from the first of
// them until then; a read of a time in between assesses it itself. So the work of a step is bounded
// by the claims it touches, whatever was said of each.
//
// A request that affects very many claims (the owner of a thousand outlets) is a step of its own,
// written in pieces; its rows hold from its end, which no reader sees before the watermark does.
#ifndef HEADWATER_DATABASE_FOLLOWER_H_
#define HEADWATER_DATABASE_FOLLOWER_H_

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "database/standings.h"
#include "database/view.h"

namespace headwater::database {

class Follower {
 public:
  // Commits a batch of rows outside the log, and waits until readers see it. May fail with
  // kUnavailable and kResourceExhausted: then nothing of it may be relied on.
  using Commit = std::function<absl::Status(kv::Batch)>;

  // Starts the thread. `views` is not owned.
  Follower(Views* views, Commit commit);
  // Stops after the piece under way; it is taken up again at the next start.
  ~Follower();

  // The log may have grown. Any thread.
  void Wake();

 private:
  using Affecting = std::map<std::string, std::vector<uint64_t>>;  // claim to the ends of requests

  void Run();
  // One step; false where there is nothing to do.
  absl::StatusOr<bool> Step();
  // Reads requests from `*sequence` on until the step is large enough, and moves it behind them.
  absl::StatusOr<Affecting> ReadRequests(const View& view, uint64_t* sequence);
  absl::Status Settle(const View& view, const std::string& claim,
                      const std::vector<uint64_t>& ends, kv::Batch* batch);
  bool Stopping();

  Views* const views_;
  const Commit commit_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool woken_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FOLLOWER_H_
