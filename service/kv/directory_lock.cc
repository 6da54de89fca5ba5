#include "kv/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace headwater::kv {
namespace {

std::string HolderOf(int file) {
  char text[32] = {};
  const ssize_t size = pread(file, text, sizeof text - 1, 0);
  return size > 0 ? absl::StrCat("process ", text) : std::string("an unknown process");
}

// Only to tell who holds it: a name that could not be written does not matter.
void SignBy(int file) {
  const std::string name = absl::StrCat(getpid());
  if (ftruncate(file, 0) == 0 && pwrite(file, name.data(), name.size(), 0) < 0) return;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Take(const std::string& directory,
                                                                   Mode mode) {
  const std::string path = directory + "/headwaterd.lock";
  const bool shared = mode == Mode::kShared;
  const int file = shared ? open(path.c_str(), O_RDONLY | O_CLOEXEC)
                          : open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) {
    if (shared) return std::unique_ptr<DirectoryLock>(new DirectoryLock(-1));
    const std::string what = absl::StrCat("cannot make ", path, ": ", std::strerror(errno));
    if (errno == ENOSPC) return absl::ResourceExhaustedError(what);
    return absl::UnavailableError(what);
  }
  std::unique_ptr<DirectoryLock> lock(new DirectoryLock(file));
  if (flock(file, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(absl::StrCat("data directory ", directory,
                                                      " is in use by another headwaterd (",
                                                      HolderOf(file), ", lock ", path, ")"));
  }
  if (!shared) SignBy(file);
  return lock;
}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace headwater::kv
