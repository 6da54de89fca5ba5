#include "exchange/fit_value.h"

#include <unicode/idna.h>
#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/ids.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMostOfDecimal = 200;  // bytes with commas: more than its field takes

bool All(absl::string_view text, bool (*is)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), is);
}

void AppendEscape(unsigned char byte, std::string* escaped) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  escaped->push_back('%');
  escaped->push_back(kDigits[byte >> 4]);
  escaped->push_back(kDigits[byte & 15]);
}

bool MayStandInIri(UChar32 c) {
  if (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL)) return false;
  const int8_t type = u_charType(c);
  return type != U_CONTROL_CHAR && type != U_PRIVATE_USE_CHAR && type != U_SURROGATE &&
         !U_IS_UNICODE_NONCHAR(c);
}

// With whatever may not stand behind a link's host escaped. Of "#" the first stays.
std::string EscapeRest(absl::string_view rest) {
  std::string escaped;
  bool fragment = false;
  const auto size = static_cast<int32_t>(rest.size());
  for (int32_t i = 0; i < size;) {
    const int32_t from = i;
    UChar32 c;
    U8_NEXT(rest.data(), i, size, c);
    bool stays = c > 0x7f && MayStandInIri(c);
    if (c >= 0 && c <= 0x7f) {
      stays = absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
              absl::StrContains("-._~:/?@!$&'()*+,;=", static_cast<char>(c)) ||
              (c == '#' && !fragment) ||
              (c == '%' && size - i >= 2 && absl::ascii_isxdigit(rest[i]) &&
               absl::ascii_isxdigit(rest[i + 1]));
    }
    fragment = fragment || c == '#';
    for (int32_t k = from; k < i; ++k) {
      if (stays) {
        escaped.push_back(rest[k]);
      } else {
        AppendEscape(static_cast<unsigned char>(rest[k]), &escaped);
      }
    }
  }
  return escaped;
}

// "user@host:port" of the web. Addresses of version 6 are let pass in their brackets.
bool IsAuthority(absl::string_view authority) {
  const size_t at = authority.rfind('@');
  if (at != authority.npos) {
    const absl::string_view user = authority.substr(0, at);
    if (EscapeRest(user) != user || user.find_first_of("/?#") != user.npos) return false;
    authority.remove_prefix(at + 1);
  }
  absl::string_view host = authority.substr(0, authority.find(':'));
  absl::string_view after = authority.substr(host.size());
  if (absl::StartsWith(authority, "[")) {
    const size_t close = authority.find(']');
    if (close == authority.npos || close < 3) return false;
    host = authority.substr(1, close - 1);
    after = authority.substr(close + 1);
    if (!All(host, [](unsigned char c) { return absl::ascii_isxdigit(c) || c == ':' || c == '.'; }))
      return false;
    host = "v6";
  }
  if (!after.empty() && (after.front() != ':' || !All(after.substr(1), absl::ascii_isdigit))) {
    return false;
  }
  return !host.empty() && EscapeRest(host) == host && host.find_first_of("/?#@:") == host.npos;
}

bool IsRefusedScheme(absl::string_view scheme) {
  const std::string lower = absl::AsciiStrToLower(scheme);
  return lower == "javascript" || lower == "data" || lower == "vbscript";
}

// The length of a scheme and its ":" at the front; 0 where there is none.
size_t SchemeLength(absl::string_view text) {
  const size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || !absl::ascii_isalpha(text.front())) return 0;
  return All(text.substr(0, colon),
             [](unsigned char c) {
               return absl::ascii_isalnum(c) || c == '+' || c == '-' || c == '.';
             })
             ? colon + 1
             : 0;
}

// Whether IDNA can read the A-label and would write it so.
bool IsALabel(absl::string_view label) {
  UErrorCode error = U_ZERO_ERROR;
  static const icu::IDNA* const idna = icu::IDNA::createUTS46Instance(
      UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
          UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_NONTRANSITIONAL_TO_ASCII,
      error);
  if (idna == nullptr) return false;
  const auto given = icu::UnicodeString::fromUTF8(
      icu::StringPiece(label.data(), static_cast<int32_t>(label.size())));
  icu::UnicodeString unicode;
  icu::UnicodeString ascii;
  icu::IDNAInfo there;
  icu::IDNAInfo back;
  idna->labelToUnicode(given, unicode, there, error);
  if (U_FAILURE(error) || there.hasErrors()) return false;
  idna->labelToASCII(unicode, ascii, back, error);
  return U_SUCCESS(error) && !back.hasErrors() && ascii == given;
}

