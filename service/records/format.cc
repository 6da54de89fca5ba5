#include "records/format.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "base/ids.h"
#include "base/language.h"
#include "base/text.h"
#include "base/uri.h"

namespace headwater::records {
namespace {

using Wrong = std::optional<std::string>;

bool All(absl::string_view text, bool (*is)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), is);
}

Wrong Line(absl::string_view text) {
  if (HasDisallowedControls(text) || HasLineSeparators(text)) {
    return "has a control character or a line break; it is one line";
  }
  // Within a line of a list they could make one name look like another.
  if (HasBidiControls(text))
    return "has a character that turns the direction of writing; take it out";
  if (HasOuterWhiteSpace(text)) return "begins or ends with white space; take it off";
  return std::nullopt;
}

Wrong Text(absl::string_view text) {
  if (HasControlCharacters(text))
    return "has a control character; only line feeds and tabs are allowed";
  if (IsBlank(text)) return "is nothing but white space";
  return std::nullopt;
}

Wrong Date(absl::string_view text) {
  absl::StatusOr<Edtf> date = ParseEdtf(text);
  if (date.ok()) return std::nullopt;
  return std::string(date.status().message());
}

Wrong Language(absl::string_view text) {
  if (!IsLanguageTag(text)) {
    return absl::StrCat("'", Shown(text),
                        "' is no BCP 47 language tag; write 'vi', 'en-GB' or 'zh-Hant'");
  }
  const std::string canonical = CanonicalLanguageTag(text);
  if (canonical != text)
    return absl::StrCat("'", Shown(text), "' is not in canonical form; write '", canonical, "'");
  return std::nullopt;
}

Wrong Decimal(absl::string_view text) {
  absl::string_view digits = text;
  if (digits.front() == '-') digits.remove_prefix(1);
  const size_t point = digits.find('.');
  const absl::string_view whole = digits.substr(0, point);
  const absl::string_view fraction =
      point == absl::string_view::npos ? "0" : digits.substr(point + 1);
  if (!whole.empty() && !fraction.empty() && All(whole, absl::ascii_isdigit) &&
      All(fraction, absl::ascii_isdigit)) {
    return std::nullopt;
  }
  return absl::StrCat("'", Shown(text), "' is no plain number; write '194000000', '7.5' or '-3'");
}

bool IsLowerHex(unsigned char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); }

Wrong Matches(bool ok, absl::string_view text, absl::string_view what) {
  if (ok) return std::nullopt;
  return absl::StrCat("'", Shown(text), "' is no ", what);
}

Wrong Format(absl::string_view text, v1::Format format) {
  switch (format) {
    case v1::FORMAT_LINE:
      return Line(text);
    case v1::FORMAT_TEXT:
      return Text(text);
    case v1::FORMAT_DATE:
      return Date(text);
    case v1::FORMAT_LANGUAGE:
      return Language(text);
    case v1::FORMAT_URI:
      return Matches(IsAbsoluteUri(text), text,
                     "absolute URI; write it with its scheme, as 'https://example.org/a'");
    case v1::FORMAT_DOMAIN:
      return Matches(IsDomainName(text), text,
                     "domain name in lower case; write 'ft.com', or 'xn--…' for other scripts");
    case v1::FORMAT_COUNTRY:
      return Matches(text.size() == 2 && All(text, absl::ascii_isupper), text,
                     "country code of ISO 3166-1; write two capitals, as 'VN'");
    case v1::FORMAT_SHA256:
      return Matches(text.size() == 64 && All(text, IsLowerHex), text,
                     "SHA-256 in 64 lower-case hexadecimal digits");
    case v1::FORMAT_DECIMAL:
      return Decimal(text);
    case v1::FORMAT_ID:
      return Matches(IsValidId(text), text,
                     "id: up to 63 of a to z, 0 to 9 and '-', with a letter or digit at both ends");
    default:
      return std::nullopt;
  }
}

}  // namespace

Wrong WhatIsWrongWith(absl::string_view text, const v1::FieldRule& rule) {
  if (!IsValidUtf8(text)) return "is not UTF-8";
  if (rule.max_length() != 0 && text.size() > rule.max_length()) {
    const size_t length = CodePoints(text);
    if (length > rule.max_length()) {
      return absl::StrCat("is ", length, " code points long; at most ", rule.max_length(),
                          " are allowed");
    }
  }
  if (rule.format() == v1::FORMAT_VERBATIM) return std::nullopt;
  if (!IsNfc(text)) {
    return HasTooManyMarks(text) ? "has more than a hundred marks upon one character"
                                 : "is not in Unicode normal form C; normalize it to NFC";
  }
  return Format(text, rule.format());
}

std::string Shown(absl::string_view text) {
  constexpr size_t kMost = 60;
  std::string shown;
  if (!IsValidUtf8(text)) return "(not UTF-8)";
  const size_t length = CodePoints(text);
  const size_t end =
      length > kMost ? CodePointToByte(text, kMost).value_or(text.size()) : text.size();
  for (char c : text.substr(0, end)) shown.push_back(absl::ascii_iscntrl(c) ? '?' : c);
  if (length > kMost) shown.append("…");
  return shown;
}

}  // namespace headwater::records
