// The follower that keeps the search index: reads the log as it grows, works out anew what is
// indexed of the resources that each request touched, and writes it, with its watermark, in one
// batch.
//
// What is indexed is as of the end of a step's last request: exact, whatever was written meanwhile.
// A claim that a thousand requests of a step touched is indexed once. A request that touches more
// than a piece (the name of a source with a million attributions) is a step of its own, written
// piece by piece: what has been written is as of its end, the rest as of before, until the
// watermark moves.
//
// Where there is no index it is built from the records as they were when it began, name by name,
// and then follows the log; interrupted, it goes on behind the last piece that was committed.
#ifndef HEADWATER_DATABASE_FINDING_INDEX_FOLLOWER_H_
#define HEADWATER_DATABASE_FINDING_INDEX_FOLLOWER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "database/database.h"
#include "database/finding/index_watermark.h"
#include "database/log_follower.h"
#include "database/view.h"
#include "search/text/analyzer.h"
#include "search/vectors/vector_index.h"

namespace headwater::database {

class IndexFollower final : public LogFollower {
 public:
  // `views` and `vectors`, which nobody else changes, are not owned. `others_write` tells, from any
  // thread, whether people are at work: then pieces are small.
  IndexFollower(Views* views, search::VectorIndex* vectors, const IndexLimits& limits,
                std::function<bool()> others_write, Commit commit);
  // Stops.
  ~IndexFollower() override;

  // How many resources were worked out since the start.
  uint64_t indexed() const { return indexed_; }

 private:
  // What one step is about.
  struct Work {
    std::set<std::string> names;  // as in keys
    uint64_t last = 0;            // it ends with the request that ends here
    bool is_large = false;        // one request alone, to be written in pieces
    bool more = false;            // of that one only the first names
    bool full = false;            // there is more to do right behind it
  };
  using NamePlace = std::set<std::string>::const_iterator;

  absl::StatusOr<bool> Step() override;
  double Ease() const override;
  absl::StatusOr<bool> WorkOff();
  absl::Status DropRows();
  absl::Status BuildPiece(const View& view, IndexWatermark* watermark, kv::Batch* batch);
  // Reads requests from `first` on until the step is large enough.
  absl::StatusOr<Work> ReadRequests(const View& view, uint64_t first) const;
  // The names touched by one request that come behind one.
  absl::StatusOr<Work> ReadBehind(uint64_t first, uint64_t last, std::string behind) const;
  absl::Status IndexInPieces(IndexWatermark watermark, Work work);
  // Puts rows for the names from `next` on, `most` of them, into the batch; moves `next`.
  absl::Status Index(const View& view, uint64_t sequence, size_t most, NamePlace end,
                     NamePlace* next, kv::Batch* batch);
  absl::Status CommitUpTo(IndexWatermark watermark, kv::Batch batch);
  size_t Piece() const { return others_write_() ? limits_.small_piece : limits_.piece; }

  Views* const views_;
  search::VectorIndex* const vectors_;
  const IndexLimits limits_;
  const std::function<bool()> others_write_;
  // Behind what DropRows() deleted: what was deleted lies there for a while, and would be walked
  // over each time.
  std::string dropped_;
  // Of the last step: how far the log went, by how much it had grown since the step before, and how
  // much of it was left.
  uint64_t head_ = 0;
  uint64_t grown_ = 0;
  uint64_t behind_ = 0;
  search::Analyzer analyzer_;
  std::atomic<uint64_t> indexed_{0};
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_INDEX_FOLLOWER_H_
