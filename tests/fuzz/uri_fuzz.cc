// URIs and domain names: input is tried as both.
#include <algorithm>
#include <regex>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "base/text.h"
#include "base/uri.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {
namespace {

void TryUri(absl::string_view uri) {
  if (!IsAbsoluteUri(uri)) return;
  const std::string text(uri);
  HW_HOLDS(IsValidUtf8(uri) && !HasDisallowedControls(uri) && !HasBidiControls(uri));
  HW_HOLDS(text.find_first_of(" <>\"\\^`{|}") == std::string::npos);
  const std::string scheme = absl::AsciiStrToLower(text.substr(0, text.find(':')));
  HW_HOLDS(absl::ascii_islower(scheme[0]));
  HW_HOLDS(scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+.-") ==
           std::string::npos);
  HW_HOLDS(scheme != "javascript" && scheme != "data" && scheme != "vbscript");
  for (size_t i = text.find('%'); i != std::string::npos; i = text.find('%', i + 1)) {
    HW_HOLDS(i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
             absl::ascii_isxdigit(text[i + 2]));
  }
  if (scheme == "http" || scheme == "https") {
    HW_HOLDS(absl::StartsWith(text.substr(scheme.size()), "://"));
    HW_HOLDS(text.size() > scheme.size() + 3);
  }
  HW_HOLDS(std::count(text.begin(), text.end(), '#') <= 1);
}

void TryDomain(absl::string_view domain) {
  static const std::regex* const pattern =
      new std::regex("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  const std::string text(domain);
  const bool looks = text.size() <= 253 && std::regex_match(text, *pattern) &&
                     text.find_first_not_of("0123456789", text.rfind('.') + 1) != std::string::npos;
  const bool is = IsDomainName(domain);
  HW_HOLDS(!is || looks);
  if (text.find("xn--") == std::string::npos) HW_HOLDS(is == looks);
  if (is) HW_HOLDS(IsAbsoluteUri("https://" + text + "/"));
}

}  // namespace

void Try(absl::string_view input) {
  TryUri(input);
  TryDomain(input);
}

}  // namespace headwater::fuzz
