#include "search/text/segment.h"

#include <unicode/locid.h>
#include <unicode/utext.h>

namespace headwater::search {

bool IsSyllable(int32_t c) {
  if (c < 0x1100) return false;
  return (c <= 0x11ff) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3041 && c <= 0x318f) ||
         (c >= 0x31a0 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xa960 && c <= 0xa97f) ||
         (c >= 0xac00 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xff66 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff);
}

bool NeedsDictionary(int32_t c) {
  return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
         (c >= 0x1780 && c <= 0x17ff);
}

std::vector<Span> WordBreaker::Words(absl::string_view text, Span part) {
  std::vector<Span> words;
  UErrorCode error = U_ZERO_ERROR;
  if (breaks_ == nullptr) {
    breaks_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  }
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data() + part.first, static_cast<int64_t>(part.second - part.first),
                 &error);
  if (U_SUCCESS(error) && breaks_ != nullptr) breaks_->setText(&view, error);
  if (U_FAILURE(error) || breaks_ == nullptr) {  // no memory for it: as one word
    utext_close(&view);
    return {part};
  }
  int32_t begin = breaks_->first();
  for (int32_t end = breaks_->next(); end != icu::BreakIterator::DONE; end = breaks_->next()) {
    if (breaks_->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
      words.emplace_back(part.first + begin, part.first + end);
    }
    begin = end;
  }
  utext_close(&view);
  return words;
}

}  // namespace headwater::search
