#include "base/uri_key.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace headwater {
namespace {

constexpr absl::string_view kArchives[] = {"web.archive.org", "archive.org", "archive.today",
                                           "archive.is",      "archive.ph",  "archive.md",
                                           "archive.fo",      "archive.vn"};

// Parameters that say how a reader came to a page, not which page it is.
constexpr absl::string_view kTracking[] = {
    "fbclid", "gclid",  "gclsrc", "dclid",  "gbraid", "wbraid",    "msclkid",     "yclid",
    "igshid", "igsh",   "mc_cid", "mc_eid", "_ga",    "_gl",       "ref_src",     "ref_url",
    "twclid", "ttclid", "cmpid",  "ocid",   "smid",   "at_medium", "at_campaign", "si"};

bool IsTracking(absl::string_view parameter) {
  const std::string name = absl::AsciiStrToLower(parameter.substr(0, parameter.find('=')));
  return absl::StartsWith(name, "utm_") ||
         std::find(std::begin(kTracking), std::end(kTracking), name) != std::end(kTracking);
}

// Takes the front of `*text` up to one of `ends`, which stays.
absl::string_view TakeUntil(absl::string_view ends, absl::string_view* text) {
  const absl::string_view front = text->substr(0, text->find_first_of(ends));
  text->remove_prefix(front.size());
  return front;
}

// In A-labels; as it is where IDNA can't read it.
std::string HostOf(absl::string_view authority) {
  const size_t at = authority.rfind('@');
  if (at != absl::string_view::npos) authority.remove_prefix(at + 1);
  std::string host = absl::AsciiStrToLower(absl::StripSuffix(authority, "."));
  if (std::all_of(host.begin(), host.end(), absl::ascii_isascii)) return host;
  UErrorCode error = U_ZERO_ERROR;
  static const icu::IDNA* const idna =
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII, error);
  if (idna == nullptr) return host;
  std::string ascii;
  icu::IDNAInfo info;
  icu::StringByteSink<std::string> sink(&ascii);
  idna->nameToASCII_UTF8({host.data(), static_cast<int32_t>(host.size())}, sink, info, error);
  return U_SUCCESS(error) && !info.hasErrors() ? ascii : host;
}

std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
        absl::ascii_isxdigit(text[i + 2])) {
      const char byte = absl::HexStringToBytes(text.substr(i + 1, 2))[0];
      if (absl::ascii_isalnum(byte) || absl::StrContains("-._~", byte)) {
        escaped.push_back(byte);
      } else {
        absl::StrAppend(&escaped, "%", absl::AsciiStrToUpper(text.substr(i + 1, 2)));
      }
      i += 2;
    } else if (c <= 0x20 || c == 0x7f) {  // char is signed here: what is beyond ASCII too
      absl::StrAppend(&escaped, "%", absl::AsciiStrToUpper(absl::BytesToHexString({&c, 1})));
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace

std::string UriKey(absl::string_view uri) {
  absl::string_view rest = absl::StripAsciiWhitespace(uri);
  const size_t colon = rest.find("://");
  const std::string scheme =
      colon == absl::string_view::npos ? "" : absl::AsciiStrToLower(rest.substr(0, colon));
  if (scheme != "http" && scheme != "https") return std::string(rest);
  rest.remove_prefix(colon + 3);
  std::string key = HostOf(TakeUntil("/?#", &rest));
  for (const absl::string_view port : {":80", ":443"}) {
    if (absl::EndsWith(key, port)) key.resize(key.size() - port.size());
  }
  if (absl::StartsWith(key, "www.") && std::count(key.begin(), key.end(), '.') > 1) key.erase(0, 4);
  std::string path = Escaped(TakeUntil("?#", &rest));
  while (absl::EndsWith(path, "/")) path.pop_back();
  key += path;
  char before = '?';
  if (absl::ConsumePrefix(&rest, "?")) {
    for (const absl::string_view parameter :
         absl::StrSplit(TakeUntil("#", &rest), '&', absl::SkipEmpty())) {
      if (IsTracking(parameter)) continue;
      absl::StrAppend(&key, absl::string_view(&before, 1), Escaped(parameter));
      before = '&';
    }
  }
  // Pages that a script makes keep their address behind "#!".
  if (absl::StartsWith(rest, "#!")) key += Escaped(rest);
  return key;
}

std::string ArchivedUri(absl::string_view uri) {
  const std::string key = UriKey(uri);
  const absl::string_view host = absl::string_view(key).substr(0, key.find_first_of("/?:"));
  if (std::find(std::begin(kArchives), std::end(kArchives), host) == std::end(kArchives)) return "";
  // The page's address is the rest of the link from its own scheme on.
  const size_t http = uri.find("http", 8);
  if (http == absl::string_view::npos || uri[http - 1] != '/') return "";
  std::string inner(uri.substr(http));
  // Some links have lost a slash of "https://" on the way.
  for (const absl::string_view scheme : {"https:/", "http:/"}) {
    if (absl::StartsWith(inner, scheme) && !absl::StartsWith(inner, absl::StrCat(scheme, "/")))
      inner.insert(scheme.size(), "/");
  }
  return inner;
}

}  // namespace headwater
