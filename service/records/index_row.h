// Rows of the secondary indexes.
//
// A resource stands under each of its terms (keys/register.h) in a live row for as long as it
// carries the term and is neither newly deleted nor newly undeleted:
//   live      varint from, varint head, flags
//             since sequence `from`; `head` is the resource's latest revision
//   closed    varint to, flags
//             from the sequence in its key until before `to`
// flags is one byte: 1 the resource was deleted then.
//
// The latest state reads live rows alone. A state as of S is the live rows with from <= S and the
// closed rows with from <= S < to, and there is at most one of them for a term and a name.
#ifndef HEADWATER_RECORDS_INDEX_ROW_H_
#define HEADWATER_RECORDS_INDEX_ROW_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace headwater::records {

struct LiveRow {
  uint64_t from = 0;
  uint64_t head = 0;
  bool deleted = false;
};

struct ClosedRow {
  uint64_t to = 0;
  bool deleted = false;
};

std::string LiveValue(const LiveRow& row);
std::string ClosedValue(const ClosedRow& row);
// nullopt where the bytes are damaged.
std::optional<LiveRow> ParseLive(absl::string_view value);
std::optional<ClosedRow> ParseClosed(absl::string_view value);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_INDEX_ROW_H_
