#include "cli/width.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace headwater::cli {
namespace {

constexpr UChar32 kEmojiVariation = 0xFE0F;

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isascii);
}

int CodePointWidth(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

// A cluster is as wide as its widest code point; the emoji variation makes it an emoji.
int ClusterWidth(absl::string_view cluster) {
  int width = 0;
  const auto length = static_cast<int32_t>(cluster.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(cluster.data(), i, length, c);
    width = c == kEmojiVariation ? 2 : std::max(width, CodePointWidth(c));
  }
  return width;
}

// Calls `visit` with each grapheme cluster until it returns false.
void ForEachCluster(absl::string_view text, const std::function<bool(absl::string_view)>& visit) {
  UErrorCode error = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> clusters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  UText utext = UTEXT_INITIALIZER;
  error = U_ZERO_ERROR;
  utext_openUTF8(&utext, text.data(), static_cast<int64_t>(text.size()), &error);
  clusters->setText(&utext, error);
  int32_t begin = clusters->first();
  for (int32_t end = clusters->next(); end != icu::BreakIterator::DONE; end = clusters->next()) {
    if (!visit(text.substr(begin, end - begin))) break;
    begin = end;
  }
  utext_close(&utext);
}

}  // namespace

int DisplayWidth(absl::string_view text) {
  if (IsAscii(text)) {
    return static_cast<int>(
        std::count_if(text.begin(), text.end(), [](char c) { return absl::ascii_isprint(c); }));
  }
  int width = 0;
  ForEachCluster(text, [&](absl::string_view cluster) {
    width += ClusterWidth(cluster);
    return true;
  });
  return width;
}

std::string Truncate(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  int used = 1;  // the ellipsis
  size_t bytes = 0;
  ForEachCluster(text, [&](absl::string_view cluster) {
    used += ClusterWidth(cluster);
    if (used > width) return false;
    bytes += cluster.size();
    return true;
  });
  return absl::StrCat(absl::StripTrailingAsciiWhitespace(text.substr(0, bytes)), "…");
}

std::string PadTo(absl::string_view text, int width) {
  return absl::StrCat(text, std::string(std::max(0, width - DisplayWidth(text)), ' '));
}

std::string OneLine(absl::string_view text) {
  std::string line;
  line.reserve(text.size());
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    const int32_t begin = i;
    UChar32 c;
    U8_NEXT_OR_FFFD(text.data(), i, length, c);
    if (c == '\n' || c == '\t' || c == '\r') {
      line += ' ';
    } else if (u_charType(c) == U_CONTROL_CHAR) {
      line += "\uFFFD";
    } else {
      line.append(text.data() + begin, i - begin);
    }
  }
  return line;
}

std::string Harmless(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) lines.push_back(OneLine(line));
  return absl::StrJoin(lines, "\n");
}

}  // namespace headwater::cli
