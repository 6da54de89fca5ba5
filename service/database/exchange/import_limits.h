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
struct GroupBounds {
  size_t rows;
  size_t bytes;
  size_t put_by;
};
inline constexpr GroupBounds kBesideOthers = {150, 1 << 20, 2000};
inline constexpr GroupBounds kUndisturbed = {1000, 1 << 20, 2000};
// In bulk: what the engine writes as files, which take the longer by the piece and the less by the
// row; some 300 ms.
inline constexpr GroupBounds kBulk = {10'000, 16 << 20, 20'000};

// An answer tells of so many errors and groups of settled rows, about, before it has `more`.
inline constexpr int kMostTold = 1000;
inline constexpr size_t kMostSettled = 20'000;

inline bool IsFull(const Preparation& to, const kv::Batch& rows, const GroupBounds& bounds) {
  return to.change_count() >= bounds.rows || to.change_bytes() >= bounds.bytes ||
         rows.size() >= bounds.put_by || rows.bytes() >= bounds.bytes;
}

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_IMPORT_LIMITS_H_
