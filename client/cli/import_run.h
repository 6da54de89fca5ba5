// One file's way into a server: read row by row, sent as it is read.
#ifndef HEADWATER_CLI_IMPORT_RUN_H_
#define HEADWATER_CLI_IMPORT_RUN_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "cli/import_file.h"
#include "cli/import_flags.h"
#include "cli/import_report.h"
#include "cli/import_rows.h"
#include "cli/session.h"
#include "exchange/scratch.h"
#include "headwater/exchange.h"

namespace headwater::cli {

// What the imports of one command share. All must outlive them.
struct ImportContext {
  const ImportFlags& flags;
  Session& session;
  ImportReport& report;
  RejectedRows& rejects;
};

// An import whose progress the server keeps: rows go in as they come, and it can be gone on with.
class ImportRun {
 public:
  // `file` must outlive it.
  ImportRun(const ImportContext& context, ImportFile* file);

  // Imports it all. CANCELLED where the program was asked to stop, the file's errors, or the
  // server's; all is told and counted up to there.
  absl::Status Run();

  // How to go on where Run() failed; empty where nothing has begun. It also says how far it came.
  std::string HowToGoOn() const;

 private:
  absl::Status Begin();
  absl::Status ReadAll();
  absl::Status Finish();
  void Hear(const v1::RowError& error);
  absl::Status Hear(const v1::ImportResponse& answer);
  absl::Status TellReadAhead();

  const ImportContext& context_;
  ImportFile* file_;
  ImportRows rows_;
  std::string id_;
  bool id_is_kept_ = false;
  std::optional<Import> import_;
  bool begun_ = false;
  int64_t begins_at_ = 0;
  v1::ImportCounts counts_at_begin_;
  // What is told at once of rows that another run of the program sent is put by until they are
  // read.
  std::optional<exchange::Scratch> ahead_;
  std::optional<v1::RowError> next_ahead_;
  absl::Status telling_;  // what went wrong in telling
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_RUN_H_
