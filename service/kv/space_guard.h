// Stops writing before the disk is full. Private to kv/.
#ifndef HEADWATER_KV_SPACE_GUARD_H_
#define HEADWATER_KV_SPACE_GUARD_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace headwater::kv {

// Belongs to the writer.
class SpaceGuard {
 public:
  using FreeSpace = std::function<absl::StatusOr<uint64_t>(const std::string& directory)>;

  // `free_space` may be null: then the file system is asked.
  SpaceGuard(std::string directory, uint64_t reserve_bytes, FreeSpace free_space);

  // Before `bytes` are written. Looks at the disk at most once a second or every
  // kBytesBetweenLooks, and returns OK in between. kResourceExhausted when writing would eat into
  // the reserve; kUnavailable when the disk does not tell.
  absl::Status MayWrite(uint64_t bytes);
  // The same, but always looks.
  absl::Status Look(uint64_t bytes);

 private:
  static constexpr uint64_t kBytesBetweenLooks = uint64_t{4} << 20;

  const std::string directory_;
  const uint64_t reserve_bytes_;
  const FreeSpace free_space_;
  uint64_t written_since_look_ = kBytesBetweenLooks;
  std::chrono::steady_clock::time_point last_look_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_SPACE_GUARD_H_
