#include "search/text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "absl/algorithm/container.h"
#include "search/text/decode.h"
#include "search/text/fold.h"

namespace headwater::search {
namespace {

bool IsSpaceAt(absl::string_view text, size_t at, size_t* next) {
  return u_isUWhiteSpace(CodePointAt(text, at, next));
}

Span Trimmed(absl::string_view text, Span span) {
  size_t next;
  while (span.first < span.second && IsSpaceAt(text, span.first, &next)) span.first = next;
  // Backwards by whole code points.
  size_t end = span.first;
  for (size_t at = span.first; at < span.second; at = next) {
    if (!IsSpaceAt(text, at, &next)) end = next;
  }
  span.second = end;
  return span;
}

// Whether the sentence ends in a point that rather belongs to its last word.
bool EndsInAbbreviation(absl::string_view text, Span span) {
  static constexpr std::array kAbbreviations = {
      "mr", "mrs", "ms", "dr",  "prof", "st",  "sen", "rep", "gov", "gen", "lt", "col", "sgt", "jr",
      "no", "vs",  "ts", "ths", "gs",   "pgs", "bs",  "tp",  "hr",  "fr",  "sr", "mme", "mlle"};
  const absl::string_view sentence = text.substr(span.first, span.second - span.first);
  if (sentence.empty() || sentence.back() != '.') return false;
  const size_t space = sentence.find_last_of(" \t(", sentence.size() - 1);
  const size_t begin = space == absl::string_view::npos ? 0 : space + 1;
  const absl::string_view word = sentence.substr(begin, sentence.size() - 1 - begin);
  size_t next;
  if (word.empty() || !IsUpper(CodePointAt(word, 0, &next))) return false;
  if (next == word.size() || word.find('.') != absl::string_view::npos) return true;  // "J", "U.S"
  const std::string folded = FoldWord(word);
  return absl::c_linear_search(kAbbreviations, folded);
}

// Cuts what is too long.
void Add(absl::string_view text, Span span, std::vector<Span>* sentences) {
  while (span.second - span.first > kMaxSentenceBytes) {
    size_t cut = span.first + kMaxSentenceBytes;
    while ((text[cut] & 0xc0) == 0x80) --cut;
    const size_t space = text.substr(0, cut).find_last_of(" \t\n");
    if (space != absl::string_view::npos && space > span.first + kMaxSentenceBytes / 2) cut = space;
    const Span piece = Trimmed(text, {span.first, cut});
    if (piece.first < piece.second) sentences->push_back(piece);
    span = Trimmed(text, {cut, span.second});
  }
  if (span.first < span.second) sentences->push_back(span);
}

// ICU's boundaries within one paragraph.
std::vector<size_t> Boundaries(icu::BreakIterator* breaks, absl::string_view text, Span span) {
  std::vector<size_t> ends;
  UErrorCode error = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data() + span.first, static_cast<int64_t>(span.second - span.first),
                 &error);
  if (U_SUCCESS(error)) breaks->setText(&view, error);
  if (U_SUCCESS(error)) {
    breaks->first();
    for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
      ends.push_back(span.first + static_cast<size_t>(end));
    }
  }
  utext_close(&view);
  if (ends.empty() || ends.back() != span.second) ends.push_back(span.second);
  return ends;
}

}  // namespace

std::vector<Span> SplitSentences(absl::string_view text, absl::string_view language) {
  std::vector<Span> sentences;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createSentenceInstance(
      icu::Locale::forLanguageTag(
          icu::StringPiece(language.data(), static_cast<int32_t>(language.size())), error),
      error));
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    if (U_FAILURE(error) || breaks == nullptr) {  // no such language: lines are all we know
      Add(text, Trimmed(text, {begin, end}), &sentences);
      begin = end + 1;
      continue;
    }
    size_t open = begin;
    size_t last = begin;
    for (const size_t boundary : Boundaries(breaks.get(), text, {begin, end})) {
      const Span piece = Trimmed(text, {last, boundary});
      last = boundary;
      if (boundary < end && EndsInAbbreviation(text, piece)) continue;
      Add(text, Trimmed(text, {open, boundary}), &sentences);
      open = boundary;
    }
    begin = end + 1;
  }
  return sentences;
}

}  // namespace headwater::search
