// UriKey, DomainOf and ArchivedUri of ids.h.
#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/ids.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

// Bytes: what is longer is no link, and its parts would take many times its room.
constexpr size_t kMostOfLink = size_t{64} << 10;

// A link of the web taken apart.
struct Link {
  std::string host;  // small letters, A-labels, without "www."
  std::string port;  // empty where it is the scheme's own
  absl::string_view path;
  absl::string_view query;     // without '?'
  absl::string_view fragment;  // without '#'
};

// The host in A-labels; as it is where IDNA can't read it.
std::string ToALabels(absl::string_view host) {
  std::string lower = absl::AsciiStrToLower(host);
  if (std::all_of(lower.begin(), lower.end(), absl::ascii_isascii)) return lower;
  UErrorCode error = U_ZERO_ERROR;
  static const icu::IDNA* const idna =
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES, error);
  if (idna == nullptr) return lower;
  std::string ascii;
  icu::IDNAInfo info;
  icu::StringByteSink<std::string> sink(&ascii);
  idna->nameToASCII_UTF8({host.data(), static_cast<int32_t>(host.size())}, sink, info, error);
  return U_SUCCESS(error) && !info.hasErrors() ? ascii : lower;
}

bool TakeScheme(absl::string_view scheme, absl::string_view* text) {
  if (!absl::StartsWithIgnoreCase(*text, scheme)) return false;
  text->remove_prefix(scheme.size());
  return true;
}

// Whether it looks like "ft.com" or "ft.com/x" without a scheme.
bool HasBareHost(absl::string_view text) {
  const absl::string_view host = text.substr(0, text.find_first_of("/?#:"));
  return absl::StrContains(host, '.') && !absl::StartsWith(host, ".") &&
         !absl::EndsWith(host, ".") && host.find_first_of(" \t\n@,;()\"'") == host.npos;
}

bool TakeApart(absl::string_view text, Link* link) {
  if (text.size() > kMostOfLink) return false;
  const bool https = TakeScheme("https://", &text);
  const bool http = !https && TakeScheme("http://", &text);
  if (!https && !http && !TakeScheme("//", &text) && !HasBareHost(text)) return false;
  const size_t end = std::min(text.find_first_of("/?#"), text.size());
  absl::string_view authority = text.substr(0, end);
  text.remove_prefix(end);
  const size_t at = authority.rfind('@');
  if (at != authority.npos) authority.remove_prefix(at + 1);
  const size_t colon = authority.find(':', authority.rfind(']') + 1);
  absl::string_view port;
  if (colon != authority.npos) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  while (absl::ConsumeSuffix(&authority, ".")) {
  }
  link->host = ToALabels(authority);
  if (absl::StartsWith(link->host, "www.") &&
      std::count(link->host.begin(), link->host.end(), '.') > 1) {
    link->host.erase(0, 4);
  }
  if (port != "80" && port != "443") link->port = std::string(port);
  const size_t hash = std::min(text.find('#'), text.size());
  if (hash < text.size()) link->fragment = text.substr(hash + 1);
  text = text.substr(0, hash);
  const size_t mark = std::min(text.find('?'), text.size());
  if (mark < text.size()) link->query = text.substr(mark + 1);
  link->path = text.substr(0, mark);
  return !link->host.empty();
}

bool IsUnreserved(char c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// %XX of unreserved characters undone, other escapes in capitals, and whatever may not stand in a
// link escaped.
std::string Escaped(absl::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
        absl::ascii_isxdigit(text[i + 2])) {
      const std::string byte = absl::HexStringToBytes(text.substr(i + 1, 2));
      if (IsUnreserved(byte[0])) {
        escaped.append(byte);
      } else {
        absl::StrAppend(&escaped, "%", absl::AsciiStrToUpper(text.substr(i + 1, 2)));
      }
      i += 2;
    } else if (c <= 0x20 || c >= 0x7f || absl::StrContains("\"<>\\^`{|}", static_cast<char>(c)) ||
               c == '%') {
      escaped.push_back('%');
      escaped.push_back(kDigits[c >> 4]);
      escaped.push_back(kDigits[c & 15]);
    } else {
      escaped.push_back(static_cast<char>(c));
    }
  }
  return escaped;
}

