// A temporary file of lines, written once and then read from its beginning.
#ifndef HEADWATER_EXCHANGE_SCRATCH_H_
#define HEADWATER_EXCHANGE_SCRATCH_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::exchange {

// Lines in the order in which they were added. The file lies in $TMPDIR, or /tmp, without a name:
// it is gone with this or with the process. Errors are UNAVAILABLE with what the system says. Not
// thread-safe.
class Scratch {
 public:
  static absl::StatusOr<Scratch> Open();
  Scratch(Scratch&&) = default;
  Scratch& operator=(Scratch&&) = default;

  // Adds a line; there must be no line feed in it.
  absl::Status Add(absl::string_view line);

  // Goes to the first line. Nothing can be added from then on.
  absl::Status Rewind();

  // Reads the next line into `*line`; false after the last.
  absl::StatusOr<bool> Next(std::string* line);

  int64_t lines() const { return lines_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  explicit Scratch(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Close> file_;
  int64_t lines_ = 0;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_SCRATCH_H_
