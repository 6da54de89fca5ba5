#include "database/exchange/whole_import.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/exchange/settle_order.h"
#include "database/writing/requests.h"

namespace headwater::database {

WholeImport::WholeImport(Database::Impl* impl, const v1::ImportConfig& config, const Caller& caller)
    : impl_(impl),
      config_(config),
      caller_(caller),
      hash_(RequestHash(caller.actor, "headwater.v1.ExchangeService.Import", config.import_id())) {}

WholeImport::~WholeImport() { Leave(); }

void WholeImport::Leave() {
  if (std::exchange(entered_, false)) impl_->EndWholeImport();
}

void WholeImport::Begin(ImportDone done) {
  entered_ = impl_->BeginWholeImport();
  if (!entered_) return done(TooManyWholeImports());
  done(v1::ImportResponse());
}

void WholeImport::More(ImportDone done) { done(v1::ImportResponse()); }

void WholeImport::Take(ImportChunk chunk, ImportDone done) {
  if (absl::Status begun = impl_->BeginImportStep(hash_); !begun.ok()) return done(begun);
  done_ = std::move(done);
  const bool complete = chunk.complete;
  if (absl::Status status = Gather(std::move(chunk)); !status.ok()) return End(std::move(status));
  if (!complete) return End(v1::ImportResponse());
  Hop([](WholeImport* import) { import->Complete(); });
}

void WholeImport::Hop(void (*then)(WholeImport* import)) {
  WorkerPool::Task task = [self = shared_from_this(), then] { then(self.get()); };
  if (!impl_->options().pool->TrySchedule(std::move(task), WorkerPool::Priority::kBackground))
    End(PoolBusy());
}

absl::Status WholeImport::Gather(ImportChunk chunk) {
  if (chunk.offset != rows_.size())
    return InvalidField("offset", absl::StrCat("is not ", rows_.size(), ", the next row's"));
  if (chunk.bytes != nullptr) bytes_ += chunk.bytes->size();
  if (rows_.size() + chunk.rows.size() > kMostImportRows || bytes_ > kMostWholeBytes) {
    return InvalidField(
        "records",
        absl::StrCat("are more than ", kMostImportRows, ", or than ", kMostWholeBytes >> 20,
                     " MiB, in all: too much to be made all or nothing, or validated "
                     "alone; send fewer"));
  }
  for (ImportRow& row : chunk.rows) rows_.push_back(MakeReady(rows_.size(), &row));
  return absl::OkStatus();
}

void WholeImport::Complete() {
  absl::StatusOr<Judged> judged = Judge();
  if (!judged.ok()) return End(judged.status());
  response_ = std::move(judged->response);
  response_.set_done(true);
  v1::ImportCounts& counts = *response_.mutable_counts();
  if (config_.validate_only()) return Committed(absl::OkStatus());
  if (counts.rejected() > 0) {
    // None is made.
    counts.set_created(0);
    counts.set_updated(0);
    return Committed(absl::OkStatus());
  }
  auto self = shared_from_this();
  impl_->CommitImport(
      caller_, std::move(judged->prepared), kv::Batch(),
      [self] { self->Hop([](WholeImport* import) { import->Complete(); }); },
      [self](const absl::StatusOr<uint64_t>& last) {
        if (!last.ok()) return self->End(last.status());
        self->Hop([](WholeImport* import) { import->Committed(absl::OkStatus()); });
      });
}

absl::StatusOr<WholeImport::Judged> WholeImport::Judge() {
  HW_ASSIGN_OR_RETURN(const View view, impl_->views().Latest());
  Preparation to(NoRequest(), view, kv::Patience::kMayWait, impl_->options().random);
  Judged judged;
  std::vector<size_t> waiting;
  for (size_t i = 0; i < rows_.size(); ++i) {
    HW_ASSIGN_OR_RETURN(Outcome outcome, JudgeRow(&rows_[i], OnExistingOf(config_), &to));
    if (outcome.what == Outcome::What::kMissing) {
      waiting.push_back(i);
    } else {
      Note(rows_[i], std::move(outcome), &judged);
    }
    if (config_.validate_only()) to.DropChanges();
    if (to.change_bytes() > kMostChangeBytes) {
      return InvalidField("records", absl::StrCat("store and index more than ",
                                                  kMostChangeBytes >> 20, " MiB in all"));
    }
  }
  HW_RETURN_IF_ERROR(JudgeWaiting(waiting, &to, &judged));
  judged.prepared = to.TakePrepared();
  return judged;
}

absl::Status WholeImport::JudgeWaiting(const std::vector<size_t>& waiting, Preparation* to,
                                       Judged* judged) {
  SettleOrder order;
  for (size_t row : waiting) order.Add(rows_[row].name.Key(), ReferencesOf(rows_[row]));
  for (const std::vector<uint32_t>& group : order.Groups()) {
    std::vector<ReadyRow*> rows;
    for (uint32_t place : group) rows.push_back(&rows_[waiting[place]]);
    if (to->HasRow(rows.front()->name)) {
      Note(*rows.front(), {Outcome::What::kTwice, {}}, judged);
      continue;
    }
    HW_ASSIGN_OR_RETURN(std::vector<Outcome> outcomes,
                        JudgeCircle(rows, OnExistingOf(config_), to));
    for (size_t i = 0; i < rows.size(); ++i) Note(*rows[i], std::move(outcomes[i]), judged);
  }
  return absl::OkStatus();
}

void WholeImport::Note(const ReadyRow& row, Outcome outcome, Judged* judged) const {
  if (outcome.what == Outcome::What::kTwice) {
    outcome.faults = {
        {"", "NAME_TWICE", "has the name of a row before it; such an import takes each name once"}};
  } else if (outcome.what == Outcome::What::kAlone) {
    outcome.faults = {{"", "NOT_WITH_OTHERS",
                       "changes a text that others quote, or who may publish, and can only follow "
                       "the rows before it once they are made: update it by itself"}};
  } else if (outcome.what != Outcome::What::kMissing && outcome.what != Outcome::What::kRejected) {
    return Count(outcome.what, judged->response.mutable_counts());
  }
  Count(Outcome::What::kRejected, judged->response.mutable_counts());
  AppendErrors(row, outcome.faults, &judged->response);
}

void WholeImport::Committed(const absl::Status& status) {
  if (!status.ok()) return End(status);
  if (const absl::StatusOr<View> view = impl_->views().Latest(); view.ok())
    response_.set_sequence(static_cast<int64_t>(view->head));
  End(std::move(response_));
}

void WholeImport::End(absl::StatusOr<v1::ImportResponse> response) {
  const ImportDone done = std::exchange(done_, nullptr);
  // Whoever hears of the end may close the database.
  if (!response.ok() || response->done()) Leave();
  impl_->EndImportStep(hash_);
  done(std::move(response));
}

}  // namespace headwater::database
