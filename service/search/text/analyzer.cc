#include "search/text/analyzer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "search/text/decode.h"
#include "search/text/detect.h"
#include "search/text/fold.h"
#include "search/text/links.h"
#include "search/text/number.h"

namespace headwater::search {
namespace {

// The words that currency signs stand for; they meet those that write the word.
absl::string_view CurrencyWord(UChar32 c) {
  switch (c) {
    case '$':
      return "dollar";
    case 0x20ac:
      return "euro";
    case 0xa3:
      return "pound";
    case 0xa5:
      return "yen";
    default:
      return "";
  }
}

bool BeginsAddress(absl::string_view rest) {
  return absl::StartsWith(rest, "http://") || absl::StartsWith(rest, "https://");
}

bool EndsSentence(UChar32 c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case ':':
    case '\n':
    case '"':
    case 0x201c:
    case 0x2014:
    case 0x2026:
      return true;
    default:
      return false;
  }
}

// One pass over one text.
class Scan {
 public:
  Scan(absl::string_view text, std::string language, Stemmers* stemmers, WordBreaker* breaker)
      : text_(text), language_(std::move(language)), stemmers_(*stemmers), breaker_(*breaker) {}

  std::vector<Token> Run() {
    tokens_.reserve(text_.size() / 6 + 1);
    while (at_ < text_.size()) Step();
    DropNamesOfTitles();
    return std::move(tokens_);
  }

 private:
  void Step() {
    size_t next;
    const UChar32 c = CodePointAt(text_, at_, &next);
    if (IsLetter(c) || IsDigit(c)) {
      const size_t link = c < 0x80 ? LinkEnd(text_, at_) : at_;
      if (link > at_) {
        TakeLink(link);
      } else if (IsSyllable(c)) {
        TakeSyllables();
      } else if (NeedsDictionary(c) && !IsDigit(c)) {
        TakeDictionaryWords();
      } else if (!IsDigit(c) || !TakeNumber()) {
        TakeWord();
      }
      sentence_begins_ = false;
      return;
    }
    if ((c == '#' || c == 0xff03 || c == '@') && IsLetter(CodePointAt(text_, next)) &&
        !IsBehindWord()) {
      TakeCompound(next, c == '@');
      sentence_begins_ = false;
      return;
    }
    if (const absl::string_view word = CurrencyWord(c); !word.empty()) {
      Add(std::string(word), {at_, next}, TokenKind::kWord, false);
    } else if (EndsSentence(c) && !(c == '.' && IsBehindAbbreviation())) {
      sentence_begins_ = true;
    }
    at_ = next;
  }

  bool IsBehindWord() const {
    return at_ > 0 && (IsAsciiLetter(text_[at_ - 1]) || IsDigit(text_[at_ - 1]));
  }

  // "Mr", "Sen", "U.S": the point belongs to the word.
  bool IsBehindAbbreviation() const {
    if (tokens_.empty() || tokens_.back().end != at_) return false;
    return at_ - tokens_.back().begin <= 3 && IsUpper(CodePointAt(text_, tokens_.back().begin));
  }

  void TakeLink(size_t end) {
    for (const Span& word : LinkWords(text_, {at_, end})) AddWord(word, TokenKind::kLink, false);
    at_ = end;
  }

  void TakeSyllables() {
    size_t begin = at_;
    size_t next;
    CodePointAt(text_, at_, &next);
    size_t second = next;
    bool is_alone = true;
    while (second < text_.size()) {
      const UChar32 c = CodePointAt(text_, second, &next);
      if (!IsSyllable(c) && !IsMarkOrJoiner(c)) break;
      AddWord({begin, next}, TokenKind::kSyllable, false);
      is_alone = false;
      begin = second;
      second = next;
    }
    if (is_alone) AddWord({begin, second}, TokenKind::kSyllable, false);
    at_ = second;
  }

