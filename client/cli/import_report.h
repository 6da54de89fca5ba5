// What an import says while it runs and when it is over.
#ifndef HEADWATER_CLI_IMPORT_REPORT_H_
#define HEADWATER_CLI_IMPORT_REPORT_H_

#include <map>
#include <ostream>
#include <string>

#include "cli/import_progress.h"
#include "cli/terminal.h"
#include "google/protobuf/message.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::cli {

// Counts what became of rows, and writes rejections and progress to one stream. Records are counted
// by the server, rows that could not be read here.
class ImportReport {
 public:
  // So many rejections are told one by one; of more only the number.
  static constexpr int64_t kMostTold = 1000;

  // `err` must outlive the report.
  ImportReport(std::ostream* err, Terminal terminal, bool dry_run);

  // What follows is of this file: `path` stands before its lines, where it is not empty. Rows of
  // files that are not native make several records each, and are counted apart.
  void BeginFile(const std::string& path, bool native);

  // A row that was read, and whether it could be made out.
  void AddRow(bool rejected);
  // Records left out since their names came before in the file.
  void AddRepeated(int64_t records) { repeated_ += records; }
  // What became of the file's records so far, in place of what was said before.
  void SetCounts(const v1::ImportCounts& counts);
  // Records that are good and were not made, since others were rejected.
  void SetNotMade(int64_t records) { not_made_ = records; }

  // A row that did not go in: `reason` is one of a few, for the summary, `text` says all. Once for
  // each record or row that could not be read.
  void Reject(int64_t row, const std::string& name, const std::string& reason,
              const std::string& text);
  // Something else that is wrong with the row told of last.
  void AlsoWrong(const std::string& text);
  // Whether the next rejection will be told, not only counted.
  bool tells() const { return told_ < kMostTold; }

  ImportProgress& progress() { return progress_; }
  // Shows how far it is.
  void Progress(int64_t bytes, int64_t total_bytes);
  void BeginProgress(int64_t bytes, int64_t total_bytes);

  // How many rejections were not told one by one; to be called once at the end.
  void TellTheRest(bool kept);

  // "3 rows: 1 created, 1 unchanged, 1 rejected (1 invalid)", for people.
  void PrintSummary(std::ostream& out) const;
  // The same as a JSON object on one line.
  void PrintJsonSummary(std::ostream& out) const;

  int64_t rejected() const { return unreadable_ + counts_.rejected() + before_.rejected(); }
  // Records that the server has dealt with, and rows that could not be read.
  int64_t done() const;

 private:
  int64_t Total(int64_t (v1::ImportCounts::*count)() const) const {
    return (before_.*count)() + (counts_.*count)();
  }
  ImportProgress::State State(int64_t bytes, int64_t total_bytes) const;

  std::ostream* err_;
  Terminal terminal_;
  const bool dry_run_;
  ImportProgress progress_;
  v1::ImportCounts before_;  // of the files before
  v1::ImportCounts counts_;  // of this one
  int64_t waited_before_ = 0;
  int64_t waited_ = 0;
  int64_t rows_ = 0;        // of this file
  int64_t unreadable_ = 0;  // rows that made no record
  int64_t repeated_ = 0;
  int64_t foreign_rows_ = 0;
  int64_t foreign_rejected_ = 0;
  int64_t not_made_ = 0;
  bool native_ = true;
  std::string path_;
  std::map<std::string, int64_t> reasons_;
  int64_t told_ = 0;
  int64_t untold_ = 0;
};

// Both sides of a row that differs from what stands, field by field, a line each.
std::string BothSides(const google::protobuf::Message& stands,
                      const google::protobuf::Message& row);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_REPORT_H_
