// An engine around another that fails, fills up, forgets and waits when a test tells it to.
#ifndef HEADWATER_KV_FAULT_ENGINE_H_
#define HEADWATER_KV_FAULT_ENGINE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "kv/engine.h"
#include "kv/gate.h"

namespace headwater::kv {

// Until told otherwise it does what the engine within does. What it is told may come from any
// thread at any time. The engine within is shared, so that a test can wrap it anew after a crash:
// destroy what ran on the old wrapper, then the wrapper, then start again on a new one.
class FaultEngine final : public Engine {
 public:
  // Whether the commit that fails is there afterwards. The caller cannot tell: its outcome is
  // unknown.
  enum class Landed { kNo, kYes };

  // How often each was called so far, failures included.
  struct Counts {
    uint64_t snapshots = 0;
    uint64_t cache_only_reads = 0;  // Get, MultiGet, Version, Range
    uint64_t may_wait_reads = 0;
    uint64_t commits = 0;
    uint64_t syncs = 0;
    uint64_t recoveries = 0;
  };

  explicit FaultEngine(std::shared_ptr<Engine> within);
  ~FaultEngine() override;

  // The nth Commit from now (1: the next) fails with `code`, and every further one until Recover().
  // One that lands is not yet durable: Crash() may still lose it, Recover() makes it last, and
  // snapshots show it from then on.
  void FailCommit(uint64_t nth, Landed landed,
                  absl::StatusCode code = absl::StatusCode::kUnavailable);
  // The nth Sync from now fails likewise.
  void FailSync(uint64_t nth);
  // The next `count` calls of Recover() fail with kUnavailable.
  void FailRecover(uint64_t count);

  // From now on batches of `bytes` in all (Batch::bytes) are taken; the first beyond fails with
  // kResourceExhausted and does not land, and Recover() too until MakeRoom() made room for it.
  void FillUpAfter(uint64_t bytes);
  void MakeRoom(uint64_t bytes);

  // What a power cut does: takes the store back to the last synced commit and keeps `kept` of the
  // commits buffered since, in order (a crash loses a suffix). Then every write fails until
  // Recover(), or a new wrapper. Snapshots taken before keep what they show. Only over the memory
  // engine, whose states are cheap to keep: else kUnimplemented.
  absl::Status Crash(size_t kept = 0);
  // How many commits a crash could lose now.
  size_t unsynced() const;

  // While `refuse`, every kCacheOnly read is answered with WouldBlock().
  void RefuseCacheOnly(bool refuse) { refuse_cache_only_ = refuse; }
  // Where every kMayWait read passes. kCacheOnly reads never wait.
  Gate& read_gate() { return read_gate_; }
  // Where every Commit and Sync passes, before it does anything.
  Gate& commit_gate() { return commit_gate_; }

  Counts counts() const;

  absl::StatusOr<std::shared_ptr<const Snapshot>> TakeSnapshot() override;
  absl::Status Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                      Durability durability) override;
  absl::Status Sync() override;
  absl::Status Recover() override;
  absl::Status Checkpoint(const std::string& directory) override;
  Features features() const override { return within_->features(); }
  Usage usage() const override { return within_->usage(); }
  uint64_t BlocksReadByThisThread() const override { return within_->BlocksReadByThisThread(); }

 private:
  friend class FaultSnapshot;

  // Counts a read, waits if it may, or refuses it.
  absl::Status BeforeRead(Patience patience) const;
  // What snapshots show now.
  absl::StatusOr<std::shared_ptr<const Snapshot>> Shown();
  // These require mutex_.
  absl::Status Fail(absl::Status why);
  absl::Status MayCommit(const Batch& batch);
  void Remember(bool synced);

  const std::shared_ptr<Engine> within_;
  const bool can_crash_;

  mutable Gate read_gate_;
  Gate commit_gate_;
  std::atomic<bool> refuse_cache_only_{false};
  std::atomic<uint64_t> snapshots_{0};
  mutable std::atomic<uint64_t> cache_only_reads_{0};
  mutable std::atomic<uint64_t> may_wait_reads_{0};

  mutable std::mutex mutex_;
  uint64_t commits_ = 0;
  uint64_t syncs_ = 0;
  uint64_t recoveries_ = 0;
  uint64_t failing_commit_ = 0;  // its number as commits_ counts; 0: none
  Landed landed_ = Landed::kNo;
  absl::StatusCode code_ = absl::StatusCode::kUnavailable;
  uint64_t failing_sync_ = 0;
  uint64_t failing_recoveries_ = 0;
  std::optional<uint64_t> room_;  // bytes; none: endless
  uint64_t missing_room_ = 0;     // what the batch that did not fit would have needed
  absl::Status failure_;
  // The state before a commit that failed and landed, until Recover(); else null.
  std::shared_ptr<const Snapshot> shown_;
  // For Crash(): the state that was last synced, and those of each commit since.
  std::shared_ptr<const Snapshot> synced_;
  std::vector<std::shared_ptr<const Snapshot>> unsynced_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_FAULT_ENGINE_H_
