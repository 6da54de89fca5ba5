// Sending rows in batches, and finding out which of them a refused batch was refused for.
#ifndef HEADWATER_CLI_IMPORT_BATCH_H_
#define HEADWATER_CLI_IMPORT_BATCH_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/import_report.h"
#include "cli/requests.h"
#include "cli/session.h"
#include "exchange/kinds.h"
#include "headwater/v1/record.pb.h"

namespace headwater::cli {

struct ImportRow {
  int line;
  std::string name;
  v1::Record record;
};

// Rows that refer to one another in a circle and go in together; most groups are one row.
using ImportGroup = std::vector<ImportRow>;

class ImportBatches {
 public:
  // All must outlive this.
  ImportBatches(Session* session, ImportReport* report) : session_(session), report_(report) {}

  // Makes the rows of one kind, all that can be made. A batch is made whole or not at all; where
  // one is refused, the rows that the error names are rejected and the rest is sent again, and
  // where it names none, its halves are sent apart. Groups are never split. An error is one of the
  // server or the connection, not of the rows; what was made before it stays made.
  absl::Status Send(const Kind& kind, std::vector<ImportGroup> groups);

 private:
  absl::Status SendHalves(const Kind& kind, std::vector<ImportGroup> groups);
  absl::Status Create(const Kind& kind, const std::vector<ImportGroup>& groups);
  // Rejects the rows that the status names and takes them out of the groups; returns how many.
  int RejectNamed(const Kind& kind, const absl::Status& status, std::vector<ImportGroup>* groups);
  void Reject(const Kind& kind, const ImportRow& row, const absl::Status& status,
              const std::string& text);

  Session* session_;
  ImportReport* report_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_BATCH_H_
