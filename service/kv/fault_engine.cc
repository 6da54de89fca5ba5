#include "kv/fault_engine.h"

#include <algorithm>
#include <utility>

#include "kv/fault_snapshot.h"
#include "kv/memory_engine.h"

namespace headwater::kv {

using Lock = std::lock_guard<std::mutex>;

FaultEngine::FaultEngine(std::shared_ptr<Engine> within)
    : within_(std::move(within)), can_crash_(!within_->features().persistent) {
  const Lock lock(mutex_);
  Remember(/*synced=*/true);
}

FaultEngine::~FaultEngine() = default;

void FaultEngine::FailCommit(uint64_t nth, Landed landed, absl::StatusCode code) {
  const Lock lock(mutex_);
  failing_commit_ = commits_ + nth;
  landed_ = landed;
  code_ = code;
}

void FaultEngine::FailSync(uint64_t nth) {
  const Lock lock(mutex_);
  failing_sync_ = syncs_ + nth;
}

void FaultEngine::FailRecover(uint64_t count) {
  const Lock lock(mutex_);
  failing_recoveries_ = count;
}

void FaultEngine::FillUpAfter(uint64_t bytes) {
  const Lock lock(mutex_);
  room_ = bytes;
}

void FaultEngine::MakeRoom(uint64_t bytes) {
  const Lock lock(mutex_);
  if (room_.has_value()) *room_ += bytes;
}

absl::Status FaultEngine::Crash(size_t kept) {
  const Lock lock(mutex_);
  if (!can_crash_) return absl::UnimplementedError("only a memory engine can be made to forget");
  const std::shared_ptr<const Snapshot> state =
      kept == 0 || unsynced_.empty() ? synced_ : unsynced_[std::min(kept, unsynced_.size()) - 1];
  if (!RevertMemoryEngine(*within_, *state)) {
    return absl::UnimplementedError("only a memory engine can be made to forget");
  }
  Remember(/*synced=*/true);
  shown_ = nullptr;
  Fail(absl::UnavailableError("crashed, as the test told")).IgnoreError();
  return absl::OkStatus();
}

size_t FaultEngine::unsynced() const {
  const Lock lock(mutex_);
  return unsynced_.size();
}

FaultEngine::Counts FaultEngine::counts() const {
  const Lock lock(mutex_);
  return Counts{snapshots_, cache_only_reads_, may_wait_reads_, commits_, syncs_, recoveries_};
}

absl::StatusOr<std::shared_ptr<const Snapshot>> FaultEngine::TakeSnapshot() {
  ++snapshots_;
  absl::StatusOr<std::shared_ptr<const Snapshot>> taken = Shown();
  if (!taken.ok()) return taken;
  return std::make_shared<const FaultSnapshot>(*this, *std::move(taken));
}

absl::Status FaultEngine::Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                                 Durability durability) {
  commit_gate_.Pass();
  const Lock lock(mutex_);
  const bool fails = ++commits_ == failing_commit_;
  if (!failure_.ok()) return failure_;
  const absl::Status told(code_, "failed, as the test told");
  if (fails && landed_ == Landed::kNo) return Fail(told);
  if (absl::Status full = MayCommit(batch); !full.ok()) return full;
  if (fails) {
    absl::StatusOr<std::shared_ptr<const Snapshot>> before = within_->TakeSnapshot();
    if (!before.ok()) return before.status();
    shown_ = *std::move(before);
  }
  absl::Status status = within_->Commit(batch, expected_head, new_head, durability);
  if (!status.ok()) return status;
  if (room_.has_value()) *room_ -= batch.bytes();
  Remember(durability == Durability::kSynced && !fails);
  return fails ? Fail(told) : absl::OkStatus();
}

absl::Status FaultEngine::Sync() {
  commit_gate_.Pass();
  const Lock lock(mutex_);
  const bool fails = ++syncs_ == failing_sync_;
  if (!failure_.ok()) return failure_;
  if (fails) return Fail(absl::UnavailableError("failed, as the test told"));
  absl::Status status = within_->Sync();
  if (status.ok()) Remember(/*synced=*/true);
  return status;
}

absl::Status FaultEngine::Recover() {
  const Lock lock(mutex_);
  ++recoveries_;
  if (failing_recoveries_ > 0) {
    --failing_recoveries_;
    return absl::UnavailableError("not recovered, as the test told");
  }
  if (room_.has_value() && *room_ < missing_room_) {
    return absl::ResourceExhaustedError("still full, as the test told");
  }
  absl::Status status = within_->Recover();
  if (!status.ok()) return status;
  missing_room_ = 0;
  failure_ = absl::OkStatus();
  shown_ = nullptr;
  Remember(/*synced=*/true);
  return absl::OkStatus();
}

absl::Status FaultEngine::Checkpoint(const std::string& directory) {
  return within_->Checkpoint(directory);
}

absl::StatusOr<std::shared_ptr<const Snapshot>> FaultEngine::Shown() {
  const Lock lock(mutex_);
  if (shown_ != nullptr) return shown_;
  return within_->TakeSnapshot();
}

absl::Status FaultEngine::BeforeRead(Patience patience) const {
  if (patience == Patience::kCacheOnly) {
    ++cache_only_reads_;
    return refuse_cache_only_ ? WouldBlock() : absl::OkStatus();
  }
  ++may_wait_reads_;
  read_gate_.Pass();
  return absl::OkStatus();
}

absl::Status FaultEngine::Fail(absl::Status why) {
  failure_ = why;
  return why;
}

absl::Status FaultEngine::MayCommit(const Batch& batch) {
  if (!room_.has_value() || batch.bytes() <= *room_) return absl::OkStatus();
  missing_room_ = batch.bytes();
  return Fail(absl::ResourceExhaustedError("full, as the test told"));
}

// Snapshots of a memory engine are one reference each; of another they would hold its files, so
// none are kept.
void FaultEngine::Remember(bool synced) {
  if (!can_crash_) return;
  absl::StatusOr<std::shared_ptr<const Snapshot>> state = within_->TakeSnapshot();
  if (!state.ok()) return;
  if (!synced) {
    unsynced_.push_back(*std::move(state));
    return;
  }
  synced_ = *std::move(state);
  unsynced_.clear();
}

}  // namespace headwater::kv
