#include "database/exchange/kept_import.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/exchange/import_limits.h"
#include "database/writing/requests.h"
#include "keys/encoding.h"
#include "keys/register.h"

namespace headwater::database {
KeptImport::KeptImport(Database::Impl* impl, const v1::ImportConfig& config, const Caller& caller)
    : impl_(impl),
      config_(config),
      caller_(caller),
      hash_(RequestHash(caller.actor, "headwater.v1.ExchangeService.Import", config.import_id())) {}

bool KeptImport::Enter(ImportDone done) {
  done_ = std::move(done);
  if (absl::Status begun = impl_->BeginImportStep(hash_); !begun.ok()) {
    std::exchange(done_, nullptr)(std::move(begun));
    return false;
  }
  return true;
}

bool KeptImport::Load() {
  response_.Clear();
  absl::StatusOr<View> view = impl_->views().Latest();
  absl::Status status = view.ok() ? LoadState(*view) : view.status();
  if (status.ok()) return true;
  End(std::move(status));
  return false;
}

void KeptImport::End(absl::StatusOr<v1::ImportResponse> response) {
  Database::Impl* const impl = impl_;
  const std::string hash = hash_;
  const ImportDone done = std::exchange(done_, nullptr);
  ready_.clear();
  chunk_ = ImportChunk();
  // No other step may find this one under way, and nobody the database gone before this has ended.
  impl->EndImportStep(hash);
  done(std::move(response));
}

void KeptImport::Answer(Last last) {
  response_.set_acknowledged_offset(static_cast<int64_t>(state_.acknowledged));
  *response_.mutable_counts() = state_.counts;
  response_.set_more(last == Last::kMore);
  response_.set_done(last == Last::kDone);
  if (const absl::StatusOr<View> view = impl_->views().Latest(); view.ok())
    response_.set_sequence(static_cast<int64_t>(view->head));
  End(std::move(response_));
}

absl::Status KeptImport::LoadState(const View& view) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      view.snapshot->Get(kv::Keyspace::kRequests, keys::ImportKey(hash_), kv::Patience::kMayWait));
  if (!value) {
    state_ = ImportState();
    state_.on_existing = OnExistingOf(config_);
    return absl::OkStatus();
  }
  std::optional<ImportState> state = ParseImportState(*value);
  if (!state) return records::Damaged("how far an import is cannot be read");
  if (state->on_existing != OnExistingOf(config_)) {
    return InvalidField("config.on_existing",
                        "is another than that the import began with; give the import an id of its "
                        "own");
  }
  state_ = *std::move(state);
  return absl::OkStatus();
}

void KeptImport::Begin(ImportDone done) {
  if (!Enter(std::move(done)) || !Load()) return;
  told_ = static_cast<uint64_t>(config_.answered_offset());
  RetellAsTheyCame();
}

void KeptImport::More(ImportDone done) {
  if (!Enter(std::move(done)) || !Load()) return;
  switch (next_) {
    case Next::kTellComing:
      return RetellAsTheyCame();
    case Next::kTellSettled:
      return RetellSettled();
    case Next::kSettle:
      settled_ = 0;
      return Proceed();
    case Next::kNothing:
      return Answer(Last::kAnswered);
  }
}

absl::Status KeptImport::CheckChunk() const {
  const uint64_t acknowledged = state_.acknowledged;
  if (chunk_.offset > acknowledged && !(chunk_.rows.empty() && chunk_.complete)) {
    return InvalidField("offset", absl::StrCat("leaves a gap: the next row is ", acknowledged));
  }
  if (state_.phase != ImportPhase::kOpen && chunk_.offset + chunk_.rows.size() > acknowledged) {
    return InvalidField("records", absl::StrCat("go on behind row ", acknowledged,
                                                ", with which the import was complete"));
  }
  return absl::OkStatus();
}

void KeptImport::Take(ImportChunk chunk, ImportDone done) {
  if (!Enter(std::move(done))) return;
  chunk_ = std::move(chunk);
  settling_ = false;
  Hop(&KeptImport::TakeChunk);
}

void KeptImport::TakeChunk() {
  if (!Load()) return;
  if (absl::Status status = CheckChunk(); !status.ok()) return End(std::move(status));
  for (size_t i = 0; i < chunk_.rows.size(); ++i)
    ready_.push_back(MakeReady(chunk_.offset + i, &chunk_.rows[i]));
  // What was acknowledged is passed over.
  const uint64_t acknowledged = state_.acknowledged;
  place_ = std::min<uint64_t>(ready_.size(), acknowledged - std::min(chunk_.offset, acknowledged));
  Proceed();
}

