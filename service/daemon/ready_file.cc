#include "daemon/ready_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace headwater::daemon {
namespace {

absl::Status Refused(absl::string_view what, const std::string& path) {
  return absl::UnavailableError(absl::StrCat("cannot ", what, " ", path, ": ", strerror(errno)));
}

absl::Status WriteAndSync(const std::string& path, absl::string_view content) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return Refused("create", path);
  const bool written =
      write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      fsync(file) == 0;
  const absl::Status status = written ? absl::OkStatus() : Refused("write", path);
  close(file);
  return status;
}

// Makes a rename in the directory of `path` survive a crash.
absl::Status SyncDirectoryOf(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const std::string directory = parent.empty() ? "." : parent;
  const int opened = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return Refused("open", directory);
  const absl::Status status = fsync(opened) == 0 ? absl::OkStatus() : Refused("sync", directory);
  close(opened);
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReadyFile>> ReadyFile::Write(const std::string& path,
                                                            absl::string_view content) {
  // Beside the file, for a rename is atomic only within a file system.
  const std::string draft = absl::StrCat(path, ".", getpid(), ".tmp");
  absl::Status status = WriteAndSync(draft, content);
  if (status.ok() && rename(draft.c_str(), path.c_str()) != 0) status = Refused("write", path);
  if (!status.ok()) {
    unlink(draft.c_str());
    return status;
  }
  auto ready_file = std::unique_ptr<ReadyFile>(new ReadyFile(path));
  HW_RETURN_IF_ERROR(SyncDirectoryOf(path));
  return ready_file;
}

ReadyFile::~ReadyFile() { unlink(path_.c_str()); }

}  // namespace headwater::daemon
