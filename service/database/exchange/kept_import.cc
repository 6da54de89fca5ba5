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
      hash_(RequestHash(caller.actor, "headwater.v1.ExchangeService.Import", config.import_id())),
      bulk_(config.bulk()) {}

void KeptImport::On(absl::FunctionRef<void(Calls* calls)> event) {
  Calls calls;
  {
    std::lock_guard lock(mutex_);
    event(&calls);
    Advance(&calls);
  }
  for (const std::function<void()>& call : calls) call();
}

bool KeptImport::Hop(std::function<void()> work) {
  WorkerPool::Task task = [self = shared_from_this(), work = std::move(work)] { work(); };
  return impl_->options().pool->TrySchedule(std::move(task), WorkerPool::Priority::kBackground);
}

absl::Status KeptImport::Enter() {
  HW_RETURN_IF_ERROR(impl_->BeginImportStep(hash_));
  absl::StatusOr<View> view = impl_->views().Latest();
  absl::Status status = view.ok() ? LoadState(*view) : view.status();
  if (!status.ok()) {
    impl_->EndImportStep(hash_);
    return status;
  }
  entered_ = true;
  prepared_ = state_;
  response_.Clear();
  return absl::OkStatus();
}

void KeptImport::Leave() {
  entered_ = false;
  impl_->EndImportStep(hash_);
}

absl::Status KeptImport::LoadState(const View& view) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      view.snapshot->Get(kv::Keyspace::kRequests, keys::ImportKey(hash_), kv::Patience::kMayWait));
  if (!value) {
    // The first load.
    if (view.head == 0) bulk_ = true;
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
  if (absl::Status entered = Enter(); !entered.ok()) return done(std::move(entered));
  done_ = std::move(done);
  alone_ = true;
  told_ = static_cast<uint64_t>(config_.answered_offset());
  RetellAsTheyCame();
}

void KeptImport::More(ImportDone done) {
  if (absl::Status entered = Enter(); !entered.ok()) return done(std::move(entered));
  done_ = std::move(done);
  alone_ = true;
  switch (next_) {
    case Next::kTellComing:
      return RetellAsTheyCame();
    case Next::kTellSettled:
      return RetellSettled();
    case Next::kSettle:
      return On([this](Calls*) { Settle(); });
    case Next::kNothing:
      return On([this](Calls* calls) { Answer(Last::kAnswered, calls); });
  }
}

void KeptImport::Take(ImportChunk chunk, ImportDone done) {
  auto taken = std::make_unique<Chunk>();
  taken->chunk = std::move(chunk);
  taken->done = std::move(done);
  for (size_t i = 0; i < taken->chunk.rows.size(); ++i)
    taken->rows.push_back(MakeReady(taken->chunk.offset + i, &taken->chunk.rows[i]));
  On([&](Calls* calls) {
    if (!entered_) {
      if (absl::Status entered = Enter(); !entered.ok()) {
        calls->push_back([done = std::move(taken->done), entered] { done(entered); });
        return;
      }
    }
    chunks_.push_back(std::move(taken));
  });
}

absl::Status KeptImport::CheckChunk(const Chunk& chunk) const {
  const uint64_t acknowledged = prepared_.acknowledged;
  const ImportChunk& given = chunk.chunk;
  if (given.offset > acknowledged) {
    return InvalidField("offset", absl::StrCat("leaves a gap: the next row is ", acknowledged));
  }
  if (prepared_.phase != ImportPhase::kOpen && given.offset + chunk.rows.size() > acknowledged) {
    return InvalidField("records", absl::StrCat("go on behind row ", acknowledged,
                                                ", with which the import was complete"));
  }
  return absl::OkStatus();
}

void KeptImport::Advance(Calls* calls) {
  if (!failure_.ok()) return EndAll(calls);
  if (!entered_ || alone_) return;
  if (ahead_ && !committing_) CommitAhead();
  settling_ ? AdvanceSettling(calls) : AdvanceChunks(calls);
}

