// The latest committed state, as readers share it, and how a request's read point picks a state
// from it.
#ifndef HEADWATER_DATABASE_VIEW_H_
#define HEADWATER_DATABASE_VIEW_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "absl/status/statusor.h"
#include "base/clock.h"
#include "database/read_caches.h"
#include "headwater/v1/common.pb.h"
#include "kv/engine.h"
#include "records/reader.h"

namespace headwater::database {

// One committed state.
struct View {
  std::shared_ptr<const kv::Snapshot> snapshot;
  ReadCaches* caches = nullptr;  // the database's; null where everything is read anew
  uint64_t head = 0;
  int64_t head_micros = 0;  // no earlier than `head` was committed; 0 for an empty store
};

// Hands out the latest View, and keeps commit times and reads by time apart: whoever has read the
// state at a time has read all that will ever have been committed by then. Holds no snapshot
// itself, so that an engine can reopen its files. Thread-safe.
class Views {
 public:
  // `engine` and `caches`, which may be null, are not owned. `last_micros` is the time of the last
  // commit in the engine.
  Views(kv::Engine* engine, int64_t last_micros, ReadCaches* caches = nullptr)
      : engine_(engine), caches_(caches), last_micros_(last_micros) {}

  // kUnavailable while the engine reopens its files.
  absl::StatusOr<View> Latest() const;

  // The latest view, for a read at `micros`, which is not in the future. Waits while a commit with
  // that time or an earlier one is under way; kv::WouldBlock() where it may not.
  absl::StatusOr<View> ForTime(int64_t micros, kv::Patience patience);

  // A commit begins, at `now_micros` by the clock; returns its time, later than every time read and
  // no earlier than any commit before.
  int64_t BeginCommit(int64_t now_micros);
  // A change of the commit under way, before the engine gets it.
  void WillWrite(const records::Change& change, uint64_t sequence) {
    if (caches_ != nullptr) caches_->marks.Note(change, sequence);
  }
  // It has ended, well or not.
  void EndCommit();

 private:
  absl::StatusOr<View> Take() const;  // with mutex_ held

  kv::Engine* const engine_;
  ReadCaches* const caches_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  // All guarded by mutex_.
  int64_t committing_micros_ = 0;  // of the commit under way; 0 for none
  int64_t last_micros_;            // the last time given to a commit
  int64_t read_micros_ = 0;        // the last time that was read
};

// A state to read at.
struct ReadPoint {
  View view;
  uint64_t sequence = 0;

  // Whether live rows alone say it all.
  bool latest() const { return sequence == view.head; }
  records::Reader reader(kv::Patience patience) const {
    return records::Reader(*view.snapshot, patience);
  }
};

// The state that `options` ask for. kOutOfRange and kUnavailable as headwater.v1.ReadOptions says,
// kInvalidArgument for a negative sequence, and a reader's errors.
absl::StatusOr<ReadPoint> Resolve(const v1::ReadOptions& options, Views* views, Clock* clock,
                                  kv::Patience patience);

// The last sequence of a whole request at or before `sequence`, which is not after the view's head.
absl::StatusOr<uint64_t> RoundedDown(uint64_t sequence, const View& view, kv::Patience patience);

// The state after `sequence`, as a page token pins it. kInvalidArgument, naming page_token, where
// no listing here can have given it: it is not there yet, or lies inside a request.
absl::StatusOr<ReadPoint> ResolveToken(uint64_t sequence, const Views& views,
                                       kv::Patience patience);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_VIEW_H_
