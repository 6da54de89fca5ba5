// A file to be read from its beginning to its end, compressed or not.
#ifndef HEADWATER_EXCHANGE_INPUT_H_
#define HEADWATER_EXCHANGE_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::exchange {

// Where bytes come from, as they lie there.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads up to `size` bytes, at least one; 0 at the end. Errors: UNAVAILABLE, DATA_LOSS.
  virtual absl::StatusOr<size_t> Read(char* into, size_t size) = 0;
};

// The text of a file. gzip (also several members one after another) and zstd are told by their
// first bytes and unpacked; a byte order mark at the beginning is dropped. It holds 64 KiB, more
// only where Peek asks for more. Not thread-safe.
class Input {
 public:
  // Opens the file at `path`, or standard input for "-". NOT_FOUND, PERMISSION_DENIED or
  // UNAVAILABLE with what the system says; INVALID_ARGUMENT for a directory, for a name that ends
  // in .gz or .zst over what is not, and for text in UTF-16 or UTF-32.
  static absl::StatusOr<std::unique_ptr<Input>> Open(const std::string& path);

  // Reads what is in memory, packed or not: for tests.
  static absl::StatusOr<std::unique_ptr<Input>> FromString(std::string bytes);

  // The next byte as 0 to 255, -1 at the end. An error is an end, too: see status().
  int Get() {
    if (at_ == buffer_.size() && !Fill()) return -1;
    return static_cast<unsigned char>(buffer_[at_++]);
  }

  // The next byte, without taking it.
  int Look() {
    if (at_ == buffer_.size() && !Fill()) return -1;
    return static_cast<unsigned char>(buffer_[at_]);
  }

  // The next bytes without taking them, `size` of them or what is left. The view holds until the
  // next call of anything.
  absl::string_view Peek(size_t size);

  // Not OK where reading failed: UNAVAILABLE with what the system says, DATA_LOSS where compressed
  // data are broken or end before their end.
  const absl::Status& status() const { return status_; }

  // How many bytes of the file have been read, as they lie there (compressed), and how many it has
  // in all: not known of a pipe.
  int64_t bytes_read() const;
  std::optional<int64_t> total_bytes() const { return total_; }

  // The name that it was opened by, for messages.
  const std::string& path() const { return path_; }

 private:
  class Counted;

  Input(std::string path, std::unique_ptr<ByteSource> bytes, std::optional<int64_t> total);
  absl::Status Begin();
  bool Fill();

  std::string path_;
  std::optional<int64_t> total_;
  std::shared_ptr<int64_t> count_;
  std::unique_ptr<ByteSource> source_;  // unpacked
  std::string buffer_;
  size_t at_ = 0;  // of what was taken from the buffer
  absl::Status status_;
};

// Reads a line, which LF or CR LF ends, into `*line` without its end; false at the end of the
// input. A line longer than `most` bytes is read to its end, and `*line` holds its first `most` + 1
// bytes.
bool ReadLine(Input* input, size_t most, std::string* line);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_INPUT_H_
