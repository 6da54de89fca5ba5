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
#ifndef HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_
#define HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/database.h"
#include "database/log_follower.h"
#include "database/standings/standings.h"
#include "database/standings/watermark.h"
#include "database/view.h"

namespace headwater::database {

class Follower final : public LogFollower {
 public:
  // Starts the thread. `views` is not owned.
  Follower(Views* views, const FollowLimits& limits, Commit commit);
  // Stops.
  ~Follower() override;

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

  absl::StatusOr<bool> Step() override;
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

  Views* const views_;
  const FollowLimits limits_;
  std::atomic<uint64_t> assessments_{0};
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_STANDINGS_FOLLOWER_H_
