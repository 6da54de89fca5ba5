// What an import says while it runs and when it is over.
#ifndef HEADWATER_CLI_IMPORT_REPORT_H_
#define HEADWATER_CLI_IMPORT_REPORT_H_

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <utility>

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

  // What follows is of this file: `path` stands before its lines, where it is not empty. Rows of
  // files that are not native make several records each, and are counted apart.
  void BeginFile(const std::string& path, bool native);

  // A row that was read, and whether it could be made out.
  void AddRow(bool rejected);
  // Records left out since their names came before in the file.
  void AddRepeated(int64_t records) { repeated_ += records; }

  void AddCreated(int rows) { created_ += rows; }
  void AddUnchanged(int rows) { unchanged_ += rows; }
  void AddSkipped(int rows) { skipped_ += rows; }
  // Records of a dry run, which go nowhere.
  void AddUnsent(int rows) { unsent_ += rows; }

  // Whether what stands with other values is let stand.
  void set_skips_existing(bool skips) { skips_existing_ = skips; }
  bool skips_existing() const { return skips_existing_; }

  // The lines rejected since the last call.
  std::set<int> TakeRejectedLines();

  // A row that did not go in: `reason` is one of a few, for the summary, `text` says all.
  void Reject(int line, const std::string& name, const std::string& reason,
              const std::string& text);

  // "1200 of 5000 rows, 40 % of 3 MiB, 12 s left", where the last time is some time ago. 0 for an
  // `of` or `of_bytes` that is not known.
  void Progress(const char* what, int64_t done, int64_t of, int64_t bytes, int64_t of_bytes);

  // Takes the line of progress away. To be called before anything else is written.
  void ClearProgress();

  // "imported 3 rows: 1 created, 1 unchanged, 1 rejected (1 invalid)", for people.
  void PrintSummary(std::ostream& out) const;
  // The same as a JSON object on one line.
  void PrintJsonSummary(std::ostream& out) const;

  int64_t rejected() const { return rejected_; }
  int64_t done() const { return created_ + unchanged_ + skipped_ + rejected_; }

 private:
  std::ostream* err_;
  Terminal terminal_;
  int64_t created_ = 0;
  int64_t unchanged_ = 0;
  int64_t skipped_ = 0;
  int64_t unsent_ = 0;
  int64_t rejected_ = 0;
  int64_t repeated_ = 0;
  int64_t foreign_rows_ = 0;
  int64_t foreign_rejected_ = 0;
  bool native_ = true;
  bool skips_existing_ = false;
  std::string path_;
  std::set<int> rejected_lines_;
  absl::Time began_ = absl::InfinitePast();
  std::map<std::string, int64_t> reasons_;
  absl::Time last_progress_ = absl::InfinitePast();
  bool progress_shown_ = false;
};

// Both sides of a row that differs from what stands, field by field, a line each.
std::string BothSides(const google::protobuf::Message& stands,
                      const google::protobuf::Message& row);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_REPORT_H_
