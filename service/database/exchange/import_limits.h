// How much of an import is done at a time.
#ifndef HEADWATER_DATABASE_EXCHANGE_IMPORT_LIMITS_H_
#define HEADWATER_DATABASE_EXCHANGE_IMPORT_LIMITS_H_

#include <cstddef>

#include "database/writing/preparation.h"
#include "kv/batch.h"

namespace headwater::database {

// A group, committed at once, ends with the row by which it changes so many resources or bytes, or
// puts so much by: some 5 ms of the committer's where somebody else wrote lately, who may have to
// wait for it; else some 30 ms.
inline constexpr size_t kGroupRowsBesideOthers = 150;
inline constexpr size_t kGroupRows = 1000;
inline constexpr size_t kGroupBytes = 1 << 20;
inline constexpr size_t kGroupPutBy = 2000;

// An answer tells of so many errors and groups of settled rows, about, before it has `more`.
inline constexpr int kMostTold = 1000;
inline constexpr size_t kMostSettled = 20'000;

inline bool IsFull(const Preparation& to, const kv::Batch& rows, size_t most_rows) {
  return to.change_count() >= most_rows || to.change_bytes() >= kGroupBytes ||
         rows.size() >= kGroupPutBy || rows.bytes() >= kGroupBytes;
}

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_IMPORT_LIMITS_H_