  void TakeDictionaryWords() {
    size_t end = at_;
    size_t next;
    for (UChar32 c = CodePointAt(text_, end, &next);
         end < text_.size() && (NeedsDictionary(c) || IsMarkOrJoiner(c)) && !IsDigit(c);
         c = CodePointAt(text_, end, &next)) {
      end = next;
    }
    for (const Span& word : breaker_.Words(text_, {at_, end})) {
      AddWord(word, TokenKind::kWord, false);
    }
    at_ = end;
  }

  bool TakeNumber() {
    // In "06.01.2020" and "1,2,3" what comes behind the first is no figure with decimals.
    absl::string_view text = text_;
    if (at_ >= 2 && (text_[at_ - 1] == '.' || text_[at_ - 1] == ',') && IsDigit(text_[at_ - 2])) {
      size_t end = at_;
      while (end < text_.size() && IsDigit(static_cast<uint8_t>(text_[end]))) ++end;
      if (end < text_.size() && (text_[end] == '.' || text_[end] == ','))
        text = text_.substr(0, end);
    }
    std::optional<ScannedNumber> number = ScanNumber(text, at_, language_);
    if (!number) return false;
    Add(std::move(number->value), {at_, number->end}, TokenKind::kNumber, false);
    if (number->percent_end > number->end) {
      Add("%", {number->end, number->percent_end}, TokenKind::kWord, false);
    }
    at_ = number->percent_end;
    return true;
  }

  // The end of the word at `at_`; an apostrophe or a point of "U.S." may stand in it.
  size_t WordEnd() const {
    size_t end = at_;
    size_t letters = 0;  // since the last point
    bool is_acronym = true;
    size_t next;
    while (end < text_.size()) {
      const UChar32 c = CodePointAt(text_, end, &next);
      if (IsSyllable(c) || (NeedsDictionary(c) && !IsDigit(c))) break;
      if (IsLetter(c) || IsDigit(c)) {
        if (c == 'h' && end > at_ && BeginsAddress(text_.substr(end))) break;
        ++letters;
      } else if (c == '.' && is_acronym && letters == 1 && IsLetter(CodePointAt(text_, next))) {
        size_t behind;
        CodePointAt(text_, next, &behind);
        if (IsLetter(CodePointAt(text_, behind))) break;  // "J.Smith"
        letters = 0;
      } else if (!IsMarkOrJoiner(c) &&
                 !(IsApostrophe(c) && end > at_ && IsLetter(CodePointAt(text_, next)))) {
        break;
      }
      if (letters > 1) is_acronym = false;
      end = next;
    }
    return end;
  }

  void TakeWord() {
    const size_t end = std::max(WordEnd(), at_ + 1);
    absl::string_view word = text_.substr(at_, end - at_);
    const size_t begin = at_;
    at_ = end;
    // "Trump's" is "Trump"; "l'eau" and "d'Ivoire" are two words, "don't" and "O'Neill" one.
    size_t mark = word.find('\'');
    size_t mark_size = 1;
    if (mark == absl::string_view::npos) {
      mark = word.find("\xe2\x80\x99");
      mark_size = 3;
    }
    if (mark != absl::string_view::npos) {
      const absl::string_view behind = word.substr(mark + mark_size);
      if (behind == "s" || behind == "S") {
        AddWord({begin, begin + mark}, TokenKind::kWord, IsNameAt(begin, begin + mark));
        return;
      }
      const bool elides = language_ == "fr" || language_ == "it" || language_ == "ca";
      if (elides && mark <= 6 && mark > 0) {
        AddWord({begin, begin + mark}, TokenKind::kWord, false);
        const size_t second = begin + mark + mark_size;
        AddWord({second, end}, TokenKind::kWord, IsNameAt(second, end));
        return;
      }
    }
    AddWord({begin, end}, TokenKind::kWord, IsNameAt(begin, end));
  }