// Parameters that say how a reader came to a page, not which page it is.
bool IsTracking(absl::string_view parameter) {
  const std::string name = absl::AsciiStrToLower(parameter.substr(0, parameter.find('=')));
  static constexpr absl::string_view kNames[] = {
      "fbclid",  "gclid",   "gclsrc", "dclid",     "gbraid",      "wbraid",
      "msclkid", "yclid",   "igshid", "igsh",      "mc_cid",      "mc_eid",
      "ref_src", "ref_url", "twclid", "ttclid",    "_ga",         "_gl",
      "cmpid",   "ocid",    "smid",   "at_medium", "at_campaign", "__twitter_impression"};
  return absl::StartsWith(name, "utm_") ||
         std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::string PathKey(absl::string_view path) {
  std::vector<std::string> segments;
  for (absl::string_view segment : absl::StrSplit(path, '/')) {
    std::string escaped = Escaped(segment);
    if (escaped == "." || (escaped.empty() && segments.empty())) continue;
    if (escaped == "..") {
      if (!segments.empty()) segments.pop_back();
      continue;
    }
    segments.push_back(std::move(escaped));
  }
  while (!segments.empty() && segments.back().empty()) segments.pop_back();
  std::string key;
  for (const std::string& segment : segments) absl::StrAppend(&key, "/", segment);
  return key;
}

std::string QueryKey(absl::string_view query) {
  std::vector<std::string> kept;
  for (absl::string_view parameter : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    if (!IsTracking(parameter)) kept.push_back(Escaped(parameter));
  }
  return kept.empty() ? std::string() : absl::StrCat("?", absl::StrJoin(kept, "&"));
}

}  // namespace

std::string UriKey(absl::string_view uri) {
  const std::string text = ToUtf8(Trimmed(uri));
  Link link;
  if (!TakeApart(text, &link)) return text;
  std::string key = link.host;
  if (!link.port.empty()) absl::StrAppend(&key, ":", link.port);
  absl::StrAppend(&key, PathKey(link.path), QueryKey(link.query));
  // Pages that a script makes keep their address behind "#!".
  if (absl::StartsWith(link.fragment, "!")) absl::StrAppend(&key, "#", Escaped(link.fragment));
  return key;
}

std::string DomainOf(absl::string_view uri) {
  const std::string text = ToUtf8(Trimmed(uri));
  Link link;
  if (!TakeApart(text, &link) || link.host.size() > 253) return std::string();
  const std::vector<absl::string_view> labels = absl::StrSplit(link.host, '.');
  if (labels.size() < 2) return std::string();
  for (absl::string_view label : labels) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
        !std::all_of(label.begin(), label.end(), [](char c) {
          return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
        })) {
      return std::string();
    }
  }
  int64_t number;
  return absl::SimpleAtoi(labels.back(), &number) ? std::string() : link.host;
}

std::string ArchivedUri(absl::string_view uri) {
  const absl::string_view text = Trimmed(uri);
  const std::string domain = DomainOf(text);
  const bool dated = domain == "web.archive.org" || domain == "archive.today" ||
                     domain == "archive.is" || domain == "archive.ph" || domain == "archive.org" ||
                     domain == "archive.md" || domain == "archive.fo" || domain == "archive.vn";
  if (!dated) return std::string();
  // The page's address is the rest of the link from its own scheme on.
  const size_t http = text.find("http", 8);
  if (http == text.npos || text[http - 1] != '/') return std::string();
  std::string rest(text.substr(http));
  // Some links have lost a slash of "https://" on the way.
  for (absl::string_view scheme : {"https:/", "http:/"}) {
    if (absl::StartsWith(rest, scheme) && !absl::StartsWith(rest, absl::StrCat(scheme, "/"))) {
      rest.insert(scheme.size(), "/");
    }
  }
  return DomainOf(rest).empty() ? std::string() : rest;
}

}  // namespace headwater::exchange