// Whether ICU reads all of the tag.
bool IsReadTag(const std::string& tag) {
  if (tag.empty() || !std::all_of(tag.begin(), tag.end(),
                                  [](char c) { return absl::ascii_isalnum(c) || c == '-'; })) {
    return false;
  }
  char locale[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(tag.c_str(), locale, sizeof(locale), &parsed, &error);
  return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING &&
         parsed == static_cast<int32_t>(tag.size());
}

}  // namespace

std::optional<std::string> FitUri(absl::string_view value) {
  std::string text(Trimmed(value));
  if (absl::StartsWith(text, "//")) text = absl::StrCat("https:", text);
  const size_t scheme_length = SchemeLength(text);
  const bool has_port = scheme_length > 0 && scheme_length < text.size() &&
                        absl::ascii_isdigit(text[scheme_length]) && !DomainOf(text).empty();
  if (scheme_length == 0 || has_port) {
    if (DomainOf(text).empty()) return std::nullopt;
    return FitUri(absl::StrCat("https://", text));
  }
  const absl::string_view scheme = absl::string_view(text).substr(0, scheme_length - 1);
  absl::string_view rest = absl::string_view(text).substr(scheme_length);
  if (IsRefusedScheme(scheme) || rest.empty()) return std::nullopt;
  const bool http =
      absl::EqualsIgnoreCase(scheme, "http") || absl::EqualsIgnoreCase(scheme, "https");
  std::string fitted = absl::StrCat(scheme, ":");
  if (absl::ConsumePrefix(&rest, "//")) {
    const absl::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (!IsAuthority(authority)) return std::nullopt;
    absl::StrAppend(&fitted, "//", authority);
    rest.remove_prefix(authority.size());
  } else if (http) {
    return std::nullopt;
  }
  absl::StrAppend(&fitted, EscapeRest(rest));
  return fitted;
}

std::optional<std::string> FitDomain(absl::string_view value) {
  std::string domain = DomainOf(value);
  // DomainOf takes "www." off, which is a name that some publish under; a bare one stays whole.
  if (const std::string lower = absl::AsciiStrToLower(Trimmed(value));
      lower == absl::StrCat("www.", domain)) {
    domain = lower;
  }
  const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
  for (absl::string_view label : labels) {
    if (absl::StartsWith(label, "xn--") && !IsALabel(label)) return std::nullopt;
  }
  if (domain.empty() || All(labels.back(), absl::ascii_isdigit)) return std::nullopt;
  return domain;
}

std::optional<std::string> FitLanguage(absl::string_view value) {
  const std::string tag = absl::AsciiStrToLower(absl::StrReplaceAll(Trimmed(value), {{"_", "-"}}));
  if (tag.size() > 35 || !IsReadTag(tag)) return std::nullopt;
  if (absl::StartsWith(tag, "x-")) return tag;
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(tag, error);
  locale.canonicalize(error);
  const std::string canonical = locale.toLanguageTag<std::string>(error);
  if (U_FAILURE(error) || !IsReadTag(canonical)) return std::nullopt;
  return canonical;
}

std::optional<std::string> FitDecimal(absl::string_view value) {
  std::string text(Trimmed(value));
  if (text.size() > kMostOfDecimal) return std::nullopt;
  // Commas that part thousands: each with three digits behind it.
  for (size_t comma = text.find(','); comma != text.npos; comma = text.find(',', comma)) {
    const absl::string_view behind = absl::string_view(text).substr(comma + 1, 3);
    if (comma == 0 || behind.size() < 3 || !All(behind, absl::ascii_isdigit) ||
        (comma + 4 < text.size() && absl::ascii_isdigit(text[comma + 4]))) {
      return std::nullopt;
    }
    text.erase(comma, 1);
  }
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  const size_t point = digits.find('.');
  const absl::string_view whole = digits.substr(0, point);
  const absl::string_view fraction = point == digits.npos ? "0" : digits.substr(point + 1);
  if (whole.empty() || fraction.empty() || !All(whole, absl::ascii_isdigit) ||
      !All(fraction, absl::ascii_isdigit)) {
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> FitId(absl::string_view value) {
  std::string id;
  for (char c : FoldedBare(value)) {
    if (absl::ascii_isalnum(c)) {
      id.push_back(c);
    } else if (!id.empty() && id.back() != '-') {
      id.push_back('-');
    }
  }
  if (id.size() > 63) id.resize(63);
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.empty()) return std::nullopt;
  return id;
}

}  // namespace headwater::exchange
