#include "cli/import_whole.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cli/failure.h"
#include "cli/import_rows.h"
#include "cli/interrupt.h"
#include "exchange/kinds.h"
#include "exchange/scratch.h"
#include "exchange/text_at.h"
#include "headwater/exchange.h"

namespace headwater::cli {
namespace {

// What the server takes at a time, somewhat less in bytes: records are framed.
constexpr size_t kMostRecords = 10'000;
constexpr size_t kMostBytes = size_t{15} << 20;

constexpr char kMissing[] = "REFERENCE_MISSING";
constexpr char kDiffers[] = "ALREADY_EXISTS";  // and can be referred to

// Records for one stream.
struct Piece {
  std::vector<v1::Record> records;
  size_t bytes = 0;

  bool HasRoomFor(size_t size) const {
    return records.empty() || (records.size() < kMostRecords && bytes + size <= kMostBytes);
  }
  void Add(v1::Record record, size_t size) {
    bytes += size;
    records.push_back(std::move(record));
  }
};

absl::Status StopIfAsked() {
  return InterruptWatch::signal() == 0 ? absl::OkStatus() : absl::CancelledError("interrupted");
}

// Sends the piece; errors go to `errors` with the record each is about.
absl::StatusOr<v1::ImportResponse> Send(
    const ImportContext& context, v1::ImportConfig config, Piece piece,
    const std::function<absl::Status(const v1::RowError& error, const v1::Record& record)>&
        errors) {
  absl::Status telling;
  Import* sending = nullptr;
  ImportOptions options;
  options.config = std::move(config);
  options.errors = [&](const v1::RowError& error) {
    const v1::Record* record = sending->Held(error.row());
    if (!telling.ok()) return;
    telling = record == nullptr ? absl::InternalError("the server speaks of a record of another")
                                : errors(error, *record);
  };
  options.answers = [&](const v1::ImportResponse&) {
    return telling.ok() ? StopIfAsked() : telling;
  };
  Import import(&context.session.connection(), std::move(options));
  sending = &import;
  for (v1::Record& record : piece.records) {
    if (absl::Status status = import.Add(std::move(record)); !status.ok()) return status;
  }
  return import.Finish();
}

// Counts by and by what the server says of pieces.
void AddCounts(const v1::ImportCounts& counts, v1::ImportCounts* sum) {
  sum->set_created(sum->created() + counts.created());
  sum->set_updated(sum->updated() + counts.updated());
  sum->set_unchanged(sum->unchanged() + counts.unchanged());
  sum->set_skipped(sum->skipped() + counts.skipped());
  sum->set_rejected(sum->rejected() + counts.rejected());
}

// A dry run of a file of any size.
class Trial {
 public:
  Trial(const ImportContext& context, ImportFile* file)
      : context_(context),
        file_(file),
        rows_(file, &context.session, &context.report, &context.rejects) {}

  absl::Status Run() {
    exchange::Row row;
    for (;;) {
      absl::StatusOr<bool> more = rows_.Next(&row);
      if (!more.ok()) return more.status();
      if (absl::Status status = StopIfAsked(); !status.ok()) return status;
      if (!*more) break;
      for (v1::Record& record : row.records) {
        const size_t size = record.ByteSizeLong();
        if (!piece_.HasRoomFor(size)) {
          in_pieces_ = true;
          if (absl::Status status = SendPiece(); !status.ok()) return status;
        }
        names_.insert(absl::HashOf(
            exchange::NameOf(exchange::ResourceIn(record, *exchange::KindOf(record)))));
        piece_.Add(std::move(record), size);
      }
    }
    context_.report.AddRepeated(file_->repeated());
    if (absl::Status status = SendPiece(); !status.ok()) return status;
    return in_pieces_ ? JudgePutBy() : absl::OkStatus();
  }

 private:
  absl::Status SendPiece() {
    v1::ImportConfig config;
    config.set_validate_only(true);
    config.set_on_existing(OnExistingFor(context_.flags, file_->is_native()));
    ++pieces_;
    const auto size = static_cast<int64_t>(piece_.records.size());
    absl::StatusOr<v1::ImportResponse> done =
        Send(context_, std::move(config), std::exchange(piece_, Piece()),
             [this](v1::RowError error, const v1::Record& record) {
               error.set_row(first_ + error.row());
               if (in_pieces_ && error.reason() == kMissing) return PutBy(error, record);
               if (error.reason() != kDiffers) names_.erase(absl::HashOf(error.name()));
               return rows_.Tell(error, &record);
             });
    if (!done.ok()) return done.status();
    first_ += size;
    AddCounts(done->counts(), &counts_);
    context_.report.SetCounts(counts_);
    rows_.ShowProgress();
    return absl::OkStatus();
  }

