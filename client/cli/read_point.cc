#include "cli/read_point.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/failure.h"
#include "google/protobuf/util/time_util.h"

namespace headwater::cli {

absl::StatusOr<v1::ReadOptions> ParseReadPoint(absl::string_view text) {
  v1::ReadOptions read;
  if (text.empty()) return read;
  if (std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) {
    int64_t sequence;
    if (!absl::SimpleAtoi(text, &sequence)) {
      return UsageError(absl::StrCat("--as-of ", text, " is larger than any sequence"));
    }
    read.set_sequence(sequence);
    return read;
  }
  if (!google::protobuf::util::TimeUtil::FromString(std::string(text), read.mutable_time())) {
    return UsageError(absl::StrCat("--as-of \"", text,
                                   "\" is neither a sequence (63) nor a time of RFC 3339 "
                                   "(2025-08-06T12:00:00Z)"));
  }
  return read;
}

}  // namespace headwater::cli
