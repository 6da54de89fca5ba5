// headwater import
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/import_batch.h"
#include "cli/import_file.h"
#include "cli/import_report.h"
#include "exchange/fields.h"
#include "exchange/import_order.h"
#include "exchange/spool.h"
#include "google/protobuf/wrappers.pb.h"

namespace headwater::cli {
namespace {

// A batch is one request and one durable write. The server takes 10,000 rows and 16 MiB.
constexpr size_t kBatchRows = 1000;
constexpr size_t kBatchBytes = size_t{8} << 20;
constexpr size_t kMostRows = 10'000;
constexpr size_t kMostBytes = size_t{15} << 20;

// What was said on the command line.
struct ImportFlags {
  std::vector<std::string> paths;
  ImportFileSettings file;
  std::string on_existing;  // "fail", "skip"; empty: fail for native files, skip for others
  std::string rejects;      // where rejected rows are written; empty for nowhere
  bool dry_run = false;
};

// The records of one kind: the records themselves lie in the spool.
struct KindRows {
  struct Row {
    exchange::SpoolPlace place;
    int line;
  };
  exchange::ImportOrder order;
  std::vector<Row> rows;
};

// Sends the records of one file.
class Import {
 public:
  Import(Session* session, ImportReport* report, RejectedRows* rejected, exchange::Spool spool)
      : report_(report),
        rejected_(rejected),
        spool_(std::move(spool)),
        batches_(session, report),
        kinds_(exchange::Kinds().size()) {}

  // Puts the records of all good rows by, and rejects the other rows. In a dry run nothing is put
  // by.
  absl::Status Read(ImportFile* file, bool dry_run) {
    exchange::Row row;
    for (;;) {
      absl::StatusOr<bool> more = file->Next(&row);
      if (!more.ok()) return more.status();
      if (!*more) break;
      report_->AddRow(row.rejected());
      for (const exchange::Rejection& rejection : row.rejections) {
        report_->Reject(static_cast<int>(row.number), rejection.field, rejection.reason,
                        rejection.text);
      }
      if (row.rejected()) rejected_->Add(file->raw_header(), row.raw);
      if (dry_run) {
        report_->AddUnsent(static_cast<int>(row.records.size()));
      } else if (absl::Status status = PutRowBy(row); !status.ok()) {
        return status;
      }
      report_->Progress("read", ++rows_, 0, file->bytes_read(), file->total_bytes());
    }
    raw_header_ = file->raw_header();
    report_->AddRepeated(file->repeated());
    return absl::OkStatus();
  }

  // Sends what was put by, kind after kind, what is cited before what cites it.
  absl::Status SendAll() {
    for (size_t i = 0; i < kinds_.size(); ++i) {
      if (absl::Status status = SendKind(exchange::Kinds()[i], kinds_[i]); !status.ok()) {
        return status;
      }
      kinds_[i] = KindRows();
    }
    return WriteRefused();
  }

 private:
  // Its records, and where rejected rows are wanted, the row itself: the server may refuse it.
  absl::Status PutRowBy(exchange::Row& row) {
    for (v1::Record& record : row.records) {
      if (absl::Status status = PutBy(static_cast<int>(row.number), &record); !status.ok()) {
        return status;
      }
      ++records_;
    }
    if (!rejected_->wanted() || row.records.empty()) return absl::OkStatus();
    google::protobuf::BytesValue raw;
    raw.set_value(row.raw);
    absl::StatusOr<exchange::SpoolPlace> place = spool_.Write(raw);
    if (!place.ok()) return place.status();
    raw_rows_.push_back({*place, static_cast<int>(row.number)});
    return absl::OkStatus();
  }

  // Writes the rows of which the server refused a record, in the file's order.
  absl::Status WriteRefused() {
    const std::set<int> refused = report_->TakeRejectedLines();
    for (const KindRows::Row& row : raw_rows_) {
      if (!refused.contains(row.line)) continue;
      google::protobuf::BytesValue raw;
      if (absl::Status status = spool_.Read(row.place, &raw); !status.ok()) return status;
      rejected_->Add(raw_header_, raw.value());
    }
    return absl::OkStatus();
  }

