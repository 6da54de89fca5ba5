// The file that tells scripts that the server answers, and where.
#ifndef HEADWATER_DAEMON_READY_FILE_H_
#define HEADWATER_DAEMON_READY_FILE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::daemon {

class ReadyFile {
 public:
  // Puts `content` at `path`, whole or not at all, on stable storage, in place of what was there.
  // kUnavailable, naming the path, where the system refuses.
  static absl::StatusOr<std::unique_ptr<ReadyFile>> Write(const std::string& path,
                                                          absl::string_view content);

  // Removes the file.
  ~ReadyFile();
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

 private:
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}
  const std::string path_;
};

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_READY_FILE_H_