  // What begins at `begin`, behind its sign.
  void TakeCompound(size_t begin, bool is_handle) {
    size_t end = begin;
    size_t next;
    while (end < text_.size()) {
      const UChar32 c = CodePointAt(text_, end, &next);
      const bool is_in = IsLetter(c) || IsDigit(c) || IsMarkOrJoiner(c) || c == '_';
      if (!is_in || (c == 'h' && end > begin && BeginsAddress(text_.substr(end)))) break;
      end = next;
    }
    const uint32_t position = position_;
    const TokenKind kind = is_handle ? TokenKind::kHandle : TokenKind::kTag;
    if (is_handle) {
      std::string folded = "@";
      folded += FoldWord(text_.substr(begin, end - begin));
      Add(std::move(folded), {at_, end}, kind, false);
    }
    const std::vector<Span> parts = SplitCompound(text_, {begin, end});
    if (!is_handle && parts.size() != 1) AddWord({begin, end}, kind, false);
    position_ = position;  // the parts begin where the whole does
    for (const Span& part : parts) {
      at_ = part.first;
      const UChar32 c = CodePointAt(text_, part.first);
      if (IsSyllable(c)) {
        TakePartly(part, &Scan::TakeSyllables);
      } else if (NeedsDictionary(c)) {
        TakePartly(part, &Scan::TakeDictionaryWords);
      } else if (IsDigit(c)) {
        const absl::string_view digits = text_.substr(0, part.second);
        const std::optional<ScannedNumber> number = ScanNumber(digits, part.first, language_);
        if (number) Add(number->value, part, TokenKind::kNumber, false);
      } else {
        AddWord(part, is_handle ? TokenKind::kHandle : TokenKind::kWord, true);
      }
    }
    at_ = end;
  }

  // Takes until the part is done; a part is of one class of letters, not always of one script.
  void TakePartly(Span part, void (Scan::*take)()) {
    (this->*take)();
    while (at_ < part.second) Step();
  }

  bool IsNameAt(size_t begin, size_t end) const {
    size_t next;
    if (!IsUpper(CodePointAt(text_, begin, &next))) return false;
    if (!sentence_begins_) return true;
    return next < end && IsUpper(CodePointAt(text_, next));
  }

  void AddWord(Span span, TokenKind kind, bool is_name) {
    std::string folded = FoldWord(text_.substr(span.first, span.second - span.first));
    folded.erase(std::remove(folded.begin(), folded.end(), '.'), folded.end());  // "U.S"
    Add(std::move(folded), span, kind, is_name);
  }

  void Add(std::string folded, Span span, TokenKind kind, bool is_name) {
    if (folded.size() > kMaxWordBytes) {
      size_t size = kMaxWordBytes;
      while ((folded[size] & 0xc0) == 0x80) --size;
      folded.resize(size);
    }
    if (folded.empty()) return;
    Token token;
    const bool has_stem = kind == TokenKind::kWord || kind == TokenKind::kLink ||
                          (kind == TokenKind::kHandle && folded[0] != '@');
    token.stem = has_stem ? stemmers_.Stem(folded, language_) : folded;
    token.folded = std::move(folded);
    token.begin = static_cast<uint32_t>(span.first);
    token.end = static_cast<uint32_t>(span.second);
    token.position = position_++;
    token.kind = kind;
    token.is_name = is_name;
    words_ += kind == TokenKind::kWord;
    names_ += kind == TokenKind::kWord && is_name;
    tokens_.push_back(std::move(token));
  }

  // Where nearly every word has a capital, capitals tell nothing.
  void DropNamesOfTitles() {
    if (words_ < 4 || names_ * 5 < words_ * 3) return;
    for (Token& token : tokens_) token.is_name = false;
  }

  const absl::string_view text_;
  const std::string language_;
  Stemmers& stemmers_;
  WordBreaker& breaker_;
  size_t at_ = 0;
  uint32_t position_ = 0;
  bool sentence_begins_ = true;
  size_t words_ = 0;
  size_t names_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Analyzer::Analyze(absl::string_view text, absl::string_view language) {
  return AnalyzeAs(text, LanguageToReadBy(language, text));
}

std::vector<Token> Analyzer::AnalyzeAs(absl::string_view text, const std::string& language) {
  std::vector<Token> tokens = Scan(text, language, &stemmers_, &breaker_).Run();
  dates_.AddDates(text, language, &tokens);
  return tokens;
}

std::string Analyzer::Stem(absl::string_view folded, const std::string& language) {
  return stemmers_.Stem(folded, language);
}

}  // namespace headwater::search
