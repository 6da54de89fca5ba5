#include "base/uri.h"

#include <unicode/idna.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace headwater {
namespace {

constexpr size_t kMaxDomainLength = 253;
constexpr size_t kMaxLabelLength = 63;

bool IsScheme(absl::string_view scheme) {
  return !scheme.empty() && absl::ascii_isalpha(scheme.front()) &&
         std::all_of(scheme.begin(), scheme.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '+' || c == '-' || c == '.';
         });
}

// Links of these schemes carry what they show or run: they lead nowhere, and a page that renders
// them is open to whoever wrote them.
bool IsRefused(absl::string_view scheme) {
  return absl::EqualsIgnoreCase(scheme, "javascript") || absl::EqualsIgnoreCase(scheme, "data") ||
         absl::EqualsIgnoreCase(scheme, "vbscript");
}

// RFC 3986's unreserved and reserved characters, and '%'; '[', ']' and '#' have rules of their own.
bool MayStandInUri(char c) {
  return absl::ascii_isalnum(c) || absl::StrContains("-._~:/?@!$&'()*+,;=%", c);
}

// RFC 3987's ucschar, less those that are whitespace. Requires c >= 0x80.
bool MayStandInIri(UChar32 c) {
  if (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL)) return false;
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
      return false;
    default:
      return !U_IS_UNICODE_NONCHAR(c);
  }
}

bool HasOnlyIriCharacters(absl::string_view text) {
  const size_t size = text.size();
  for (size_t i = 0; i < size;) {
    if (absl::ascii_isascii(text[i])) {
      if (!MayStandInUri(text[i])) return false;
      if (text[i] == '%' && !(size - i > 2 && absl::ascii_isxdigit(text[i + 1]) &&
                              absl::ascii_isxdigit(text[i + 2]))) {
        return false;
      }
      ++i;
      continue;
    }
    UChar32 c;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0 || !MayStandInIri(c)) return false;
  }
  return true;
}

// The host of "user@host:port". Brackets stay on an address of version 6.
absl::string_view HostOf(absl::string_view authority) {
  const size_t at = authority.rfind('@');
  if (at != absl::string_view::npos) authority.remove_prefix(at + 1);
  if (absl::StartsWith(authority, "[")) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

// "[2001:db8::1]" or "[v1.x]", by its characters alone.
bool IsBracketedHost(absl::string_view host) {
  if (host.size() < 3 || host.front() != '[' || host.back() != ']') return false;
  host = host.substr(1, host.size() - 2);
  return std::all_of(host.begin(), host.end(), [](char c) {
    return absl::ascii_isalnum(c) || absl::StrContains("-._~:!$&'()*+,;=", c);
  });
}

// What stands between "//" and the path. Only http's is held to "user@host:port": other schemes put
// more into it
// ("at://did:plc:abc/").
bool IsAuthority(absl::string_view authority, bool is_http) {
  const absl::string_view host = HostOf(authority);
  if (host.empty()) return !is_http && HasOnlyIriCharacters(authority);
  const size_t host_at = static_cast<size_t>(host.data() - authority.data());
  const absl::string_view after = authority.substr(host_at + host.size());
  const bool port_is_good =
      after.empty() ||
      (after.front() == ':' && std::all_of(after.begin() + 1, after.end(), absl::ascii_isdigit)) ||
      (!is_http && HasOnlyIriCharacters(after));
  const bool host_is_good =
      host.front() == '[' ? IsBracketedHost(host) : HasOnlyIriCharacters(host);
  return port_is_good && host_is_good && HasOnlyIriCharacters(authority.substr(0, host_at));
}

// Whether IDNA can read the A-label and would write it so.
bool IsALabel(absl::string_view label) {
  UErrorCode error = U_ZERO_ERROR;
  static const icu::IDNA* const idna = icu::IDNA::createUTS46Instance(
      UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
          UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_NONTRANSITIONAL_TO_ASCII,
      error);
  if (idna == nullptr) return false;
  icu::UnicodeString unicode;
  icu::IDNAInfo info;
  const icu::StringPiece piece(label.data(), static_cast<int32_t>(label.size()));
  idna->labelToUnicode(icu::UnicodeString::fromUTF8(piece), unicode, info, error);
  if (U_FAILURE(error) || info.hasErrors()) return false;
  icu::UnicodeString ascii;
  icu::IDNAInfo info_back;
  idna->labelToASCII(unicode, ascii, info_back, error);
  return U_SUCCESS(error) && !info_back.hasErrors() && ascii == icu::UnicodeString::fromUTF8(piece);
}

bool IsLabel(absl::string_view label) {
  if (label.empty() || label.size() > kMaxLabelLength) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  const bool is_ldh = std::all_of(label.begin(), label.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
  return is_ldh && (!absl::StartsWith(label, "xn--") || IsALabel(label));
}

}  // namespace

bool IsAbsoluteUri(absl::string_view uri) {
  const size_t colon = uri.find(':');
  if (colon == absl::string_view::npos) return false;
  const absl::string_view scheme = uri.substr(0, colon);
  absl::string_view rest = uri.substr(colon + 1);
  if (!IsScheme(scheme) || IsRefused(scheme) || rest.empty()) return false;

  const bool is_http =
      absl::EqualsIgnoreCase(scheme, "http") || absl::EqualsIgnoreCase(scheme, "https");
  if (absl::ConsumePrefix(&rest, "//")) {
    const size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    if (!IsAuthority(rest.substr(0, end), is_http)) return false;
    rest.remove_prefix(end);
  } else if (is_http) {
    return false;
  }
  const size_t hash = std::min(rest.find('#'), rest.size());
  return HasOnlyIriCharacters(rest.substr(0, hash)) &&
         (hash == rest.size() || HasOnlyIriCharacters(rest.substr(hash + 1)));
}

bool IsDomainName(absl::string_view domain) {
  if (domain.size() > kMaxDomainLength) return false;
  const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
  if (labels.size() < 2 || !std::all_of(labels.begin(), labels.end(), IsLabel)) return false;
  const absl::string_view last = labels.back();
  return !std::all_of(last.begin(), last.end(), absl::ascii_isdigit);
}

}  // namespace headwater
