// A text and the quotes from it: whether a quote stands where it says, and where it stands if not.
#ifndef HEADWATER_RECORDS_QUOTED_TEXT_H_
#define HEADWATER_RECORDS_QUOTED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "headwater/v1/attribution.pb.h"
#include "records/rules.h"

namespace headwater::records {

// A document's text, ready to be asked of many quotes. The text must be UTF-8 in NFC, as documents'
// texts are, and a quote must have passed its own rules (records/consistency.h). Positions are in
// code points. Any thread may ask.
class QuotedText {
 public:
  // Goes over the text once.
  explicit QuotedText(std::string text);

  const std::string& text() const { return text_; }

  // Whether what the quote says of the text is so: with a position, that exactly the quote stands
  // there, right behind its prefix and right before its suffix, where they are given; without one,
  // that it stands somewhere with these. One with a position costs its own length, another a pass
  // over the text.
  bool Holds(const v1::Quote& quote) const;

  // What is wrong with a quote that does not hold: the field's path inside the quote ("position")
  // and words that name the place nearest to the quote's position at which it does stand, if any.
  // Costs two passes over the text at most.
  Violation WhatIsWrongWith(const v1::Quote& quote) const;

 private:
  // The offset in bytes of a code point, and the reverse for the first byte of one. Offsets run to
  // the end, included; nullopt beyond it.
  std::optional<size_t> ByteOf(size_t code_point) const;
  size_t CodePointOf(size_t byte) const;

  bool StandsAt(absl::string_view words, size_t byte) const;
  // The place nearest to code point `near` at which `words` stand, `before` bytes into it, in code
  // points; the first of two that are as near.
  std::optional<size_t> Nearest(absl::string_view words, size_t before, size_t near) const;
  // Whether the prefix stands right before the quote's position.
  bool PrefixStands(const v1::Quote& quote) const;
  // "stands at 120 to 134".
  static std::string Place(const v1::Quote& quote, size_t start);

  const std::string text_;
  std::vector<uint32_t> marks_;  // where every kStride-th code point begins, in bytes
  size_t code_points_ = 0;
};

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_QUOTED_TEXT_H_
