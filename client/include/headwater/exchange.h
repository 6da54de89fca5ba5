// Records out of a server and into it by the million: what Client::Export and Client::Import stand
// on.
#ifndef HEADWATER_EXCHANGE_H_
#define HEADWATER_EXCHANGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "headwater/connection.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater {

// Takes a piece of an export, which it may move from. An error ends the export.
using ExportSink = std::function<absl::Status(v1::ExportResponse* piece)>;

// Hands every piece of the export to `take`, in order and each once, on the caller's thread. A
// stream that breaks off is taken up again behind the last piece, at the same state; each piece is
// tried for as long as a call may take. The request may carry a page_token, to go on where another
// export stopped. The server's errors, and those of `take`.
absl::Status Export(Connection* connection, const v1::ExportRequest& request,
                    const ExportSink& take, const CallOptions& options = {});

// Takes what is wrong with a row that was rejected, at most three errors one after another: rows in
// their order, then those that had waited, each once however often the stream broke off.
using RowErrorSink = std::function<void(const v1::RowError& error)>;

// Takes how far the import is, after each answer and its errors. An error ends the import there:
// what was acknowledged stays.
using AnswerSink = std::function<absl::Status(const v1::ImportResponse& answer)>;

// How an import is made. The config's import_id names it; a UUID is made where it is empty.
struct ImportOptions {
  v1::ImportConfig config;
  RowErrorSink errors;  // may be null
  AnswerSink answers;   // may be null; its answers have no errors in them
  // A chunk is sent with the row by which it has so many rows or some bytes. 0: 1,000 rows or 1
  // MiB; in bulk, and into a database without any record, 10,000 rows or 4 MiB.
  int chunk_rows = 0;
};

// An import under way. A stream that breaks off is taken up again behind what was acknowledged;
// each chunk is tried for as long as a call may take. What was sent and not acknowledged is held:
// two chunks, or all of an import that is made all or nothing or only validated; and a bit a row,
// up to the last one rejected. Belongs to one thread, whose calls wait for the server where it is
// behind.
class Import {
 public:
  // The connection must outlive it.
  Import(Connection* connection, ImportOptions options, const CallOptions& call = {});
  // Breaks the stream off, unless it is finished: what was acknowledged stays.
  ~Import();

  // The id that it goes by.
  const std::string& id() const;

  // Begins. Returns where: 0, or the number of the first row that an import of this id has not
  // acknowledged. Earlier ones may be left out. Called by Add where it was not before.
  absl::StatusOr<int64_t> Begin();
  // Goes on with row `row`, the next after those before: for those who left some out after Begin().
  void SkipTo(int64_t row);

  // Adds the next row, numbered from 0. Rows that were acknowledged before are passed over. Like
  // Begin and Finish it returns what the server refused the import for, UNAVAILABLE or
  // DEADLINE_EXCEEDED where it cannot be reached for as long as a call may take, or what the sink
  // of answers did. After an error the import can only be made anew, with its id.
  absl::Status Add(v1::Record record);

  // Sends what is left, and waits until what waited has gone in. The last answer: its counts are
  // those of the whole import.
  absl::StatusOr<v1::ImportResponse> Finish();

  // What the server has told so far.
  const v1::ImportResponse& progress() const;

  // The record of a row that was not answered for yet, for those who are told of its errors; null
  // for others. Valid until the next call of anything.
  const v1::Record* Held(int64_t row) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace headwater

#endif  // HEADWATER_EXCHANGE_H_
