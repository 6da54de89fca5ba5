#include "base/language.h"

#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace headwater {
namespace {

bool IsShort(absl::string_view tag) { return tag.size() == 2 || tag.size() == 3; }

bool IsAllOf(absl::string_view text, bool (*is)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), is);
}

// A slot of its own for every two or three lower-case letters.
constexpr size_t kSlots = 27 * 27 * 27;
size_t Slot(absl::string_view code) {
  size_t slot = 0;
  for (const char c : code) slot = 27 * slot + static_cast<size_t>(c - 'a' + 1);
  return slot;
}

// Whether ICU reads the whole tag.
bool IsRead(absl::string_view tag) {
  // ICU also reads what only looks like a tag ("en_US"), and stops at a NUL.
  const auto may_stand = [](char c) { return absl::ascii_isalnum(c) || c == '-'; };
  if (!std::all_of(tag.begin(), tag.end(), may_stand)) return false;
  char locale[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(std::string(tag).c_str(), locale, sizeof(locale), &parsed, &error);
  return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING &&
         parsed == static_cast<int32_t>(tag.size());
}

// CanonicalLanguageTag without its table. Empty also where ICU reads a tag but writes none, or one
// that it cannot read: an extension breaks its own rules, or is of no registered kind.
std::string Canonicalize(absl::string_view given) {
  if (given.empty() || given.size() > kMaxLanguageTagLength) return std::string();
  // ICU takes what begins "x-lvariant" for its own, but in small letters only.
  const std::string tag = absl::AsciiStrToLower(given);
  if (!IsRead(tag)) return std::string();
  // ICU would put "und-" before a tag of private use alone.
  if (absl::StartsWith(tag, "x-")) return tag;
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(
      icu::StringPiece(tag.data(), static_cast<int32_t>(tag.size())), error);
  locale.canonicalize(error);
  std::string canonical = locale.toLanguageTag<std::string>(error);
  return U_SUCCESS(error) && IsRead(canonical) ? canonical : std::string();
}

// The languages of ISO 639 that ICU knows under a code that is canonical already: nearly all
// tags in use.
const std::bitset<kSlots>& CanonicalCodes() {
  static const std::bitset<kSlots>* const codes = [] {
    auto* const found = new std::bitset<kSlots>;
    for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
      const absl::string_view tag(*code);
      if (IsShort(tag) && Canonicalize(tag) == tag) found->set(Slot(tag));
    }
    return found;
  }();
  return *codes;
}

// Canonicalize(tag), quick for the tag this thread asked for last: what comes in one after another
// is mostly of one language. The result lives until this thread's next call.
const std::string& CanonicalizeAgain(absl::string_view tag) {
  thread_local std::string last_tag;
  thread_local std::string last_canonical;
  if (tag != last_tag) {
    last_canonical = Canonicalize(tag);
    last_tag =
        std::string(tag.substr(0, kMaxLanguageTagLength + 1));  // longer ones are refused alike
  }
  return last_canonical;
}

}  // namespace

bool IsLanguageTag(absl::string_view tag) {
  return (IsShort(tag) && IsAllOf(tag, absl::ascii_isalpha)) || !CanonicalizeAgain(tag).empty();
}

std::string CanonicalLanguageTag(absl::string_view tag) {
  if (IsShort(tag) && IsAllOf(tag, absl::ascii_islower) && CanonicalCodes().test(Slot(tag))) {
    return std::string(tag);
  }
  return CanonicalizeAgain(tag);
}

}  // namespace headwater
