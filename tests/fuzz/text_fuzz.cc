// UTF-8, normalization, folding and offsets: input is a text.
#include <cstdint>
#include <vector>

#include "base/text.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {
namespace {

// The code points of a text, read by the definition; nullopt where it is not UTF-8.
std::optional<std::vector<uint32_t>> Decode(absl::string_view text) {
  std::vector<uint32_t> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const int more = lead < 0x80       ? 0
                     : lead >> 5 == 6  ? 1
                     : lead >> 4 == 14 ? 2
                     : lead >> 3 == 30 ? 3
                                       : -1;
    if (more < 0 || i + more >= text.size()) return std::nullopt;
    uint32_t point = more == 0 ? lead : lead & (0x3f >> more);
    for (int j = 1; j <= more; ++j) {
      const auto byte = static_cast<uint8_t>(text[i + j]);
      if (byte >> 6 != 2) return std::nullopt;
      point = point << 6 | (byte & 0x3f);
    }
    constexpr uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
    if (point < kSmallest[more] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
      return std::nullopt;
    points.push_back(point);
    i += static_cast<size_t>(more) + 1;
  }
  return points;
}

size_t BytesOf(uint32_t point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

void TryOffsets(absl::string_view text, const std::vector<uint32_t>& points) {
  size_t bytes = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    HW_HOLDS(CodePointToByte(text, i) == bytes);
    bytes += BytesOf(points[i]);
  }
  HW_HOLDS(bytes == text.size() && points.size() == CodePoints(text));
  HW_HOLDS(CodePointToByte(text, points.size()) == bytes);
  HW_HOLDS(!CodePointToByte(text, points.size() + 1));
}

void TryControls(absl::string_view text, const std::vector<uint32_t>& points) {
  bool any = false;
  bool beyond_lines = false;
  bool bidi = false;
  for (const uint32_t point : points) {
    const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
    any |= control;
    beyond_lines |= control && point != '\n' && point != '\t';
    bidi |= (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
  }
  HW_HOLDS(HasDisallowedControls(text) == any);
  HW_HOLDS(HasControlCharacters(text) == beyond_lines);
  HW_HOLDS(HasBidiControls(text) == bidi);
}

}  // namespace

void Try(absl::string_view input) {
  const auto points = Decode(input);
  HW_HOLDS(IsValidUtf8(input) == points.has_value());
  const std::string key = FoldKey(input);
  const std::string nfc = ToNfc(input);
  if (!points) {  // the calls are safe all the same
    IsNfc(input);
    CodePoints(input);
    CodePointToByte(input, input.size() / 2);
    HasControlCharacters(input);
    HasBidiControls(input);
    return;
  }
  HW_HOLDS(IsValidUtf8(nfc) && IsNfc(nfc) && ToNfc(nfc) == nfc);
  HW_HOLDS(IsNfc(input) == (nfc == input));
  HW_HOLDS(IsValidUtf8(key) && IsNfc(key));
  HW_HOLDS(FoldKey(key) == key);
  HW_HOLDS(FoldKey(nfc) == key);
  HW_HOLDS(nfc.size() <= 3 * input.size());
  HW_HOLDS(key.size() <= 33 * input.size());  // U+FDFA, three bytes, is 18 letters
  if (points->size() > 200) return;           // what follows is quadratic
  TryOffsets(input, *points);
  TryControls(input, *points);
}

}  // namespace headwater::fuzz
