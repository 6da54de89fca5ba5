// headwater import
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/import_batch.h"
#include "cli/import_report.h"
#include "exchange/fields.h"
#include "exchange/import_order.h"
#include "exchange/record_lines.h"
#include "exchange/spool.h"

namespace headwater::cli {
namespace {

// A batch is one request and one durable write. The server takes 10,000 rows and 16 MiB.
constexpr size_t kBatchRows = 1000;
constexpr size_t kBatchBytes = size_t{8} << 20;
constexpr size_t kMostRows = 10'000;
constexpr size_t kMostBytes = size_t{15} << 20;

// The rows of one kind: the rows themselves lie in the spool.
struct KindRows {
  struct Row {
    exchange::SpoolPlace place;
    int line;
  };
  exchange::ImportOrder order;
  std::vector<Row> rows;
};

class Import {
 public:
  Import(Session* session, ImportReport* report, exchange::Spool spool)
      : report_(report),
        spool_(std::move(spool)),
        batches_(session, report),
        kinds_(exchange::Kinds().size()) {}

  // Puts all good lines by and rejects the others.
  absl::Status Read(std::istream& input) {
    exchange::LineReader lines(&input);
    for (std::string line; lines.Next(&line);) {
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      absl::StatusOr<v1::Record> record = exchange::ParseRecord(line);
      if (!record.ok()) {
        report_->Reject(lines.number(), "", "not a record", std::string(record.status().message()));
        continue;
      }
      if (absl::Status status = PutBy(lines.number(), &*record); !status.ok()) return status;
      report_->Progress("read", ++rows_, 0);
    }
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
    return absl::OkStatus();
  }

 private:
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
      report_->Progress("imported", report_->done(), rows_);
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
  exchange::Spool spool_;
  ImportBatches batches_;
  std::vector<KindRows> kinds_;  // as exchange::Kinds()
  int64_t rows_ = 0;
};

absl::Status ReadAndSend(const std::string& path, Import* import) {
  absl::Status status;
  if (path == "-") {
    status = import->Read(std::cin);
  } else {
    std::ifstream file(path, std::ios::binary);
    // A directory opens and cannot be read.
    if (!file || (file.peek() == EOF && file.bad())) {
      return UsageError(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
    }
    status = import->Read(file);
  }
  return status.ok() ? import->SendAll() : status;
}

absl::StatusOr<ExitCode> RunImport(const std::string& path, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<exchange::Spool> spool = exchange::Spool::Open();
  if (!spool.ok()) return spool.status();
  ImportReport report(&session.err(), session.err_terminal());
  Import import(&session, &report, *std::move(spool));
  const absl::Status status = ReadAndSend(path, &import);
  report.ClearProgress();
  if (status.ok() || report.done() > 0) {
    if (session.format() == Format::kTable) {
      report.PrintSummary(session.out());
    } else {
      report.PrintJsonSummary(session.out());
    }
  }
  if (!status.ok()) {
    if (report.done() == 0) return status;
    session.err() << "the import stopped; run it again: rows that are in already are unchanged\n";
    return status;
  }
  if (absl::Status flushed = session.Flush(); !flushed.ok()) return flushed;
  return report.rejected() == 0 ? kOk : kPartial;
}

}  // namespace

void AddImport(CLI::App* app, Command* command) {
  auto path = std::make_shared<std::string>();
  CLI::App* import = app->add_subcommand(
      "import",
      "Read records, one in JSON a line as {\"source\": {…}}, in any order. Rows that are there "
      "already and the same are unchanged; rows that differ from what stands, or are wrong, are "
      "rejected with their line and the reason, and the others go in. Exit code 0 if none was "
      "rejected, 6 if some were. Lines may have 16 MiB. The file is read once, into a temporary "
      "file "
      "in TMPDIR as large as itself; memory is needed for the names alone, some 250 bytes a row "
      "(250 MB for a million).");
  import->add_option("FILE", *path, "The file; - for stdin.")->required();
  AddExample(import,
             "headwater import records.ndjson\n"
             "  headwater export --server old:7411 | headwater import -");
  import->callback([path, command] {
    *command = [path](Session& session) { return RunImport(*path, session);
};
}  // namespace headwater::cli
);
}

}  // namespace headwater::cli
