#include "exchange/json_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

// INVALID_ARGUMENT for what is nested too deep or has too many values.
absl::Status CheckSize(absl::string_view text) {
  int depth = 0;
  size_t values = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++values;
      if (++depth > kMaxJsonDepth) {
        return absl::InvalidArgumentError(
            absl::StrCat("nested more than ", kMaxJsonDepth, " levels deep"));
      }
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',') {
      ++values;
    }
  }
  if (values <= kMaxJsonValues) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("has more than ", kMaxJsonValues, " values"));
}

absl::StatusOr<Json> Strictly(absl::string_view text) {
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 9: …"
    std::string why(error.what());
    if (const size_t begin = why.find("] "); begin != why.npos) why = why.substr(begin + 2);
    if (why.size() > 300) why.resize(300);
    return absl::InvalidArgumentError(Collapsed(ToUtf8(why)));
  }
}

// Without what pages put around the JSON in them.
absl::string_view Unwrapped(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (absl::StartsWithIgnoreCase(text, "<script")) {
    text.remove_prefix(std::min(text.find('>'), text.size() - 1) + 1);
    if (const size_t end = text.rfind("</"); end != text.npos) text = text.substr(0, end);
  }
  for (bool more = true; more;) {
    text = absl::StripAsciiWhitespace(text);
    more = false;
    for (absl::string_view front : {"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"}) {
      more = absl::ConsumePrefix(&text, front) || more;
    }
    for (absl::string_view back : {"-->", "//]]>", "]]>", "/*]]>*/", ";"}) {
      more = absl::ConsumeSuffix(&text, back) || more;
    }
  }
  return text;
}

// The four digits of an escape \uXXXX at `at`, which is at its backslash; -1 where it is none.
int EscapedUnit(absl::string_view text, size_t at) {
  int unit;
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u' ||
      !absl::SimpleHexAtoi(text.substr(at + 2, 4), &unit)) {
    return -1;
  }
  return unit;
}

// Copies the escape at `at` and returns its length. Half a surrogate pair becomes U+FFFD, and a
// backslash before what needs none is dropped.
size_t CopyEscape(absl::string_view text, size_t at, std::string* mended) {
  const int unit = EscapedUnit(text, at);
  if (unit >= 0xd800 && unit < 0xdc00) {
    const int low = EscapedUnit(text, at + 6);
    if (low >= 0xdc00 && low < 0xe000) {
      absl::StrAppend(mended, text.substr(at, 12));
      return 12;
    }
  }
  if (unit >= 0) {
    absl::StrAppend(mended, unit >= 0xd800 && unit < 0xe000 ? "\\ufffd" : text.substr(at, 6));
    return 6;
  }
  if (at + 1 >= text.size()) return 1;
  if (absl::StrContains("\"\\/bfnrt", text[at + 1])) {
    absl::StrAppend(mended, text.substr(at, 2));
    return 2;
  }
  return 1;
}

// A comma with nothing but white space before a closing bracket.
bool IsLastComma(absl::string_view text, size_t at) {
  if (text[at] != ',') return false;
  const size_t next = text.find_first_not_of(" \t\r\n", at + 1);
  return next != text.npos && (text[next] == '}' || text[next] == ']');
}

std::string Mended(absl::string_view text) {
  std::string mended;
  bool in_string = false;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (in_string && c == '\\') {
      i += CopyEscape(text, i, &mended);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string && absl::ascii_iscntrl(c) && static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&mended, "\\u%04x", static_cast<int>(c));
    } else if (in_string || !IsLastComma(text, i)) {
      mended.push_back(c);
    }
    ++i;
  }
  return mended;
}

}  // namespace

absl::StatusOr<Json> ParseJson(absl::string_view text) {
  const absl::string_view inner = Unwrapped(text);
  if (absl::Status status = CheckSize(inner); !status.ok()) return status;
  absl::StatusOr<Json> json = Strictly(inner);
  if (json.ok()) return json;
  absl::StatusOr<Json> mended = Strictly(Mended(ToUtf8(inner)));
  return mended.ok() ? std::move(mended) : std::move(json);
}

const Json* Member(const Json& object, absl::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(name.data(), name.size()));
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::vector<const Json*> ItemsOf(const Json* value) {
  std::vector<const Json*> items;
  if (value == nullptr || value->is_null()) return items;
  if (!value->is_array()) return {value};
  for (const Json& item : *value) {
    if (!item.is_null()) items.push_back(&item);
  }
  return items;
}

std::string TextOf(const Json* value) {
  if (value == nullptr) return std::string();
  if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    return Trimmed(text).empty() ? std::string() : text;
  }
  if (value->is_number() || value->is_boolean()) return value->dump();
  if (value->is_object()) return TextOf(*value, {"@value", "name", "url"});
  for (const Json* item : ItemsOf(value)) {
    if (std::string text = TextOf(item); !text.empty()) return text;
  }
  return std::string();
}

std::string TextOf(const Json& object, std::initializer_list<absl::string_view> names) {
  for (absl::string_view name : names) {
    if (std::string text = TextOf(Member(object, name)); !text.empty()) return text;
  }
  return std::string();
}

}  // namespace headwater::exchange