  // Puts by that a record refers to what is not there: it may be in another piece. A line is the
  // error, the next one what is missing.
  absl::Status PutBy(const v1::RowError& error, const v1::Record& record) {
    if (!put_by_.has_value()) {
      absl::StatusOr<exchange::Scratch> opened = exchange::Scratch::Open();
      if (!opened.ok()) return opened.status();
      put_by_.emplace(*std::move(opened));
    }
    std::string missing = exchange::TextAt(record, error.field());
    // A record refers to its claim by its own name.
    if (missing == error.name()) missing = missing.substr(0, missing.find('/', sizeof("claims")));
    absl::Status status = put_by_->Add(absl::CEscape(error.SerializeAsString()));
    return status.ok() ? put_by_->Add(absl::CEscape(missing)) : status;
  }

  absl::Status JudgePutBy() {
    context_.report.progress().Clear();
    context_.session.err()
        << file_->path() << " is more than the server checks at a time (10,000 records or 15 MiB), "
        << "and was checked in " << pieces_
        << " pieces: a record that refers to one of another piece is taken for good here, and "
           "names that come again in another piece are not seen\n";
    if (!put_by_.has_value()) return absl::OkStatus();
    if (absl::Status status = put_by_->Rewind(); !status.ok()) return status;
    std::string line;
    std::string missing;
    int64_t last = -1;
    bool good = true;  // all that the last record misses is in the file
    const auto settle = [&] {
      if (last < 0 || !good) return;
      counts_.set_rejected(counts_.rejected() - 1);
      counts_.set_created(counts_.created() + 1);
    };
    for (;;) {
      absl::StatusOr<bool> more = put_by_->Next(&line);
      if (!more.ok()) return more.status();
      if (!*more) break;
      if (more = put_by_->Next(&missing); !more.ok()) return more.status();
      std::string bytes;
      std::string name;
      v1::RowError error;
      if (!absl::CUnescape(line, &bytes) || !error.ParseFromString(bytes) ||
          !absl::CUnescape(missing, &name)) {
        return absl::UnavailableError("the temporary file has changed under us");
      }
      if (error.row() != last) {
        settle();
        last = error.row();
        good = true;
      }
      if (names_.contains(absl::HashOf(name))) continue;
      good = false;
      names_.erase(absl::HashOf(error.name()));
      if (absl::Status status = rows_.Tell(error, nullptr); !status.ok()) return status;
    }
    settle();
    context_.report.SetCounts(counts_);
    return absl::OkStatus();
  }

  const ImportContext& context_;
  ImportFile* file_;
  ImportRows rows_;
  Piece piece_;
  int64_t first_ = 0;  // the number of the piece's first record
  int pieces_ = 0;
  bool in_pieces_ = false;
  v1::ImportCounts counts_;
  absl::flat_hash_set<uint64_t> names_;  // hashes of the names of records, but for rejected ones
  std::optional<exchange::Scratch> put_by_;
};

}  // namespace

absl::Status ImportAllOrNothing(const ImportContext& context, ImportFile* file) {
  ImportRows rows(file, &context.session, &context.report, &context.rejects);
  Piece piece;
  exchange::Row row;
  for (;;) {
    absl::StatusOr<bool> more = rows.Next(&row);
    if (!more.ok()) return more.status();
    if (absl::Status status = StopIfAsked(); !status.ok()) return status;
    if (!*more) break;
    for (v1::Record& record : row.records) {
      const size_t size = record.ByteSizeLong();
      if (!piece.HasRoomFor(size)) {
        return UsageError(absl::StrCat(file->path(),
                                       " is more than 10,000 records or 15 MiB, the most that can "
                                       "be made --all-or-nothing; nothing was made"));
      }
      piece.Add(std::move(record), size);
    }
  }
  context.report.AddRepeated(file->repeated());
  v1::ImportConfig config;
  config.set_on_existing(OnExistingFor(context.flags, file->is_native()));
  // Where a row cannot be read nothing is made; what else is wrong is worth knowing all the same.
  config.set_all_or_nothing(rows.unreadable() == 0);
  config.set_validate_only(rows.unreadable() > 0);
  absl::StatusOr<v1::ImportResponse> done =
      Send(context, std::move(config), std::move(piece),
           [&rows](const v1::RowError& error, const v1::Record& record) {
             return rows.Tell(error, &record);
           });
  if (!done.ok()) return done.status();
  v1::ImportCounts counts = done->counts();
  if (rows.unreadable() > 0 || counts.rejected() > 0) {
    counts.set_created(0);
    counts.set_updated(0);
    context.report.SetNotMade(rows.records() - counts.unchanged() - counts.skipped() -
                              counts.rejected());
  }
  context.report.SetCounts(counts);
  return absl::OkStatus();
}

absl::Status TryFile(const ImportContext& context, ImportFile* file) {
  return Trial(context, file).Run();
}

}  // namespace headwater::cli
