// Holds a data directory for one engine. Private to kv/.
#ifndef HEADWATER_KV_DIRECTORY_LOCK_H_
#define HEADWATER_KV_DIRECTORY_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace headwater::kv {

// Held until destroyed, or until the process ends however it ends. The lock is on the open file, so
// that it also tells two engines of one process apart. The file stays behind; it names the process
// that last held it.
class DirectoryLock {
 public:
  // kFailedPrecondition if another holds it; kUnavailable if the lock file cannot be made. A shared
  // lock suffers other shared ones; where the file neither exists nor can be made, it is held
  // without one: nothing can be writing there.
  enum class Mode { kExclusive, kShared };
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Take(const std::string& directory,
                                                             Mode mode);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  const int file_;  // -1: none
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_DIRECTORY_LOCK_H_
