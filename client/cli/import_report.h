// What an import says while it runs and when it is over.
#ifndef HEADWATER_CLI_IMPORT_REPORT_H_
#define HEADWATER_CLI_IMPORT_REPORT_H_

#include <map>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/terminal.h"
#include "google/protobuf/message.h"

namespace headwater::cli {

// Counts rows, and writes rejections and progress to one stream, on a terminal as one line that is
// written over, elsewhere as a line now and then.
class ImportReport {
 public:
  // `err` must outlive the report.
  ImportReport(std::ostream* err, Terminal terminal) : err_(err), terminal_(terminal) {}

  void AddCreated(int rows) { created_ += rows; }
  void AddUnchanged(int rows) { unchanged_ += rows; }

  // A row that did not go in: `reason` is one of a few, for the summary, `text` says all.
  void Reject(int line, const std::string& name, const std::string& reason,
              const std::string& text);

  // "1,200 of 5,000 rows", where the last time is some time ago.
  void Progress(const char* what, int64_t done, int64_t of);

  // Takes the line of progress away. To be called before anything else is written.
  void ClearProgress();

  // "imported 3 rows: 1 created, 1 unchanged, 1 rejected (1 invalid)", for people.
  void PrintSummary(std::ostream& out) const;
  // The same as a JSON object on one line.
  void PrintJsonSummary(std::ostream& out) const;

  int64_t rejected() const { return rejected_; }
  int64_t done() const { return created_ + unchanged_ + rejected_; }

 private:
  std::ostream* err_;
  Terminal terminal_;
  int64_t created_ = 0;
  int64_t unchanged_ = 0;
  int64_t rejected_ = 0;
  std::map<std::string, int64_t> reasons_;
  absl::Time last_progress_ = absl::InfinitePast();
  bool progress_shown_ = false;
};

// Both sides of a row that differs from what stands, field by field, a line each.
std::string BothSides(const google::protobuf::Message& stands,
                      const google::protobuf::Message& row);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_REPORT_H_
