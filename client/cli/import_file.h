// One file of an import: its rows as records, and the rejected ones written to a file of their own.
#ifndef HEADWATER_CLI_IMPORT_FILE_H_
#define HEADWATER_CLI_IMPORT_FILE_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "exchange/reader.h"
#include "exchange/readers.h"

namespace headwater::cli {

// What was said about a file on the command line.
struct ImportFileSettings {
  std::string format = "auto";
  std::string map;       // path of a mapping file; empty for none
  std::string language;  // of text of which the file does not say it
};

// Rows that did not go in, as they stood in their file: to be mended and imported again. Made with
// the first row; without a path nothing is written.
class RejectedRows {
 public:
  explicit RejectedRows(std::string path) : path_(std::move(path)) {}

  // `header` as of Reader::RawHeader.
  void Add(const std::string& header, const std::string& raw);

  bool wanted() const { return !path_.empty(); }

  // Why not all of it could be written; OK where it could.
  absl::Status Close();

 private:
  std::string path_;
  std::ofstream file_;
};

class ImportFile {
 public:
  // A usage error where the file, its format or its mapping cannot be read.
  static absl::StatusOr<std::unique_ptr<ImportFile>> Open(const std::string& path,
                                                          const ImportFileSettings& settings);

  // Reads the next row; false at the end. Records whose names came before in a foreign file are
  // left out: the first one stands. In a native file each line is what somebody meant, and all are
  // kept.
  absl::StatusOr<bool> Next(exchange::Row* row);

  // Why the file could not be read to its end; OK where it could, or can be so far.
  const absl::Status& status() const { return status_; }

  const std::string& path() const { return input_->path(); }
  bool is_native() const { return format_ == "native"; }
  const std::string& format() const { return format_; }
  std::string raw_header() const { return reader_->RawHeader(); }

  // How many records were left out, how many bytes of the file were read, and of how many; 0 where
  // that is not known.
  int64_t repeated() const { return repeated_; }
  int64_t bytes_read() const { return input_->bytes_read(); }
  int64_t total_bytes() const { return input_->total_bytes().value_or(0); }

 private:
  ImportFile() = default;

  std::string format_;
  exchange::Input* input_ = nullptr;  // the reader's
  std::unique_ptr<exchange::Reader> reader_;
  // Hashes of names, some 16 bytes each with the room between them: that two are equal by chance is
  // as good as impossible.
  absl::flat_hash_set<uint64_t> names_;
  int64_t repeated_ = 0;
  absl::Status status_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_FILE_H_
