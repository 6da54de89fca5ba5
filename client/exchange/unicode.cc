#include "exchange/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "absl/strings/ascii.h"

namespace headwater::exchange {
namespace {

// ICU fails here only without memory or without its own data: nothing can go on then.
void Require(UErrorCode error) {
  if (U_FAILURE(error)) std::abort();
}

struct Normalizers {
  const icu::Normalizer2* nfc;
  const icu::Normalizer2* nfd;
  const icu::Normalizer2* fold;
};

const Normalizers& Shared() {
  static const Normalizers normalizers = [] {
    UErrorCode error = U_ZERO_ERROR;
    const Normalizers loaded{icu::Normalizer2::getNFCInstance(error),
                             icu::Normalizer2::getNFDInstance(error),
                             icu::Normalizer2::getNFKCCasefoldInstance(error)};
    Require(error);
    return loaded;
  }();
  return normalizers;
}

icu::StringPiece Piece(absl::string_view text) {
  return icu::StringPiece(text.data(), static_cast<int32_t>(text.size()));
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isascii);
}

// The most characters in a row that belong to the one before them. Putting marks in order takes ICU
// time that grows with the square of their number: 200,000 of them half a minute.
constexpr int kMostMarks = 100;

// Counts how many characters of a text stand in a row that are put in order with what is before.
class MarkRun {
 public:
  explicit MarkRun(const icu::Normalizer2& form) : form_(form) {}

  // Whether the next character is one too many.
  bool IsTooLong(UChar32 c) {
    length_ = c < 0x300 || form_.hasBoundaryBefore(c) ? 0 : length_ + 1;
    return length_ > kMostMarks;
  }

 private:
  const icu::Normalizer2& form_;
  int length_ = 0;
};

// Without the marks that are too many.
icu::UnicodeString CutRuns(const icu::Normalizer2& form, const icu::UnicodeString& text) {
  if (text.length() <= kMostMarks) return text;
  icu::UnicodeString cut;
  MarkRun run(form);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (!run.IsTooLong(c)) cut.append(c);
  }
  return cut;
}

bool HasLongRun(const icu::Normalizer2& form, absl::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  MarkRun run(form);
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (run.IsTooLong(c)) return true;
  }
  return false;
}

icu::UnicodeString Normalize(const icu::Normalizer2& form, const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString normalized = form.normalize(CutRuns(form, text), error);
  Require(error);
  // Again, since some marks are two once they are normalized.
  return CutRuns(form, normalized);
}

// Latin letters that Unicode does not take apart, folded, and how people type them. Ascending.
struct BareForm {
  char16_t letter;
  const char16_t* bare;
};
constexpr BareForm kBareForms[] = {
    {u'æ', u"ae"}, {u'ð', u"d"}, {u'ø', u"o"}, {u'þ', u"th"}, {u'đ', u"d"},
    {u'ħ', u"h"},  {u'ı', u"i"}, {u'ł', u"l"}, {u'œ', u"oe"}, {u'ŧ', u"t"},
};

const char16_t* Bare(UChar32 c) {
  const BareForm* const found =
      std::lower_bound(std::begin(kBareForms), std::end(kBareForms), c,
                       [](const BareForm& form, UChar32 wanted) { return form.letter < wanted; });
  return found != std::end(kBareForms) && found->letter == c ? found->bare : nullptr;
}

bool IsMark(UChar32 c) {
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

bool IsLatin(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(c, &error) == USCRIPT_LATIN;
}

bool IsControl(UChar32 c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

// Invisible, and no part of a word at its end: marks of direction, zero-width spaces, soft hyphens.
bool IsInvisible(UChar32 c) {
  return c == 0xad || c == 0x61c || c == 0x200b || c == 0x200e || c == 0x200f || c == 0x2060 ||
         c == 0xfeff;
}

bool IsOuter(UChar32 c) { return u_isUWhiteSpace(c) || IsControl(c) || IsInvisible(c); }

template <typename IsOff>
absl::string_view Stripped(absl::string_view text, IsOff is_off) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  auto end = static_cast<int32_t>(text.size());
  int32_t begin = 0;
  while (begin < end) {
    int32_t next = begin;
    UChar32 c;
    U8_NEXT(bytes, next, end, c);
    if (c < 0 || !is_off(c)) break;
    begin = next;
  }
  while (end > begin) {
    int32_t before = end;
    UChar32 c;
    U8_PREV(bytes, begin, before, c);
    if (c < 0 || !is_off(c)) break;
    end = before;
  }
  return text.substr(begin, end - begin);
}

icu::UnicodeString WithoutLatinMarks(const icu::UnicodeString& decomposed) {
  icu::UnicodeString bare;
  bool after_latin = false;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (after_latin && IsMark(c)) continue;
    after_latin = IsLatin(c);
    if (const char16_t* form = Bare(c); form != nullptr) {
      bare.append(form, -1);
    } else {
      bare.append(c);
    }
  }
  return bare;
}

