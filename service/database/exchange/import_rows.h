// Rows of an import on their way through a Preparation. Internal to the imports.
#ifndef HEADWATER_DATABASE_EXCHANGE_IMPORT_ROWS_H_
#define HEADWATER_DATABASE_EXCHANGE_IMPORT_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/exchange/import.h"
#include "database/writing/preparation.h"

namespace headwater::database {

// A row made ready to be judged: the operation that it asks for.
struct ReadyRow {
  uint64_t number = 0;
  keys::Name name;
  Operation operation;
  std::vector<RowFault> faults;  // why it can be nothing, if there are any
};

// What a Preparation is given that gets rows one by one.
const WriteRequest& NoRequest();

v1::OnExisting OnExistingOf(const v1::ImportConfig& config);

ReadyRow MakeReady(uint64_t number, ImportRow* row);
// The row in a Record's bytes, as this server put them by.
absl::StatusOr<ReadyRow> MakeReady(uint64_t number, absl::string_view record);

// The keys of all names that the row refers to, its claim's too.
std::vector<std::string> ReferencesOf(const ReadyRow& row);

// What becomes of a row once on_existing has had its say.
struct Outcome {
  enum class What {
    kCreated,
    kUpdated,
    kUnchanged,
    kSkipped,
    kRejected,
    kMissing,
    kAlone,
    kTwice,  // its name was taken by a row that is not committed yet
  };
  What what = What::kRejected;
  std::vector<RowFault> faults;
};

// Where `may_take`, the row's resource may be gone afterwards, and the row of no use.
absl::StatusOr<Outcome> JudgeRow(ReadyRow* row, v1::OnExisting on_existing, Preparation* to,
                                 bool may_take = false);
// Rows that refer to one another, or to themselves, or one alone; each outcome in its row's place.
absl::StatusOr<std::vector<Outcome>> JudgeCircle(const std::vector<ReadyRow*>& rows,
                                                 v1::OnExisting on_existing, Preparation* to);

// Counts the outcome; kMissing as waiting, kAlone and kTwice not at all.
void Count(Outcome::What what, v1::ImportCounts* counts);

// Appends the row's errors.
void AppendErrors(const ReadyRow& row, const std::vector<RowFault>& faults,
                  v1::ImportResponse* response);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_IMPORT_ROWS_H_
