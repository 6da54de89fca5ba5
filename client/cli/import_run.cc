#include "cli/import_run.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/failure.h"
#include "cli/import_ids.h"
#include "cli/interrupt.h"

namespace headwater::cli {

ImportRun::ImportRun(const ImportContext& context, ImportFile* file)
    : context_(context),
      file_(file),
      rows_(file, &context.session, &context.report, &context.rejects) {}

absl::Status ImportRun::Run() {
  if (absl::Status status = Begin(); !status.ok()) return status;
  if (absl::Status status = ReadAll(); !status.ok()) return status;
  return Finish();
}

absl::Status ImportRun::Begin() {
  const ImportFlags& flags = context_.flags;
  const ClientOptions& client = context_.session.connection().options();
  const KeptIds kept = KeptIds::OfUser();
  const std::string key = ImportKey(file_->path(), file_->format(), flags, client);
  ImportOptions options;
  options.config.set_on_existing(OnExistingFor(flags, file_->is_native()));
  options.config.set_import_id(flags.import_id);
  options.config.set_bulk(flags.bulk);
  if (flags.resume && flags.import_id.empty()) {
    if (const std::optional<std::string> id = kept.Find(key)) {
      options.config.set_import_id(*id);
    } else {
      context_.session.err() << file_->path()
                             << ": no import of it as it is now, with these flags, has begun here; "
                                "it begins at the first row\n";
    }
  }
  options.errors = [this](const v1::RowError& error) { Hear(error); };
  options.answers = [this](const v1::ImportResponse& answer) { return Hear(answer); };
  import_.emplace(&context_.session.connection(), std::move(options));
  id_ = import_->id();
  absl::StatusOr<int64_t> begun = import_->Begin();
  if (!begun.ok()) return begun.status();
  if (!telling_.ok()) return telling_;
  begins_at_ = *begun;
  counts_at_begin_ = import_->progress().counts();
  if (begins_at_ > 0 && !flags.resume) {
    return absl::FailedPreconditionError(
        absl::StrCat("an import ", id_, " has begun already, and ", begins_at_,
                     " records of it are in: --resume goes on with it, another --import-id begins "
                     "another"));
  }
  if (!key.empty()) {
    // Before any row is sent: from then on this program may be killed.
    const absl::Status status = kept.Keep(key, id_);
    id_is_kept_ = status.ok();
    if (!status.ok() && flags.import_id.empty()) {
      context_.session.err() << "the import's id cannot be kept (" << status.message()
                             << "): should this program be killed, only --import-id " << id_
                             << " goes on with it\n";
    }
  }
  begun_ = true;
  if (begins_at_ > 0) {
    context_.report.progress().Clear();
    context_.session.err() << file_->path() << ": goes on behind the first " << begins_at_
                           << " records, which are in\n";
  }
  if (!ahead_.has_value()) return absl::OkStatus();
  if (absl::Status status = ahead_->Rewind(); !status.ok()) return status;
  return TellReadAhead();
}

void ImportRun::Hear(const v1::RowError& error) {
  if (!telling_.ok()) return;
  if (error.row() < rows_.records()) {
    telling_ = rows_.Tell(error, import_->Held(error.row()));
    return;
  }
  if (!ahead_.has_value()) {
    absl::StatusOr<exchange::Scratch> opened = exchange::Scratch::Open();
    if (!opened.ok()) {
      telling_ = opened.status();
      return;
    }
    ahead_.emplace(*std::move(opened));
  }
  telling_ = ahead_->Add(absl::CEscape(error.SerializeAsString()));
}

absl::Status ImportRun::Hear(const v1::ImportResponse& answer) {
  context_.report.SetCounts(answer.counts());
  if (answer.counts().waiting() == 0) rows_.Forget(answer.acknowledged_offset());
  rows_.ShowProgress();
  if (!telling_.ok()) return telling_;
  return InterruptWatch::signal() == 0 ? absl::OkStatus() : absl::CancelledError("interrupted");
}

// Tells what was put by of the rows that have been read.
absl::Status ImportRun::TellReadAhead() {
  while (true) {
    if (next_ahead_.has_value()) {
      if (next_ahead_->row() >= rows_.records()) return absl::OkStatus();
      if (absl::Status status = rows_.Tell(*next_ahead_, nullptr); !status.ok()) return status;
      next_ahead_.reset();
    }
    std::string line;
    absl::StatusOr<bool> more = ahead_->Next(&line);
    if (!more.ok()) return more.status();
    if (!*more) {
      ahead_.reset();
      return absl::OkStatus();
    }
    std::string bytes;
    next_ahead_.emplace();
    if (!absl::CUnescape(line, &bytes) || !next_ahead_->ParseFromString(bytes))
      return absl::UnavailableError("the temporary file has changed under us");
  }
}

absl::Status ImportRun::ReadAll() {
  exchange::Row row;
  bool passing_over = begins_at_ > 0;
  for (;;) {
    absl::StatusOr<bool> more = rows_.Next(&row);
    if (!more.ok()) return more.status();
    // Even at the end: whoever wrote into the pipe may have been interrupted, too.
    if (InterruptWatch::signal() != 0) return absl::CancelledError("interrupted");
    if (!*more) break;
    if (passing_over && rows_.records() > begins_at_) {
      passing_over = false;
      context_.report.BeginProgress(file_->bytes_read(), file_->total_bytes());
    }
    for (v1::Record& record : row.records) {
      if (absl::Status status = import_->Add(std::move(record)); !status.ok()) return status;
    }
    if (ahead_.has_value()) {
      if (absl::Status status = TellReadAhead(); !status.ok()) return status;
    }
    if (!telling_.ok()) return telling_;
  }
  context_.report.AddRepeated(file_->repeated());
  if (rows_.records() >= begins_at_) return absl::OkStatus();
  begun_ = false;  // not with this file
  return absl::FailedPreconditionError(
      absl::StrCat(file_->path(), " has ", rows_.records(), " records, and ", begins_at_,
                   " are in of the import ", id_, ": it is an import of another file"));
}

absl::Status ImportRun::Finish() {
  absl::StatusOr<v1::ImportResponse> done = import_->Finish();
  if (!done.ok()) return done.status();
  if (!telling_.ok()) return telling_;
  context_.report.SetCounts(done->counts());
  const bool nothing_new =
      begins_at_ > 0 && begins_at_ == rows_.records() &&
      done->counts().SerializeAsString() == counts_at_begin_.SerializeAsString();
  if (nothing_new) {
    context_.report.progress().Clear();
    context_.session.err() << file_->path()
                           << ": this import was finished already; nothing has changed\n";
  }
  return absl::OkStatus();
}

std::string ImportRun::HowToGoOn() const {
  if (!begun_ || rows_.records() == 0) return "";
  const bool several = context_.flags.paths.size() > 1;
  return absl::StrCat("the import stopped; ", import_->progress().acknowledged_offset(), " of the ",
                      rows_.records(), " records read are in. To go on",
                      file_->path() == "-" ? " (with the same bytes on standard input)" : "",
                      ":\n  ",
                      ResumeCommand(context_.flags, context_.session.connection().options(),
                                    several && id_is_kept_ ? "" : id_),
                      "\n");
}

}  // namespace headwater::cli
