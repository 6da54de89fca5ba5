#include "cli/import_stream.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace headwater::cli {

ImportStream::ImportStream(Session* session, v1::ImportConfig config, Reject reject)
    : session_(session), reject_(std::move(reject)) {
  ImportOptions options;
  options.config = std::move(config);
  options.errors = [this](const v1::RowError& error) { Note(error); };
  import_ = std::make_unique<Import>(&session->connection(), std::move(options));
}

ImportStream::~ImportStream() = default;

// Errors of one row come one after the other.
void ImportStream::Note(const v1::RowError& error) {
  if (error.row() != row_) {
    Flush();
    row_ = error.row();
    const auto place = static_cast<size_t>(row_);
    rejected_.line = place < lines_.size() ? lines_[place] : 0;
    rejected_.name = error.name();
    rejected_.reason = error.reason();
  }
  rejected_.faults.push_back(error.field().empty()
                                 ? error.description()
                                 : absl::StrCat(error.field(), " ", error.description()));
}

void ImportStream::Flush() {
  if (row_ >= 0) reject_(rejected_);
  row_ = -1;
  rejected_ = Rejected();
}

absl::Status ImportStream::Add(int64_t line, v1::Record record) {
  lines_.push_back(line);
  return session_->Use([&](Connection*) { return import_->Add(std::move(record)); });
}

absl::StatusOr<v1::ImportCounts> ImportStream::Finish() {
  std::optional<v1::ImportCounts> counts;
  absl::Status status = session_->Use([&](Connection*) {
    absl::StatusOr<v1::ImportResponse> done = import_->Finish();
    if (done.ok()) counts = done->counts();
    return done.status();
  });
  Flush();
  if (!status.ok()) return status;
  return *counts;
}

const std::string& ImportStream::id() const { return import_->id(); }

const v1::ImportCounts& ImportStream::counts() const { return import_->progress().counts(); }

}  // namespace headwater::cli
