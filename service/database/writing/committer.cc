#include "database/writing/committer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/writing/requests.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

// A write of more changes than this waits behind the smaller ones.
constexpr size_t kInteractiveChanges = 100;
// The most changes in a group: interactive ones, and bulk ones on top (some 5 ms of work), though
// one bulk write is always taken whole.
constexpr size_t kGroupChanges = 1000;
constexpr size_t kGroupBulkChanges = 500;
constexpr auto kRecoverEvery = std::chrono::milliseconds(200);
constexpr absl::Duration kLately = absl::Seconds(1);
constexpr auto kTick = std::chrono::seconds(1);

void AddRequestRow(const PendingWrite& write, kv::Batch* batch) {
  if (write.request_hash.empty()) return;
  RecordedAnswer answer;
  answer.fingerprint = write.request.fingerprint;
  answer.unchanged_count = static_cast<uint64_t>(write.prepared.unchanged_count);
  for (const Answer& one : write.prepared.answers) {
    answer.revisions.push_back(one.change ? write.first_sequence + *one.change
                                          : one.existing->entry.sequence);
  }
  const int64_t expiry = write.commit_micros + absl::ToInt64Microseconds(kKeepRequests);
  batch->Put(kv::Keyspace::kRequests, keys::RequestKey(write.request_hash),
             RecordedAnswerValue(answer));
  batch->Put(kv::Keyspace::kRequests, keys::RequestExpiryKey(expiry, write.request_hash), "");
}

void AddRows(const PendingWrite& write, kv::Batch* batch) {
  records::Placement placement;
  placement.sequence = placement.first_sequence = write.first_sequence;
  placement.last_sequence = write.first_sequence + write.prepared.changes.size() - 1;
  placement.commit_micros = write.commit_micros;
  placement.actor = write.caller.actor;
  for (const records::Change& change : write.prepared.changes) {
    records::Fill(change, placement, batch);
    ++placement.sequence;
  }
  AddRequestRow(write, batch);
  for (size_t i = 0; i < write.housekeeping.size(); ++i) {
    const kv::Batch::Change change = write.housekeeping[i];
    if (change.is_put) {
      batch->Put(change.keyspace, change.key, change.value);
    } else {
      batch->Delete(change.keyspace, change.key);
    }
  }
}

absl::Status Refusal(const absl::Status& suspended) {
  return absl::IsResourceExhausted(suspended) ? StoreFull(suspended.message())
                                              : NotWritten(suspended.message());
}

}  // namespace

Committer::Committer(kv::Engine* engine, Views* views, Clock* clock, uint64_t head, Hooks hooks)
    : engine_(engine),
      views_(views),
      clock_(clock),
      hooks_(std::move(hooks)),
      head_(head),
      next_minute_(clock->Now() + absl::Minutes(1)),
      thread_([this] { Run(); }) {}

Committer::~Committer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Committer::Enqueue(std::unique_ptr<PendingWrite> write) {
  const bool bulk = write->stale != nullptr || write->is_background ||
                    write->prepared.changes.size() > kInteractiveChanges;
  // Housekeeping is nobody's call.
  if (!bulk && !write->prepared.changes.empty())
    last_interactive_ = absl::ToUnixMicros(clock_->Now());
  // Told with the lock held: once the write can be taken, it may be finished, and with it the
  // database and this committer gone, at any moment.
  std::lock_guard lock(mutex_);
  (bulk ? bulk_ : interactive_).push_back(std::move(write));
  changed_.notify_one();
}

bool Committer::InteractiveLately() const {
  return absl::ToUnixMicros(clock_->Now()) - absl::ToInt64Microseconds(kLately) < last_interactive_;
}

void Committer::Run() {
  while (true) {
    Writes writes = Take();
    if (clock_->Now() >= next_minute_) {
      next_minute_ = clock_->Now() + absl::Minutes(1);
      hooks_.minute();
    }
    if (Suspended()) {
      if (!writes.empty()) hooks_.finished(std::move(writes), Refusal(suspended_));
    } else if (!writes.empty()) {
      Commit(std::move(writes));
    }
    std::lock_guard lock(mutex_);
    if (stopping_ && interactive_.empty() && bulk_.empty()) return;
  }
}

Committer::Writes Committer::Take() {
  std::unique_lock lock(mutex_);
  const auto some = [this] { return stopping_ || !interactive_.empty() || !bulk_.empty(); };
  if (suspended_.ok()) {
    changed_.wait_for(lock, kTick, some);
  } else {
    changed_.wait_for(lock, kRecoverEvery, some);
  }
  Writes taken;
  size_t changes = 0;
  while (TakeFrom(&interactive_, kGroupChanges, &taken, &changes)) {
  }
  // Who is called waits for no more than the bulk group under way: the next is without. The one
  // after that is with, so that bulk goes on whatever is called.
  bulk_turn_ = taken.empty() || !bulk_turn_;
  if (!bulk_turn_) return taken;
  changes = 0;
  while (TakeFrom(&bulk_, kGroupBulkChanges, &taken, &changes)) {
  }
  return taken;
}

