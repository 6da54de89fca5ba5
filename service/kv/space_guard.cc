#include "kv/space_guard.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace headwater::kv {
namespace {

absl::StatusOr<uint64_t> AskFileSystem(const std::string& directory) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(directory, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot tell the free space of ", directory, ": ", error.message()));
  }
  return space.available;
}

}  // namespace

SpaceGuard::SpaceGuard(std::string directory, uint64_t reserve_bytes, FreeSpace free_space)
    : directory_(std::move(directory)),
      reserve_bytes_(reserve_bytes),
      free_space_(free_space ? std::move(free_space) : FreeSpace(AskFileSystem)) {}

absl::Status SpaceGuard::MayWrite(uint64_t bytes) {
  written_since_look_ += bytes;
  if (written_since_look_ < kBytesBetweenLooks &&
      std::chrono::steady_clock::now() - last_look_ < std::chrono::seconds(1)) {
    return absl::OkStatus();
  }
  return Look(bytes);
}

absl::Status SpaceGuard::Look(uint64_t bytes) {
  const absl::StatusOr<uint64_t> free = free_space_(directory_);
  if (!free.ok()) return free.status();
  if (*free < reserve_bytes_ || *free - reserve_bytes_ < bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the disk of data directory ", directory_, " is nearly full: ", *free,
                     " bytes are free, ", reserve_bytes_, " are kept in reserve"));
  }
  written_since_look_ = 0;
  last_look_ = std::chrono::steady_clock::now();
  return absl::OkStatus();
}

}  // namespace headwater::kv
