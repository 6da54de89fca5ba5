#include "records/quoted_text.h"

#include <string.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/text.h"

namespace headwater::records {
namespace {

constexpr size_t kStride = 256;

bool BeginsCodePoint(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; }

// The quote with what it says stands around it.
std::string Whole(const v1::Quote& quote) {
  return absl::StrCat(quote.prefix(), quote.exact(), quote.suffix());
}

// memmem and not string_view::find, whose time is the product of both lengths where a text repeats
// itself.
bool Contains(absl::string_view text, absl::string_view words) {
  return memmem(text.data(), text.size(), words.data(), words.size()) != nullptr;
}

// For each beginning of `words`, how long a shorter beginning it ends with (Knuth, Morris, Pratt).
std::vector<uint32_t> Borders(absl::string_view words) {
  std::vector<uint32_t> borders(words.size(), 0);
  for (size_t i = 1, matched = 0; i < words.size(); ++i) {
    while (matched > 0 && words[i] != words[matched]) matched = borders[matched - 1];
    if (words[i] == words[matched]) ++matched;
    borders[i] = static_cast<uint32_t>(matched);
  }
  return borders;
}

// Where `words` stand in `text`, in bytes: last at or before `target`, first behind it. They may
// overlap themselves, so that the search goes on inside of what it found.
struct Neighbours {
  std::optional<size_t> before;
  std::optional<size_t> after;
};
Neighbours Find(absl::string_view text, absl::string_view words, size_t target) {
  const std::vector<uint32_t> borders = Borders(words);
  Neighbours found;
  size_t matched = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    while (matched > 0 && text[i] != words[matched]) matched = borders[matched - 1];
    if (text[i] == words[matched]) ++matched;
    if (matched < words.size()) continue;
    const size_t begin = i + 1 - matched;
    if (begin > target) {
      found.after = begin;
      break;
    }
    found.before = begin;
    matched = borders[matched - 1];
  }
  return found;
}

}  // namespace

QuotedText::QuotedText(std::string text) : text_(std::move(text)) {
  marks_.reserve(text_.size() / kStride + 1);
  for (size_t i = 0; i < text_.size(); ++i) {
    if (!BeginsCodePoint(text_[i])) continue;
    if (code_points_ % kStride == 0) marks_.push_back(static_cast<uint32_t>(i));
    ++code_points_;
  }
}

std::optional<size_t> QuotedText::ByteOf(size_t code_point) const {
  if (code_point > code_points_) return std::nullopt;
  if (code_point == code_points_) return text_.size();
  size_t byte = marks_[code_point / kStride];
  for (size_t rest = code_point % kStride; rest > 0; --rest) {
    do ++byte;
    while (!BeginsCodePoint(text_[byte]));
  }
  return byte;
}

size_t QuotedText::CodePointOf(size_t byte) const {
  const auto mark = std::upper_bound(marks_.begin(), marks_.end(), byte);
  if (mark == marks_.begin()) return 0;  // the beginning of an empty text
  const absl::string_view rest = absl::string_view(text_).substr(*(mark - 1), byte - *(mark - 1));
  return static_cast<size_t>(mark - marks_.begin() - 1) * kStride + CodePoints(rest);
}

bool QuotedText::StandsAt(absl::string_view words, size_t byte) const {
  return absl::string_view(text_).substr(byte, words.size()) == words;
}

bool QuotedText::Holds(const v1::Quote& quote) const {
  if (!quote.has_position()) return Contains(text_, Whole(quote));
  const std::optional<size_t> start = ByteOf(static_cast<size_t>(quote.position().start()));
  return start && *start >= quote.prefix().size() &&
         StandsAt(Whole(quote), *start - quote.prefix().size());
}

std::optional<size_t> QuotedText::Nearest(absl::string_view words, size_t before,
                                          size_t near) const {
  // The words may begin before the text's first byte only where they do not stand.
  const size_t byte = ByteOf(near).value_or(text_.size());
  const Neighbours found = Find(text_, words, byte < before ? 0 : byte - before);
  std::optional<size_t> nearest;
  size_t distance = 0;
  for (const std::optional<size_t>& one : {found.before, found.after}) {
    if (!one) continue;
    const size_t place = CodePointOf(*one + before);
    const size_t from_near = place > near ? place - near : near - place;
    if (nearest && from_near >= distance) continue;
    nearest = place;
    distance = from_near;
  }
  return nearest;
}

bool QuotedText::PrefixStands(const v1::Quote& quote) const {
  const std::optional<size_t> start = ByteOf(static_cast<size_t>(quote.position().start()));
  return start && *start >= quote.prefix().size() &&
         StandsAt(quote.prefix(), *start - quote.prefix().size());
}

std::string QuotedText::Place(const v1::Quote& quote, size_t start) {
  return absl::StrCat("stands at ", start, " to ", start + CodePoints(quote.exact()));
}

Violation QuotedText::WhatIsWrongWith(const v1::Quote& quote) const {
  const auto near = static_cast<size_t>(quote.position().start());
  const bool framed = !quote.prefix().empty() || !quote.suffix().empty();
  const std::optional<size_t> whole = Nearest(Whole(quote), quote.prefix().size(), near);
  const std::optional<size_t> alone = framed ? Nearest(quote.exact(), 0, near) : whole;
  const std::string nowhere = "does not stand in the text of its document at all";
  if (!quote.has_position()) {
    if (!alone) return {"exact", nowhere};
    return {quote.prefix().empty() ? "suffix" : "prefix",
            absl::StrCat("does not fit: the quote ", Place(quote, *alone),
                         ", but nowhere with the words given around it")};
  }
  if (!alone) return {"position", absl::StrCat("spans other words; the quote ", nowhere)};
  if (*alone != near) {
    const std::string more = whole ? "" : ", though not with the words given around it";
    return {"position", absl::StrCat("spans other words; nearest, the quote ",
                                     Place(quote, whole.value_or(*alone)), more)};
  }
  return {
      PrefixStands(quote) ? "suffix" : "prefix",
      absl::StrCat("does not fit: other words stand there around the quote; with those given it ",
                   whole ? Place(quote, *whole) : "stands nowhere")};
}

}  // namespace headwater::records