std::string ToText(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

std::string CollapsedWhere(absl::string_view text, bool (*is_space)(UChar32)) {
  std::string collapsed;
  collapsed.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  bool due = false;
  for (int32_t i = 0; i < size;) {
    const int32_t from = i;
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c >= 0 && is_space(c)) {
      due = !collapsed.empty();
      continue;
    }
    if (due) collapsed.push_back(' ');
    due = false;
    collapsed.append(text.data() + from, i - from);
  }
  return collapsed;
}

bool IsSpaceOrControl(UChar32 c) { return u_isUWhiteSpace(c) || IsControl(c); }

}  // namespace

bool IsUtf8(absl::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto size = static_cast<int32_t>(bytes.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(data, i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::string ToUtf8(absl::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto size = static_cast<int32_t>(bytes.size());
  for (int32_t i = 0; i < size;) {
    const int32_t from = i;
    UChar32 c;
    U8_NEXT(data, i, size, c);
    if (c < 0) {
      text.append("\xef\xbf\xbd");
    } else {
      text.append(bytes.data() + from, i - from);
    }
  }
  return text;
}

std::string ToNfc(absl::string_view text) {
  if (IsNfc(text)) return std::string(text);
  return ToText(Normalize(*Shared().nfc, icu::UnicodeString::fromUTF8(Piece(text))));
}

bool IsNfc(absl::string_view text) {
  if (IsAscii(text)) return true;
  if (HasLongRun(*Shared().nfc, text)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const bool normalized = Shared().nfc->isNormalizedUTF8(Piece(text), error);
  Require(error);
  return normalized;
}

std::string Folded(absl::string_view text) {
  if (IsAscii(text)) return Collapsed(absl::AsciiStrToLower(text));
  const icu::UnicodeString folded =
      Normalize(*Shared().fold, icu::UnicodeString::fromUTF8(Piece(text)));
  return Collapsed(ToText(Normalize(*Shared().nfc, folded)));
}

std::string FoldedBare(absl::string_view text) {
  if (IsAscii(text)) return Folded(text);
  // Taken apart before folding too: U+0345 folds to a letter, after which marks could not be put
  // in order.
  const icu::UnicodeString apart =
      Normalize(*Shared().nfd, icu::UnicodeString::fromUTF8(Piece(text)));
  const icu::UnicodeString folded = Normalize(*Shared().nfd, Normalize(*Shared().fold, apart));
  return Collapsed(ToText(Normalize(*Shared().nfc, WithoutLatinMarks(folded))));
}

absl::string_view Trimmed(absl::string_view text) { return Stripped(text, IsOuter); }

std::string Collapsed(absl::string_view text) {
  return CollapsedWhere(Trimmed(text), IsSpaceOrControl);
}

absl::string_view WithoutOuterPunctuation(absl::string_view text) {
  return Stripped(text, [](UChar32 c) {
    // % and & are punctuation to Unicode, and part of what is said.
    return IsOuter(c) || (u_ispunct(c) && c != '%' && c != '&' && c != '#' && c != '@');
  });
}

size_t CodePoints(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

absl::string_view FirstCodePoints(absl::string_view text, size_t most) {
  if (text.size() <= most) return text;
  size_t points = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) != 0x80 && points++ == most) return text.substr(0, i);
  }
  return text;
}

std::string Shortened(absl::string_view text, size_t most) {
  if (text.size() <= most || CodePoints(text) <= most) return std::string(text);
  return std::string(Trimmed(FirstCodePoints(text, most - 1))) + "…";
}

}  // namespace headwater::exchange
