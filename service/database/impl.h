// What a Database is made of. Internal to database/.
#ifndef HEADWATER_DATABASE_IMPL_H_
#define HEADWATER_DATABASE_IMPL_H_

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "database/database.h"
#include "database/finding/finding.h"
#include "database/finding/index_follower.h"
#include "database/finding/kept_states.h"
#include "database/finding/suggester.h"
#include "database/standings/follower.h"
#include "database/view.h"
#include "database/writing/committer.h"
#include "database/writing/write_request.h"

namespace headwater::database {

class Database::Impl {
 public:
  Impl(std::unique_ptr<kv::Engine> engine, const Options& options, uint64_t head,
       int64_t head_micros);
  // Waits for what was accepted.
  ~Impl();

  // Starts a write; `done` as in Database::Write. One in the background is prepared on the caller's
  // thread, and goes behind others.
  void Start(WriteRequest request, const Caller& caller, Done done, bool is_background = false);

  // Counts a step of an import in, if there is room and no other step of it runs; and out.
  absl::Status BeginImportStep(const std::string& hash);
  void EndImportStep(const std::string& hash);
  // Counts an import that is made whole in, if there is room; and out.
  bool BeginWholeImport();
  void EndWholeImport();
  // Commits what a step has prepared, and its rows outside the log, behind interactive writes.
  // Calls `done` once, on the committer's thread, with the last sequence, or `stale` on the same
  // where it must be prepared again: neither may take long. Within a step.
  void CommitImport(const Caller& caller, Prepared prepared, kv::Batch rows,
                    std::function<void()> stale,
                    std::function<void(absl::StatusOr<uint64_t>)> done);

  // Whether others than imports wrote within the last second.
  bool OthersWrite() const { return committer_->InteractiveLately(); }

  kv::Engine& engine() { return *engine_; }
  Views& views() { return views_; }
  const Options& options() const { return options_; }
  // Null where Options::follow is not set.
  Follower* follower() const { return follower_.get(); }
  // Null where Options::suggest is not set.
  Suggester* suggester() const { return suggester_.get(); }
  // What searches are answered with.
  Finding finding() {
    return {&views_, index_follower_.get(), follower_.get(), &kept_states_, &vectors_};
  }

 private:
  void StartFollowers();

  using WritePtr = std::unique_ptr<PendingWrite>;

  // Those who wait for a request with an id: the first who sent it, and those who sent it again
  // meanwhile.
  struct Waiter {
    Caller caller;
    Done done;
  };
  struct InFlight {
    std::string fingerprint;
    std::vector<Waiter> waiting;
  };

  // Counts a write in, if there is room and the end has not begun; and out.
  bool Accept();
  void Release();

  // Registers a request with an id. False where the call has been dealt with: joined to one in
  // flight, or refused.
  bool Join(const PendingWrite& write, const Caller& caller, Done* done);
  // Whether all who wait for a request have cancelled or are past their deadlines.
  bool IsGivenUp(const std::string& request_hash);
  // Who waits for the write's answer.
  std::vector<Waiter> Leave(const PendingWrite& write);

  // Prepares and hands on to the committer, or answers at once. What would wait goes to the pool,
  // with `patience` kMayWait.
  void Advance(WritePtr write, kv::Patience patience);
  void Schedule(WritePtr write);
  // Works the write's changes out. Returns the answer where there is one already or nothing
  // changes; nullopt where the changes are to be committed.
  absl::StatusOr<std::optional<std::string>> Prepare(PendingWrite* write, kv::Patience patience);
  // The answer that was recorded for the write's request id; empty where there is none.
  absl::StatusOr<std::string> Recorded(const PendingWrite& write, const View& view,
                                       kv::Patience patience);
  void Finish(WritePtr write, Reply reply);

  // Hands rows outside the log to the committer; one more is under way then.
  void Housekeep(kv::Batch rows, Done done);
  // Makes writes of the server's own, all or none, and waits for it. Likewise.
  absl::Status WriteSuggestions(absl::Span<const SuggestionWrite> writes);
  // Commits rows outside the log and waits until readers see them. Not on a thread of the pool.
  absl::Status CommitRows(kv::Batch rows);

  // Drops request ids that have expired, some at a time until none is left: from a thread of the
  // pool. One sweep runs at a time. Thread-safe.
  void ScheduleSweep();
  void SweepRequests();
  absl::StatusOr<kv::Batch> ExpiredRequests();
  // Adds imports that have expired, with their rows, some thousand at a time.
  absl::Status AddExpiredImports(const View& view, kv::Batch* expired);

  const Options options_;
  const std::unique_ptr<kv::Engine> engine_;
  ReadCaches caches_;
  Views views_;
  KeptStates kept_states_;
  search::VectorIndex vectors_;
  std::atomic<bool> sweeping_{false};

  std::mutex mutex_;
  std::condition_variable idle_;
  // Guarded by mutex_.
  bool closing_ = false;
  size_t under_way_ = 0;                                  // writes accepted and not finished
  absl::flat_hash_map<std::string, InFlight> in_flight_;  // by request hash
  absl::flat_hash_set<std::string> importing_;            // hashes of imports of which a step runs
  size_t whole_imports_ = 0;

  // Null where Options::follow is not set; the last too where Options::index is not; the second
  // where Options::suggest is not.
  std::unique_ptr<Follower> follower_;
  std::unique_ptr<Suggester> suggester_;  // woken by the index's, so gone after it
  std::unique_ptr<IndexFollower> index_follower_;
  std::unique_ptr<Committer> committer_;  // made before the followers, gone after them
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_IMPL_H_
