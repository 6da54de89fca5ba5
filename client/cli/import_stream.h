// Records on their way into a server: what an import command sends through.
#ifndef HEADWATER_CLI_IMPORT_STREAM_H_
#define HEADWATER_CLI_IMPORT_STREAM_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/session.h"
#include "headwater/exchange.h"

namespace headwater::cli {

// Takes records with the numbers of the lines or rows that they were read from, sends them in that
// order, and gives back what is wrong with them under those numbers. What is cited need not come
// before what cites it. Belongs to one thread.
class ImportStream {
 public:
  // A row that was rejected: what is wrong with it, one line each, "claim.text is required".
  struct Rejected {
    int64_t line = 0;
    std::string name;    // of its resource
    std::string reason;  // of the first fault: "REFERENCE_MISSING"
    std::vector<std::string> faults;
  };
  using Reject = std::function<void(const Rejected& row)>;

  // `session` must outlive it. `config` says how; with an import_id, an import of that id is gone
  // on with: the same records must come again, and those that are in are passed over.
  ImportStream(Session* session, v1::ImportConfig config, Reject reject);
  ~ImportStream();

  // Adds a record. Errors are the server's, or the connection's: the import can be gone on with.
  absl::Status Add(int64_t line, v1::Record record);

  // Sends what is left and waits for the end: counts of the whole import.
  absl::StatusOr<v1::ImportCounts> Finish();

  // The id to go on with.
  const std::string& id() const;
  // Counts so far, for a progress bar.
  const v1::ImportCounts& counts() const;

 private:
  void Note(const v1::RowError& error);
  void Flush();

  Session* session_;
  Reject reject_;
  std::unique_ptr<Import> import_;
  std::vector<int64_t> lines_;  // of rows, by number
  Rejected rejected_;           // being gathered
  int64_t row_ = -1;            // its number
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_IMPORT_STREAM_H_