  absl::Status PutBy(int line, v1::Record* record) {
    const Kind& kind = *exchange::KindOf(*record);
    google::protobuf::Message* resource = exchange::MutableResourceIn(record, kind);
    exchange::ClearServerMade(resource);
    // Only references to its own kind decide where a row goes: other kinds are in before it.
    std::vector<std::string> references = exchange::ReferencesIn(*resource);
    std::erase_if(references, [&kind](const std::string& reference) {
      return exchange::KindOfName(reference) != &kind;
    });
    absl::StatusOr<exchange::SpoolPlace> place = spool_.Write(*record);
    if (!place.ok()) return place.status();
    KindRows& rows = kinds_[&kind - exchange::Kinds().data()];
    rows.order.Add(exchange::NameOf(*resource), references);
    rows.rows.push_back({*place, line});
    return absl::OkStatus();
  }

  absl::StatusOr<ImportGroup> Load(const Kind& kind, const KindRows& rows,
                                   const std::vector<uint32_t>& numbers) {
    ImportGroup group;
    for (uint32_t number : numbers) {
      ImportRow& row = group.emplace_back();
      row.line = rows.rows[number].line;
      if (absl::Status status = spool_.Read(rows.rows[number].place, &row.record); !status.ok()) {
        return status;
      }
      row.name = exchange::NameOf(exchange::ResourceIn(row.record, kind));
    }
    return group;
  }

  // A circle of citations that no batch can hold.
  void RejectCircle(const ImportGroup& group) {
    for (const ImportRow& row : group) {
      report_->Reject(row.line, row.name, "in too large a circle",
                      absl::StrCat("one of ", group.size(),
                                   " rows that refer to one another: more than a batch can hold"));
    }
  }

  absl::Status SendKind(const Kind& kind, const KindRows& rows) {
    std::vector<ImportGroup> batch;
    absl::flat_hash_set<std::string> names;
    size_t bytes = 0;
    const auto send = [&] {
      absl::Status status = batches_.Send(kind, std::exchange(batch, {}));
      names.clear();
      bytes = 0;
      report_->Progress("imported", report_->done(), records_, 0, 0);
      return status;
    };
    for (const std::vector<uint32_t>& numbers : rows.order.Groups()) {
      size_t size = 0;
      for (uint32_t number : numbers) size += rows.rows[number].place.length;
      absl::StatusOr<ImportGroup> group = Load(kind, rows, numbers);
      if (!group.ok()) return group.status();
      if (numbers.size() > kMostRows || (numbers.size() > 1 && size > kMostBytes)) {
        RejectCircle(*group);
        continue;
      }
      // A name that comes twice goes into a later batch, where it is unchanged or differs.
      const bool full = names.size() + numbers.size() > kBatchRows || bytes + size > kBatchBytes ||
                        names.contains(group->front().name);
      if (full && !batch.empty()) {
        if (absl::Status status = send(); !status.ok()) return status;
      }
      for (const ImportRow& row : *group) names.insert(row.name);
      bytes += size;
      batch.push_back(*std::move(group));
    }
    return send();
  }

