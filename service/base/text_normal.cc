// What text.h promises of normalization and folding, by ICU's tables.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "base/text.h"

namespace headwater {
namespace {

// ICU fails here only without memory or without its own data: nothing can go on then.
void Require(UErrorCode error) {
  if (U_SUCCESS(error)) return;
  std::fprintf(stderr, "ICU could not normalize text: %s\n", u_errorName(error));
  std::abort();
}

// The three normalizers in use, loaded once and shared by all threads.
struct Normalizers {
  const icu::Normalizer2* nfc;
  const icu::Normalizer2* nfd;
  const icu::Normalizer2* nfkc_casefold;
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

bool IsAscii(absl::string_view text) {
  uint64_t all = 0;  // eight bytes at a time
  for (; text.size() >= sizeof(all); text.remove_prefix(sizeof(all))) {
    uint64_t word;
    std::memcpy(&word, text.data(), sizeof(word));
    all |= word;
  }
  for (const char c : text) all |= static_cast<uint8_t>(c);
  return (all & 0x8080808080808080) == 0;
}

// Latin letters that Unicode does not take apart, in lower case, and how people type them.
// Ascending.
struct BareForm {
  char16_t letter;
  const char16_t* bare;
};
constexpr BareForm kBareForms[] = {
    {u'æ', u"ae"}, {u'ð', u"d"}, {u'ø', u"o"},  {u'þ', u"th"}, {u'đ', u"d"}, {u'ħ', u"h"},
    {u'ı', u"i"},  {u'ł', u"l"}, {u'œ', u"oe"}, {u'ŧ', u"t"},  {u'ƀ', u"b"}, {u'ƶ', u"z"},
    {u'ǥ', u"g"},  {u'ȼ', u"c"}, {u'ɇ', u"e"},  {u'ɉ', u"j"},  {u'ɍ', u"r"}, {u'ɏ', u"y"},
    {u'ɨ', u"i"},  {u'ʉ', u"u"}, {u'ⱥ', u"a"},  {u'ⱦ', u"t"},
};

// Null for other letters.
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

// Takes case-folded NFD; drops the marks of Latin letters, and joins and trims whitespace.
icu::UnicodeString StripLatinMarks(const icu::UnicodeString& decomposed) {
  icu::UnicodeString stripped;
  bool after_latin = false;
  bool space_due = false;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_isUWhiteSpace(c)) {
      space_due = !stripped.isEmpty();
      after_latin = false;
      continue;
    }
    if (after_latin && IsMark(c)) continue;
    after_latin = IsLatin(c);
    if (space_due) stripped.append(u' ');
    space_due = false;
    if (const char16_t* bare = Bare(c); bare != nullptr) {
      stripped.append(bare, -1);
    } else {
      stripped.append(c);
    }
  }
  return stripped;
}

// FoldKey for text of ASCII alone, where folding is lower case.
std::string FoldAscii(absl::string_view text) {
  std::string key;
  key.reserve(text.size());
  bool space_due = false;
  for (const char c : text) {
    if (absl::ascii_isspace(c)) {
      space_due = !key.empty();
      continue;
    }
    if (space_due) key.push_back(' ');
    space_due = false;
    key.push_back(absl::ascii_tolower(c));
  }
  return key;
}

}  // namespace

bool HasTooManyMarks(absl::string_view text) {
  return !IsAscii(text) && HasLongRun(*Shared().nfc, text);
}

bool IsNfc(absl::string_view text) {
  if (IsAscii(text)) return true;
  if (HasTooManyMarks(text)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const bool is_normalized = Shared().nfc->isNormalizedUTF8(Piece(text), error);
  Require(error);
  return is_normalized;
}

std::string ToNfc(absl::string_view text) {
  if (IsAscii(text)) return std::string(text);
  std::string normalized;
  icu::StringByteSink<std::string> sink(&normalized, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  Shared().nfc->normalizeUTF8(0, Piece(text), sink, nullptr, error);
  Require(error);
  return normalized;
}

std::string FoldKey(absl::string_view text) {
  if (IsAscii(text)) return FoldAscii(text);
  UErrorCode error = U_ZERO_ERROR;
  // Taken apart before folding too: U+0345 folds to a letter, after which marks could not be put in
  // order.
  const icu::Normalizer2& fold = *Shared().nfkc_casefold;
  const icu::UnicodeString decomposed =
      Shared().nfd->normalize(CutRuns(fold, icu::UnicodeString::fromUTF8(Piece(text))), error);
  const icu::UnicodeString folded = fold.normalize(decomposed, error);
  const icu::UnicodeString stripped = StripLatinMarks(Shared().nfd->normalize(folded, error));
  const icu::UnicodeString composed = Shared().nfc->normalize(stripped, error);
  Require(error);
  std::string key;
  // Again, since some marks are two once folded.
  CutRuns(fold, composed).toUTF8String(key);
  return key;
}

bool HasLineSeparators(absl::string_view text) {
  return text.find("\xe2\x80\xa8") != absl::string_view::npos ||
         text.find("\xe2\x80\xa9") != absl::string_view::npos;
}

bool HasOuterWhiteSpace(absl::string_view text) {
  if (text.empty()) return false;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  UChar32 first;
  UChar32 last;
  int32_t front = 0;
  U8_NEXT(bytes, front, size, first);
  int32_t back = size;
  U8_PREV(bytes, 0, back, last);
  return (first >= 0 && u_isUWhiteSpace(first)) || (last >= 0 && u_isUWhiteSpace(last));
}

bool IsBlank(absl::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c < 0 || !u_isUWhiteSpace(c)) return false;
  }
  return size > 0;
}

}  // namespace headwater
