#include "gateway/accept_encoding.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace headwater::gateway {

bool AcceptsGzip(absl::string_view encodings) {
  for (const absl::string_view each : absl::StrSplit(encodings, ',')) {
    std::vector<absl::string_view> parts = absl::StrSplit(each, ';');
    for (absl::string_view& part : parts) part = absl::StripAsciiWhitespace(part);
    if (!absl::EqualsIgnoreCase(parts.front(), "gzip")) continue;
    float weight = 1;
    if (parts.size() > 1 && absl::ConsumePrefix(&parts[1], "q=") &&
        !absl::SimpleAtof(parts[1], &weight)) {
      weight = 0;
    }
    return weight > 0;
  }
  return false;
}

}  // namespace headwater::gateway
