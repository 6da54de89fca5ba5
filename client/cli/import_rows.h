// The rows of a file while it is imported: what was wrong with which, and the rejected ones kept.
#ifndef HEADWATER_CLI_IMPORT_ROWS_H_
#define HEADWATER_CLI_IMPORT_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/import_file.h"
#include "cli/import_report.h"
#include "cli/import_trail.h"
#include "cli/session.h"
#include "exchange/reader.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::cli {

class ImportRows {
 public:
  // All must outlive this.
  ImportRows(ImportFile* file, Session* session, ImportReport* report, RejectedRows* rejects)
      : file_(file),
        session_(session),
        report_(report),
        rejects_(rejects),
        trail_(rejects->wanted()) {}

  // Reads the next row of the file, whose records are the next ones, and tells what is wrong where
  // none could be made; false at the end. Errors are the file's, and those of temporary files.
  absl::StatusOr<bool> Next(exchange::Row* row);

  // Tells what the server has against a record, by its number. Errors of one record must come one
  // after another. `record` is shown beside what stands, where it is known; else null.
  absl::Status Tell(const v1::RowError& error, const v1::Record* record);

  // How many records there were so far, and how many rows that made none since they are wrong.
  int64_t records() const { return trail_.records(); }
  int64_t unreadable() const { return unreadable_; }

  // The server is done with all records before this one.
  void Forget(int64_t record) { trail_.Forget(record); }

  void ShowProgress() { report_->Progress(file_->bytes_read(), file_->total_bytes()); }

 private:
  std::string TextOf(const v1::RowError& error, const v1::Record* record);
  void KeepRejected(int64_t row, const std::string& raw);

  ImportFile* file_;
  Session* session_;
  ImportReport* report_;
  RejectedRows* rejects_;
  RowTrail trail_;
  std::vector<bool> kept_;  // rows that were written to the rejected ones
  int64_t unreadable_ = 0;
  int64_t telling_ = -1;  // the record told of last
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_ROWS_H_
