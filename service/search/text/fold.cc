#include "search/text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "base/text.h"

namespace headwater::search {
namespace {

bool IsAscii(absl::string_view text) {
  return absl::c_all_of(text, [](char c) { return (c & 0x80) == 0; });
}

struct Normalizers {
  const icu::Normalizer2* nfc;
  const icu::Normalizer2* nfd;
};

const Normalizers& Shared() {
  static const Normalizers normalizers = [] {
    UErrorCode error = U_ZERO_ERROR;
    const Normalizers loaded{icu::Normalizer2::getNFCInstance(error),
                             icu::Normalizer2::getNFDInstance(error)};
    if (U_FAILURE(error)) {  // only without memory or without ICU's own data
      std::fprintf(stderr, "ICU could not be loaded: %s\n", u_errorName(error));
      std::abort();
    }
    return loaded;
  }();
  return normalizers;
}

UScriptCode ScriptOf(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(c, &error);
}

bool IsApostrophe(UChar32 c) {
  return c == u'\'' || c == u'`' || c == u'\u2018' || c == u'\u2019' || c == u'\u02bc';
}

// The letter that it is often written for; 0 where it is to be dropped.
UChar32 Joined(UChar32 c) {
  if (IsApostrophe(c)) return 0;
  switch (c) {
    case u'\u0640':  // the lengthening stroke
      return 0;
    case u'\u0671':  // alef wasla; the others are an alef and a mark here
      return u'\u0627';
    case u'\u0649':  // alef maqsura, Farsi ya
    case u'\u06cc':
      return u'\u064a';
    case u'\u0629':  // ta marbuta
      return u'\u0647';
    case u'\u06a9':  // keheh
      return u'\u0643';
    default:
      return u_charType(c) == U_FORMAT_CHAR ? 0 : c;
  }
}

// Whether a mark behind a letter of `script` only says how it sounds.
bool IsDropped(UChar32 mark, UScriptCode script, UChar32 letter) {
  switch (script) {
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
      return true;
    case USCRIPT_CYRILLIC:  // stress, and ё; what й and ї bear tells letters apart
      return mark == u'\u0300' || mark == u'\u0301' || (mark == u'\u0308' && letter == u'\u0435');
    default:
      return false;
  }
}

std::string FoldAscii(absl::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  for (const char c : word) {
    if (c != '\'' && c != '`') folded.push_back(absl::ascii_tolower(c));
  }
  return folded;
}

std::string FoldOnce(absl::string_view word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString decomposed =
      Shared().nfd->normalize(icu::UnicodeString::fromUTF8(headwater::FoldKey(word)), error);
  icu::UnicodeString bare;
  UChar32 letter = 0;
  UScriptCode script = USCRIPT_UNKNOWN;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (!IsDropped(c, script, letter)) bare.append(c);
      continue;
    }
    const UChar32 joined = Joined(c);
    if (joined == 0) continue;
    letter = joined;
    script = ScriptOf(joined);
    bare.append(joined);
  }
  const icu::UnicodeString composed = Shared().nfc->normalize(bare, error);
  std::string folded;
  composed.toUTF8String(folded);
  return folded;
}

}  // namespace

std::string FoldWord(absl::string_view word) {
  if (IsAscii(word)) {
    std::string folded = FoldAscii(word);
    const bool has_space = absl::c_any_of(folded, [](char c) { return absl::ascii_isspace(c); });
    return has_space ? headwater::FoldKey(folded) : folded;
  }
  // What was dropped may have kept neighbours from being folded together.
  std::string folded = FoldOnce(word);
  for (int i = 0; i < 3; ++i) {
    std::string again = FoldOnce(folded);
    if (again == folded) break;
    folded = std::move(again);
  }
  return folded;
}

std::string LatinWord(absl::string_view word) {
  std::string folded = FoldWord(word);
  if (IsAscii(folded)) return folded;
  // One a thread, since it takes a millisecond to make and may not be shared.
  thread_local const std::unique_ptr<icu::Transliterator> latin = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    return U_SUCCESS(error) ? std::move(made) : nullptr;
  }();
  if (latin == nullptr) return folded;
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(folded);
  latin->transliterate(text);
  std::string written;
  text.toUTF8String(written);
  return FoldWord(written);
}

}  // namespace headwater::search
