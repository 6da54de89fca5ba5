// How every engine answers Snapshot::Version: one walk, whatever it walks on. Private to kv/.
#ifndef HEADWATER_KV_VERSION_H_
#define HEADWATER_KV_VERSION_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "kv/engine.h"

namespace headwater::kv {

inline constexpr size_t kVersionBytes = 8;

// kInvalidArgument unless `from` is eight bytes long.
inline absl::Status CheckVersionBytes(absl::string_view from) {
  if (from.size() == kVersionBytes) return absl::OkStatus();
  return absl::InvalidArgumentError("a version is eight bytes");
}

// Adds one to `number`, a big-endian number of any length; false if it was the greatest.
inline bool IncrementBigEndian(std::string& number) {
  for (size_t i = number.size(); i-- > 0;) {
    if (++number[i] != '\0') return true;
  }
  return false;
}

// The first row at or after name + from whose key is `name` and exactly eight bytes more. `Walk`
// has the methods Seek, Next, Valid, key and value of a Cursor; the caller asks it for errors
// afterwards, also when a row was found.
//
// Rows of other names may stand between those of this one (the rows of "ab" between those of "a").
// A few are stepped over; then the walk leaps to the next key that could be one of ours, so that a
// parent of a million children is not scanned.
template <typename Walk>
std::optional<Row> FirstVersion(Walk& walk, absl::string_view name, absl::string_view from) {
  constexpr int kStepsBeforeLeap = 4;
  std::string target;
  target.reserve(name.size() + kVersionBytes);
  target.append(name.data(), name.size()).append(from.data(), from.size());
  int steps = 0;
  for (walk.Seek(target); walk.Valid();) {
    const absl::string_view key = walk.key();
    if (!absl::StartsWith(key, name)) return std::nullopt;  // all that start with it stand together
    if (key.size() == name.size() + kVersionBytes) {
      const absl::string_view value = walk.value();
      return Row{std::string(key.data(), key.size()), std::string(value.data(), value.size())};
    }
    if (key.size() < name.size() + kVersionBytes || ++steps < kStepsBeforeLeap) {
      walk.Next();
      continue;
    }
    steps = 0;
    std::string suffix(key.substr(name.size(), kVersionBytes));
    if (!IncrementBigEndian(suffix)) return std::nullopt;
    target.assign(name.data(), name.size()).append(suffix);
    walk.Seek(target);
  }
  return std::nullopt;
}

}  // namespace headwater::kv

#endif  // HEADWATER_KV_VERSION_H_
