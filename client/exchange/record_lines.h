// The native exchange format: one v1::Record in proto3 JSON a line.
#ifndef HEADWATER_EXCHANGE_RECORD_LINES_H_
#define HEADWATER_EXCHANGE_RECORD_LINES_H_

#include <cstddef>
#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

// The longest line that is read, in bytes: the largest request that the server takes.
inline constexpr size_t kMaxLine = size_t{16} << 20;

// Reads a line. INVALID_ARGUMENT tells what is wrong with it: not JSON, a field that does not
// exist, no resource in it, a resource without its name.
absl::StatusOr<v1::Record> ParseRecord(absl::string_view line);

// The record as a line, without its end. Equal records give equal bytes.
std::string FormatRecord(const v1::Record& record);

// Reads lines that end in LF or CR LF, the last one at the latest with the stream, and counts them.
class LineReader {
 public:
  // `input` must outlive the reader.
  explicit LineReader(std::istream* input) : input_(input) {}

  // Reads the next line into `*line`; false at the end. A line longer than kMaxLine is read to its
  // end, and `*line` holds its first kMaxLine + 1 bytes.
  bool Next(std::string* line);

  // The number of the line read last, from 1.
  int number() const { return number_; }

  // The bytes read so far.
  size_t bytes() const { return bytes_; }

 private:
  std::istream* input_;
  int number_ = 0;
  size_t bytes_ = 0;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_RECORD_LINES_H_
