// What all readers of foreign formats share: rows in, records out.
#ifndef HEADWATER_EXCHANGE_READER_H_
#define HEADWATER_EXCHANGE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

// The longest row that is read, in bytes: the largest request that the server takes. A longer one
// is read over, never held, and rejected.
inline constexpr size_t kMaxRow = size_t{16} << 20;

// How much of a rejected row that is too long is kept in Row::raw, in bytes.
inline constexpr size_t kMaxRawOfLong = size_t{1} << 10;

// Why a row gave no records.
struct Rejection {
  std::string reason;  // one of a few, for a summary: "not JSON", "too long", "text is missing"
  std::string field;   // the field or column of the source row that is wrong; empty for all of it
  std::string text;    // what is wrong and what would be right, on one line, without the field
};

// One row of a file: a line, an item of an array, a CSV record.
struct Row {
  int64_t number = 0;  // from 1, counted as the format counts: lines, items or records with header
  // The row as it stood in the file, on one line without its end, or for CSV with the line breaks
  // that stand in it: put under its reader's RawHeader() it can be mended and read again. Of a row
  // longer than kMaxRow only the beginning.
  std::string raw;
  // What was made of it, each name once, those referred to before those that refer to them. Names
  // may come again in other rows: the first one is to stand.
  std::vector<v1::Record> records;
  std::vector<Rejection> rejections;  // not empty: the row is rejected, and records is empty

  bool rejected() const { return !rejections.empty(); }
  // Takes what was made of the row back and says why.
  void Reject(std::string reason, std::string field, std::string text) {
    records.clear();
    rejections.push_back({std::move(reason), std::move(field), std::move(text)});
  }
  // Empties all but the number.
  void Clear() {
    raw.clear();
    records.clear();
    rejections.clear();
  }
};

// Reads one file from its beginning to its end. Not thread-safe. Memory is bounded by a few times
// kMaxRow, whatever is in the file.
class Reader {
 public:
  virtual ~Reader() = default;

  // Reads the next row into `*row`; false at the end. A row that is wrong is a row with rejections,
  // not an error. Errors are of the file as a whole, and end it: UNAVAILABLE where the system
  // cannot read it, DATA_LOSS where compressed data are broken or end too early, INVALID_ARGUMENT
  // where it is not of the format at all (a CSV without the columns of its mapping).
  virtual absl::StatusOr<bool> Next(Row* row) = 0;

  // What must stand, as a line of its own, before raw rows so that they can be read again: the
  // header of a CSV. Empty where nothing must. Known after the first Next.
  virtual std::string RawHeader() const { return std::string(); }
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_READER_H_