bool Committer::TakeFrom(std::deque<std::unique_ptr<PendingWrite>>* queue, size_t most_changes,
                         Writes* taken, size_t* changes) {
  if (queue->empty() || *changes >= most_changes) return false;
  *changes += queue->front()->prepared.changes.size();
  taken->push_back(std::move(queue->front()));
  queue->pop_front();
  return true;
}

bool Committer::Admit(std::unique_ptr<PendingWrite>* write, Writes* dropped_late,
                      Writes* dropped_cancelled) {
  const Caller& caller = (*write)->caller;
  if (caller.cancelled && caller.cancelled()) {
    dropped_cancelled->push_back(std::move(*write));
    return false;
  }
  if (caller.deadline != absl::InfiniteFuture() && clock_->Now() > caller.deadline) {
    dropped_late->push_back(std::move(*write));
    return false;
  }
  if (!recent_.StillHolds((*write)->prepared)) {
    hooks_.prepare_again(std::move(*write));
    return false;
  }
  return true;
}

void Committer::Place(Writes* writes, int64_t micros, kv::Batch* batch) {
  Writes placed;
  Writes late;
  Writes cancelled;
  uint64_t next = head_ + 1;
  for (std::unique_ptr<PendingWrite>& write : *writes) {
    if (!Admit(&write, &late, &cancelled)) continue;
    write->first_sequence = next;
    write->commit_micros = micros;
    AddRows(*write, batch);
    recent_.Note(write->prepared, next);
    for (const records::Change& change : write->prepared.changes) {
      views_->WillWrite(change, next++);
    }
    placed.push_back(std::move(write));
  }
  if (!late.empty()) hooks_.finished(std::move(late), DroppedLate());
  if (!cancelled.empty()) hooks_.finished(std::move(cancelled), DroppedCancelled());
  *writes = std::move(placed);
}

void Committer::Commit(Writes writes) {
  commit_micros_ = views_->BeginCommit(absl::ToUnixMicros(clock_->Now()));
  kv::Batch batch;
  Place(&writes, commit_micros_, &batch);
  if (writes.empty()) return views_->EndCommit();

  const PendingWrite& last = *writes.back();
  const uint64_t new_head = last.first_sequence + last.prepared.changes.size() - 1;
  // Housekeeping alone can be done again, so it need not be waited for.
  const bool only_housekeeping =
      std::all_of(writes.begin(), writes.end(), [](const std::unique_ptr<PendingWrite>& write) {
        return write->prepared.changes.empty() && write->request_hash.empty() &&
               write->stale == nullptr;
      });
  const uint64_t old_head = head_;
  absl::Status status =
      engine_->Commit(batch, head_, new_head,
                      only_housekeeping ? kv::Durability::kBuffered : kv::Durability::kSynced);
  if (status.ok()) status = Conclude();
  if (!status.ok()) return Recover(std::move(writes), new_head, std::move(status));
  hooks_.finished(std::move(writes), absl::OkStatus());
  if (head_ > old_head) hooks_.committed();
}

absl::Status Committer::Conclude() {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine_->TakeSnapshot());
  head_ = snapshot->head();
  views_->EndCommit();
  return absl::OkStatus();
}

void Committer::Recover(Writes writes, uint64_t new_head, absl::Status why) {
  const uint64_t old_head = head_;
  suspended_ = why;
  if (!TryRecover()) {
    views_->EndCommit();
    // An engine that is full has refused before it wrote; any other failure may have come after.
    const bool refused = absl::IsResourceExhausted(why);
    return hooks_.finished(std::move(writes),
                           refused ? Refusal(why) : OutcomeUnknown(why.message()));
  }
  // What is there says what became of the group: it landed whole or not at all. One that changes
  // nothing leaves no trace, and is as well sent again.
  const bool landed = head_ >= new_head && new_head > old_head;
  hooks_.finished(std::move(writes), landed ? absl::OkStatus() : Refusal(why));
  if (landed) hooks_.committed();
}

bool Committer::TryRecover() {
  next_recovery_ = std::chrono::steady_clock::now() + kRecoverEvery;
  hooks_.recovering();
  absl::Status status = engine_->Recover();
  if (status.ok()) status = Conclude();
  if (status.ok()) recent_.Reset(head_);
  suspended_ = std::move(status);
  return suspended_.ok();
}

bool Committer::Suspended() {
  if (suspended_.ok()) return false;
  return std::chrono::steady_clock::now() < next_recovery_ || !TryRecover();
}

}  // namespace headwater::database