void KeptImport::AdvanceChunks(Calls* calls) {
  while (!chunks_.empty()) {
    Chunk& first = *chunks_.front();
    if (!first.placed || first.committed < first.rows.size()) break;
    if (first.chunk.complete) {
      if (!Idle()) return;
      alone_ = true;
      if (!Hop([this] { Complete(); })) Fail(PoolBusy(), calls);
      return;
    }
    Answer(Last::kAnswered, calls);
  }
  PrepareAhead(calls);
}

void KeptImport::AdvanceSettling(Calls* calls) {
  const bool enough = settled_ >= kMostSettled || response_.errors_size() >= kMostTold;
  if (Idle() && (enough || state_.phase == ImportPhase::kDone)) {
    settling_ = false;
    next_ = Next::kSettle;
    return Answer(state_.phase == ImportPhase::kDone ? Last::kDone : Last::kMore, calls);
  }
  if (!enough && prepared_groups_ < groups_.size()) PrepareAhead(calls);
}

void KeptImport::PrepareAhead(Calls* calls) {
  if (preparing_ || ahead_ || (must_drain_ && committing_)) return;
  must_drain_ = false;
  Chunk* next = nullptr;
  if (!settling_) {
    for (const std::unique_ptr<Chunk>& chunk : chunks_) {
      if (!chunk->placed) {
        if (absl::Status status = CheckChunk(*chunk); !status.ok()) {
          // What came before it is committed and answered first.
          if (chunk == chunks_.front()) Fail(std::move(status), calls);
          return;
        }
        chunk->placed = true;
        const uint64_t known = std::min(chunk->chunk.offset, prepared_.acknowledged);
        chunk->prepared = chunk->committed =
            std::min<uint64_t>(chunk->rows.size(), prepared_.acknowledged - known);
      }
      next = chunk.get();
      if (next->prepared < next->rows.size()) break;
      next = nullptr;
      if (chunk->chunk.complete || chunk == chunks_.front()) {
        // Nothing of it is left to be worked out; it may be to be answered.
        if (chunk->committed == chunk->rows.size() && chunk == chunks_.front())
          return AdvanceChunks(calls);
        if (chunk->chunk.complete) return;
      }
    }
    if (next == nullptr) return;
  }
  preparing_ = true;
  std::shared_ptr<const Made> before = committing_ ? committing_->made : nullptr;
  const bool begun = Hop([this, next, before = std::move(before), state = prepared_,
                          place = prepared_groups_, generation = generation_] {
    absl::StatusOr<Group> group =
        next == nullptr ? PrepareSettling(place, state, before) : PrepareRows(next, state, before);
    On([&](Calls* then) {
      preparing_ = false;
      if (generation != generation_) return;
      if (!group.ok()) return Fail(group.status(), then);
      must_drain_ = group->empty || !group->left.empty();
      if (group->empty) return;
      prepared_ = group->state;
      (next == nullptr ? prepared_groups_ : next->prepared) = group->end;
      ahead_ = *std::move(group);
    });
  });
  if (begun) return;
  preparing_ = false;
  Fail(PoolBusy(), calls);
}

void KeptImport::CommitAhead() {
  committing_ = std::exchange(ahead_, std::nullopt);
  committing_->prepared.after = last_sequence_;
  auto self = shared_from_this();
  impl_->CommitImport(
      caller_, std::move(committing_->prepared), std::move(committing_->rows),
      [self] { self->On([&](Calls*) { self->Stale(); }); },
      [self](const absl::StatusOr<uint64_t>& last) {
        self->On([&](Calls* calls) { self->Committed(last, calls); });
      });
}

void KeptImport::Committed(const absl::StatusOr<uint64_t>& last, Calls* calls) {
  Group group = *std::exchange(committing_, std::nullopt);
  if (!last.ok()) return Fail(last.status(), calls);
  last_sequence_ = *last;
  state_ = std::move(group.state);
  response_.MergeFrom(group.response);
  if (group.chunk != nullptr) {
    group.chunk->committed = group.end;
    return;
  }
  settled_ += group.end - group_place_;
  group_place_ = group.end;
  if (!group.left.empty()) groups_[group_place_] = std::move(group.left);
}

