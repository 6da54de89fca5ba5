// What becomes of a row of an import.
#ifndef HEADWATER_DATABASE_EXCHANGE_ROW_VERDICT_H_
#define HEADWATER_DATABASE_EXCHANGE_ROW_VERDICT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace headwater::database {

// Something wrong with a row.
struct RowFault {
  std::string field;   // a path from the record, "claim.text"; empty for the row as a whole
  std::string reason;  // "INVALID"
  std::string description;
};

struct RowVerdict {
  enum class What {
    kCreated,
    kUpdated,
    kUnchanged,
    kTaken,     // its name is, by something different
    kDeleted,   // its name is, by something deleted
    kMissing,   // it refers to what is not there: faults say to what
    kRejected,  // faults say why
    kAlone,     // it can only go in once the rows before it are committed
  };
  What what = What::kRejected;
  std::vector<RowFault> faults;
};

// The most faults that are told of one row, and the most bytes of a description.
inline constexpr size_t kMostFaults = 3;
inline constexpr size_t kMostFaultBytes = 500;

// What the status says against a row; empty where it is not about the row.
std::vector<RowFault> FaultsIn(const absl::Status& status);

// The same, cut to the bounds above.
void Bound(std::vector<RowFault>* faults);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_ROW_VERDICT_H_
