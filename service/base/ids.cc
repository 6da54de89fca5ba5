#include "base/ids.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace headwater {
namespace {

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

constexpr int64_t kMaxUuidMilliseconds = (int64_t{1} << 48) - 1;  // in the year 10889

}  // namespace

bool IsValidId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxIdLength) return false;
  if (id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return IsLowerOrDigit(c) || c == '-'; });
}

std::string NewUuidV7(Clock& clock, Random& random) {
  const absl::Duration since_1970 =
      std::clamp(clock.Now() - absl::UnixEpoch(), absl::ZeroDuration(),
                 absl::Milliseconds(kMaxUuidMilliseconds));
  absl::Duration rest;
  const int64_t milliseconds = absl::IDivDuration(since_1970, absl::Milliseconds(1), &rest);
  const int64_t fraction = rest / absl::Nanoseconds(1) * 4096 / 1000000;  // in 4096ths

  std::array<uint8_t, 16> bytes;
  random.Fill(absl::MakeSpan(bytes).subspan(8));
  for (int i = 0; i < 6; ++i) bytes[i] = static_cast<uint8_t>(milliseconds >> (40 - 8 * i));
  bytes[6] = static_cast<uint8_t>(0x70 | (fraction >> 8));  // version 7
  bytes[7] = static_cast<uint8_t>(fraction);
  bytes[8] = static_cast<uint8_t>(0x80 | (bytes[8] & 0x3f));  // RFC 9562's variant

  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kDigits[bytes[i] >> 4]);
    text.push_back(kDigits[bytes[i] & 15]);
  }
  return text;
}

}  // namespace headwater