void KeptImport::Stale() {
  committing_.reset();
  ahead_.reset();
  must_drain_ = false;
  ++generation_;
  prepared_ = state_;
  prepared_groups_ = group_place_;
  for (const std::unique_ptr<Chunk>& chunk : chunks_) {
    chunk->prepared = chunk->committed;
    // Where the acknowledged rows end is settled anew.
    if (chunk != chunks_.front()) chunk->placed = false;
  }
}

void KeptImport::Answer(Last last, Calls* calls) {
  response_.set_acknowledged_offset(static_cast<int64_t>(state_.acknowledged));
  *response_.mutable_counts() = state_.counts;
  response_.set_more(last == Last::kMore);
  response_.set_done(last == Last::kDone);
  if (const absl::StatusOr<View> view = impl_->views().Latest(); view.ok())
    response_.set_sequence(static_cast<int64_t>(view->head));
  ImportDone done = std::exchange(done_, nullptr);
  if (done == nullptr) {
    done = std::move(chunks_.front()->done);
    // Not taken apart on the committer's thread.
    static_cast<void>(Hop([chunk = std::shared_ptr<Chunk>(std::move(chunks_.front()))] {}));
    chunks_.pop_front();
  }
  alone_ = false;
  std::deque<std::unique_ptr<Chunk>> late;
  if (last != Last::kAnswered) late = std::exchange(chunks_, {});
  // No other step may find this one under way.
  if (chunks_.empty() && Idle()) Leave();
  calls->push_back([done = std::move(done),
                    response = std::exchange(response_, v1::ImportResponse())] { done(response); });
  for (std::unique_ptr<Chunk>& chunk : late) {
    calls->push_back([done = std::move(chunk->done)] {
      done(InvalidField("records", "come after the message that said complete"));
    });
  }
}

void KeptImport::Fail(absl::Status status, Calls* calls) {
  if (failure_.ok()) failure_ = std::move(status);
  alone_ = false;
  EndAll(calls);
}

void KeptImport::EndAll(Calls* calls) {
  if (preparing_ || committing_ || !entered_) return;
  ahead_.reset();
  std::vector<ImportDone> ends;
  if (done_ != nullptr) ends.push_back(std::exchange(done_, nullptr));
  for (std::unique_ptr<Chunk>& chunk : chunks_) ends.push_back(std::move(chunk->done));
  chunks_.clear();
  Leave();
  calls->push_back([ends = std::move(ends), status = failure_] {
    for (const ImportDone& done : ends) done(status);
  });
}

GroupBounds KeptImport::Bounds() const {
  if (impl_->OthersWrite()) return kBesideOthers;
  return bulk_ ? kBulk : kUndisturbed;
}

absl::StatusOr<KeptImport::Group> KeptImport::PrepareRows(
    Chunk* chunk, const ImportState& state, std::shared_ptr<const Made> before) const {
  HW_ASSIGN_OR_RETURN(const View view, impl_->views().Latest());
  Preparation to(NoRequest(), view, kv::Patience::kMayWait, impl_->options().random,
                 std::move(before));
  const GroupBounds most = Bounds();
  Group group;
  group.state = state;
  group.chunk = chunk;
  size_t place = chunk->prepared;
  for (; place < chunk->rows.size() && !IsFull(to, group.rows, most); ++place) {
    ReadyRow& row = chunk->rows[place];
    // Judged again: what the row was made of is still there.
    if (row.operation.resource == nullptr && row.faults.empty()) {
      HW_ASSIGN_OR_RETURN(row, MakeReady(row.number, chunk->chunk.rows[place].record));
    }
    HW_ASSIGN_OR_RETURN(const Outcome outcome,
                        JudgeRow(&row, state.on_existing, &to, /*may_take=*/true));
    if (outcome.what == Outcome::What::kAlone || outcome.what == Outcome::What::kTwice) break;
    NoteRow(row, chunk->chunk.rows[place].record, outcome, &group);
  }
  if (static_cast<uint64_t>(group.state.counts.waiting()) > kMostWaiting)
    return TooManyWaiting(kMostWaiting);
  group.empty = place == chunk->prepared;
  group.end = place;
  group.state.acknowledged = chunk->chunk.offset + place;
  PutState(&group.state, &group.rows);
  group.prepared = to.TakePrepared();
  group.made = to.TakeMade();
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

}  // namespace headwater::database
