#include "gateway/query.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace headwater::gateway {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Either alphabet: URL-safe is what the protocol says, plain is what people paste.
bool FromBase64(std::string text, std::string* bytes) {
  absl::StrReplaceAll({{"+", "-"}, {" ", "-"}, {"/", "_"}}, &text);  // a plus came as a space
  return absl::WebSafeBase64Unescape(text, bytes);
}

}  // namespace

bool PercentDecode(absl::string_view text, bool plus_is_space, std::string* decoded) {
  decoded->clear();
  decoded->reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      decoded->push_back(' ');
    } else if (text[at] != '%') {
      decoded->push_back(text[at]);
    } else {
      const int high = at + 2 < text.size() ? HexDigit(text[at + 1]) : -1;
      const int low = high < 0 ? -1 : HexDigit(text[at + 2]);
      if (low < 0) return false;
      decoded->push_back(static_cast<char>(high << 4 | low));
      at += 2;
    }
  }
  return true;
}

absl::StatusOr<GetQuery> ParseGetQuery(absl::string_view query) {
  std::optional<std::string> encoding, compression, message, version, base64;
  const std::pair<absl::string_view, std::optional<std::string>*> known[] = {
      {"encoding", &encoding}, {"compression", &compression}, {"message", &message},
      {"connect", &version},   {"base64", &base64},
  };
  for (const absl::string_view each : absl::StrSplit(query, '&')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(each, absl::MaxSplits('=', 1));
    for (const auto& [name, value] : known) {
      if (parts.first != name || value->has_value()) continue;
      if (!PercentDecode(parts.second, /*plus_is_space=*/true, &value->emplace())) {
        return absl::InvalidArgumentError(
            absl::StrCat("a percent sign in the query's \"", name, "\" is broken"));
      }
    }
  }
  if (version.value_or("v1") != "v1") {
    return absl::InvalidArgumentError("the query's \"connect\" must be v1");
  }
  if (!message) return absl::InvalidArgumentError("the query has no \"message\"");
  if (base64.value_or("") == "1" && !FromBase64(*message, &*message)) {
    return absl::InvalidArgumentError("the query's \"message\" is not base64, as it says to be");
  }
  return GetQuery{encoding.value_or(""), compression.value_or(""), *std::move(message)};
}

}  // namespace headwater::gateway