void KeptImport::Proceed() {
  if (!settling_ && place_ == ready_.size()) {
    if (!chunk_.complete) return Answer(Last::kAnswered);
    return Complete();
  }
  if (settling_) {
    if (state_.phase == ImportPhase::kDone) return Answer(Last::kDone);
    if (settled_ >= kMostSettled || response_.errors_size() >= kMostTold) {
      next_ = Next::kSettle;
      return Answer(Last::kMore);
    }
  }
  absl::StatusOr<Group> group = PrepareNext();
  if (!group.ok()) return End(group.status());
  Commit(*std::move(group));
}

absl::StatusOr<KeptImport::Group> KeptImport::PrepareNext() {
  HW_ASSIGN_OR_RETURN(const View view, impl_->views().Latest());
  return settling_ ? PrepareSettling(view) : PrepareRows(view);
}

absl::StatusOr<KeptImport::Group> KeptImport::PrepareRows(const View& view) {
  Preparation to(NoRequest(), view, kv::Patience::kMayWait, impl_->options().random);
  Group group;
  group.state = state_;
  size_t place = place_;
  for (; place < ready_.size() && !IsFull(to, group.rows); ++place) {
    HW_ASSIGN_OR_RETURN(const Outcome outcome, JudgeRow(&ready_[place], state_.on_existing, &to));
    if (outcome.what == Outcome::What::kAlone || outcome.what == Outcome::What::kTwice) break;
    NoteRow(ready_[place], chunk_.rows[place].record, outcome, &group);
  }
  if (static_cast<uint64_t>(group.state.counts.waiting()) > kMostWaiting)
    return TooManyWaiting(kMostWaiting);
  group.end = place;
  group.state.acknowledged = chunk_.offset + place;
  PutState(&group.state, &group.rows);
  group.prepared = to.TakePrepared();
  return group;
}

void KeptImport::NoteRow(const ReadyRow& row, absl::string_view record, const Outcome& outcome,
                         Group* group) const {
  Count(outcome.what, &group->state.counts);
  if (outcome.what == Outcome::What::kMissing) {
    group->rows.Put(kv::Keyspace::kRequests, keys::ImportRowKey(hash_, row.number),
                    WaitingRowValue(record));
  } else if (outcome.what == Outcome::What::kRejected) {
    v1::ImportResponse errors;
    AppendErrors(row, outcome.faults, &errors);
    group->rows.Put(kv::Keyspace::kRequests, keys::ImportRowKey(hash_, row.number),
                    RejectedRowValue(errors, /*waited=*/false));
    group->response.MergeFrom(errors);
  }
}

void KeptImport::PutState(ImportState* state, kv::Batch* rows) const {
  if (state->expiry_micros != 0) {
    rows->Delete(kv::Keyspace::kRequests, keys::ImportExpiryKey(state->expiry_micros, hash_));
  }
  state->expiry_micros = absl::ToUnixMicros(impl_->options().clock->Now() + kKeepImports);
  rows->Put(kv::Keyspace::kRequests, keys::ImportExpiryKey(state->expiry_micros, hash_), "");
  rows->Put(kv::Keyspace::kRequests, keys::ImportKey(hash_), ImportStateValue(*state));
}

void KeptImport::Commit(Group group) {
  group_ = std::move(group);
  auto self = shared_from_this();
  impl_->CommitImport(
      caller_, std::move(group_.prepared), std::move(group_.rows),
      [self] { self->Hop(&KeptImport::Proceed); },
      [self](const absl::Status& status) {
        status.ok() ? self->Hop(&KeptImport::AfterCommit) : self->End(status);
      });
}

void KeptImport::AfterCommit() {
  state_ = std::move(group_.state);
  response_.MergeFrom(group_.response);
  if (settling_) {
    settled_ += group_.end - group_place_;
    group_place_ = group_.end;
    if (!group_.left.empty()) groups_[group_place_] = std::move(group_.left);
  } else {
    place_ = group_.end;
  }
  Proceed();
}

void KeptImport::Hop(void (KeptImport::*then)()) {
  WorkerPool::Task task = [self = shared_from_this(), then] { (self.get()->*then)(); };
  if (!impl_->options().pool->TrySchedule(std::move(task), WorkerPool::Priority::kBackground))
    End(PoolBusy());
}

}  // namespace headwater::database
