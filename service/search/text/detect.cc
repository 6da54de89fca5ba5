#include "search/text/detect.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>

#include "base/text.h"
#include "search/text/stemmer.h"

namespace headwater::search {
namespace {

// More does not make it any surer.
constexpr size_t kBytesRead = 4096;

}  // namespace

DetectedLanguage DetectLanguage(absl::string_view text) {
  DetectedLanguage detected;
  size_t size = std::min(text.size(), kBytesRead);
  while (size < text.size() && size > 0 && (text[size] & 0xc0) == 0x80) --size;
  text = text.substr(0, size);
  if (text.empty() || !headwater::IsValidUtf8(text)) return detected;
  CLD2::Language languages[3];
  int percents[3];
  int bytes = 0;
  bool is_reliable = false;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, languages, percents,
      &bytes, &is_reliable);
  if (language == CLD2::UNKNOWN_LANGUAGE) return detected;
  detected.language = PrimaryLanguage(CLD2::LanguageCode(language));
  if (detected.language == "un") detected.language.clear();
  if (detected.language == "iw") detected.language = "he";
  detected.is_certain = is_reliable && !detected.language.empty();
  return detected;
}

std::string LanguageToReadBy(absl::string_view tag, absl::string_view text) {
  std::string language = PrimaryLanguage(tag);
  if (language.empty() || language == "und" || language == "mul" || language == "zxx") {
    const DetectedLanguage detected = DetectLanguage(text);
    return detected.is_certain ? detected.language : "";
  }
  return language;
}

}  // namespace headwater::search