  ImportReport* report_;
  RejectedRows* rejected_;
  exchange::Spool spool_;
  ImportBatches batches_;
  std::vector<KindRows> kinds_;  // as exchange::Kinds()
  std::vector<KindRows::Row> raw_rows_;
  std::string raw_header_;
  int64_t rows_ = 0;
  int64_t records_ = 0;
};

absl::Status ImportOne(const std::string& path, const ImportFlags& flags, Session& session,
                       ImportReport* report, RejectedRows* rejected) {
  absl::StatusOr<std::unique_ptr<ImportFile>> file = ImportFile::Open(path, flags.file);
  if (!file.ok()) return file.status();
  absl::StatusOr<exchange::Spool> spool = exchange::Spool::Open();
  if (!spool.ok()) return spool.status();
  report->BeginFile(flags.paths.size() > 1 ? path : std::string(), (*file)->is_native());
  report->set_skips_existing(flags.on_existing.empty() ? !(*file)->is_native()
                                                       : flags.on_existing == "skip");
  Import import(&session, report, rejected, *std::move(spool));
  absl::Status status = import.Read(file->get(), flags.dry_run);
  if (!status.ok() || flags.dry_run) return status;
  report->TakeRejectedLines();  // those of rows that could not be read are written already
  return import.SendAll();
}

void PrintSummary(const ImportReport& report, Session& session) {
  if (session.format() == Format::kTable) {
    report.PrintSummary(session.out());
  } else {
    report.PrintJsonSummary(session.out());
  }
}

absl::StatusOr<ExitCode> RunImport(const ImportFlags& flags, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (!flags.rejects.empty() && flags.paths.size() > 1) {
    return UsageError("--rejects goes with one FILE: rejected rows are kept in its own format");
  }
  ImportReport report(&session.err(), session.err_terminal());
  RejectedRows rejected(flags.rejects);
  absl::Status status;
  for (const std::string& path : flags.paths) {
    status = ImportOne(path, flags, session, &report, &rejected);
    if (!status.ok()) break;
  }
  report.ClearProgress();
  if (absl::Status closed = rejected.Close(); status.ok()) status = closed;
  if (status.ok() || report.done() > 0) PrintSummary(report, session);
  if (!status.ok()) {
    if (report.done() == 0) return status;
    session.err() << "the import stopped; run it again: rows that are in already are unchanged\n";
    return status;
  }
  if (absl::Status flushed = session.Flush(); !flushed.ok()) return flushed;
  return report.rejected() == 0 ? kOk : kPartial;
}

std::string FormatsForHelp() {
  std::string text = "auto (by content and name)";
  for (const exchange::ReadFormat& format : exchange::ReadFormats()) {
    absl::StrAppend(&text, "; ", format.word, ": ", format.description);
  }
  return text;
}

}  // namespace

void AddImport(CLI::App* app, Command* command) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command_line = app->add_subcommand(
      "import",
      "Read records from files, of Headwater's own format (one in JSON a line as {\"source\": "
      "{…}}, in any order) or of others; gzip and zstd are unpacked. Rows that are there already "
      "and the same are unchanged; rows that differ from what stands, or are wrong, are rejected "
      "with their line and the reason, and the others go in. Exit code 0 if none was rejected, 6 "
      "if some were. A row of another format makes several records, with ids made of what they are "
      "known by: where a name comes again in the file, the first one stands. Rows may have 16 MiB. "
      "A file is read once, into a temporary file in TMPDIR as large as itself; memory is needed "
      "for the names alone, some 250 bytes a row (250 MB for a million).");
  command_line->add_option("FILE", flags->paths, "The files, one after another; - for stdin.")
      ->required();
  command_line->add_option("--format", flags->file.format, FormatsForHelp());
  command_line->add_option(
      "--map", flags->file.map,
      "For CSV: a file that says what its columns mean (see samples/mappings). "
      "Without it, columns are named as the fields of one kind.");
  command_line->add_option(
      "--language", flags->file.language,
      "The language of text of which the file does not say it; und if left out.");
  command_line
      ->add_option("--on-existing", flags->on_existing,
                   "What becomes of a row whose name is there with other values: fail rejects it "
                   "(for native files if left out), skip lets what stands stand (for others).")
      ->check(CLI::IsMember({"fail", "skip"}));
  command_line->add_flag("--dry-run", flags->dry_run,
                         "Read and check the files, and send nothing to the server.");
  command_line->add_option(
      "--rejects", flags->rejects,
      "Where to write rejected rows as they stand in FILE: mend them there and "
      "import that.");
  AddExample(command_line,
             "headwater import records.ndjson\n"
             "  headwater export --server old:7411 | headwater import -\n"
             "  headwater import --rejects wrong.csv --map columns.json sources.csv.gz");
  command_line->callback([flags, command] {
    *command = [flags](Session& session) { return RunImport(*flags, session); };
  });
}

}  // namespace headwater::cli
