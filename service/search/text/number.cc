#include "search/text/number.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/algorithm/container.h"
#include "search/text/decode.h"
#include "search/text/fold.h"
#include "search/text/number_words.h"

namespace headwater::search {
namespace {

constexpr size_t kMostDigits = 40;  // more is a serial number: it is cut
constexpr size_t kMostGroups = 12;
// Thai, and roughly all that is written without spaces, follows: a letter of it right behind a
// figure begins another word.
constexpr UChar32 kFirstWithoutSpaces = 0x0e00;

// Languages that write a comma before decimals.
bool HasDecimalComma(const std::string& language) {
  static constexpr std::array kLanguages = {
      "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr",
      "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn",
      "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi"};
  return absl::c_linear_search(kLanguages, language);
}

bool IsSpace(UChar32 c) { return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009; }

bool IsQuote(UChar32 c) { return c == '\'' || c == 0x2019; }

// The separator as what it may mean: ' ' and '\'' group only, '.' and ',' either; 0 for none.
char Separator(UChar32 c) {
  if (IsSpace(c)) return ' ';
  if (IsQuote(c) || c == 0x066c) return '\'';
  if (c == '.' || c == 0xff0e || c == 0x066b) return '.';
  if (c == ',' || c == 0xff0c) return ',';
  return 0;
}

struct Groups {
  std::vector<std::string> digits;
  std::string separators;    // one less than groups
  std::vector<size_t> ends;  // of each group
};

size_t TakeDigits(absl::string_view text, size_t at, std::string* digits) {
  size_t next;
  for (UChar32 c = CodePointAt(text, at, &next); at < text.size() && IsDigit(c);
       c = CodePointAt(text, at, &next)) {
    if (digits->size() < kMostDigits)
      digits->push_back(static_cast<char>('0' + u_charDigitValue(c)));
    at = next;
  }
  return at;
}

Groups TakeGroups(absl::string_view text, size_t at) {
  Groups groups;
  for (;;) {
    std::string digits;
    at = TakeDigits(text, at, &digits);
    groups.digits.push_back(std::move(digits));
    groups.ends.push_back(at);
    size_t next;
    const char separator = Separator(CodePointAt(text, at, &next));
    if (separator == 0 || !IsDigit(CodePointAt(text, next)) ||
        groups.digits.size() == kMostGroups) {
      return groups;
    }
    groups.separators.push_back(separator);
    at = next;
  }
}

// How many of the groups from the first on are thousands set apart by `separator`; 1 for none.
size_t Grouped(const Groups& groups, char separator) {
  if (groups.digits[0].size() > 3 || groups.digits[0] == "0") return 1;
  size_t count = 1;
  while (count < groups.digits.size() && groups.separators[count - 1] == separator &&
         groups.digits[count].size() == 3) {
    ++count;
  }
  // "1,00,000": hundreds of thousands in India.
  if (count == 1 && separator == ',') {
    size_t pairs = 1;
    while (pairs < groups.digits.size() && groups.separators[pairs - 1] == ',' &&
           groups.digits[pairs].size() == 2) {
      ++pairs;
    }
    if (pairs > 1 && pairs < groups.digits.size() && groups.separators[pairs - 1] == ',' &&
        groups.digits[pairs].size() == 3) {
      return pairs + 1;
    }
  }
  // Groups of three that go on with another length are a list, not a figure.
  if (separator != ' ' && count < groups.digits.size() &&
      groups.separators[count - 1] == separator) {
    return 1;
  }
  return count;
}

// A figure of groups [0, whole) and perhaps one of decimals.
struct Reading {
  size_t whole = 1;
  bool has_decimals = false;
};

bool IsAmbiguous(const Groups& groups) {
  return groups.digits[1].size() == 3 && groups.digits[0].size() <= 3 && groups.digits[0] != "0";
}

Reading Read(const Groups& groups, const std::string& language) {
  Reading reading;
  if (groups.separators.empty()) return reading;
  const char first = groups.separators[0];
  reading.whole = Grouped(groups, first);
  const bool may_be_decimal = first == '.' || first == ',';
  const bool is_alone = groups.separators.size() == 1 || groups.separators[1] != first;
  if (may_be_decimal && is_alone) {
    const bool decimal_here = (first == ',') == HasDecimalComma(language);
    if (!IsAmbiguous(groups) || (decimal_here && groups.separators.size() == 1)) {
      reading.whole = 1;
      reading.has_decimals = true;
      return reading;
    }
  }
  if (reading.whole == 1) return reading;
  if (reading.whole < groups.digits.size()) {
    const char then = groups.separators[reading.whole - 1];
    const bool last =
        groups.separators.size() == reading.whole || groups.separators[reading.whole] != then;
    reading.has_decimals = (then == '.' || then == ',') && then != first && last;
  }
  return reading;
}

std::string Plain(const std::string& whole, std::string decimals, int zeros) {
  std::string digits = whole;
  for (; zeros > 0; --zeros) {
    digits.push_back(decimals.empty() ? '0' : decimals.front());
    if (!decimals.empty()) decimals.erase(0, 1);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) digits = "0";
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? digits : digits + "." + decimals;
}

// The word behind optional spaces or a hyphen at `at`, and in `*end` where it ends.
absl::string_view WordBehind(absl::string_view text, size_t at, size_t* end) {
  size_t next;
  UChar32 c = CodePointAt(text, at, &next);
  for (int i = 0; i < 2 && at < text.size() && (IsSpace(c) || c == '-'); ++i) {
    at = next;
    c = CodePointAt(text, at, &next);
  }
  const size_t begin = at;
  while (at < text.size() && (IsLetter(c) || IsMarkOrJoiner(c))) {
    at = next;
    c = CodePointAt(text, at, &next);
  }
  *end = at;
  return text.substr(begin, at - begin);
}

bool IsMoneyBefore(absl::string_view text, size_t at) {
  if (at > 0 && text[at - 1] == '$') return true;
  const absl::string_view before = text.substr(0, at);
  for (const absl::string_view sign : {"€", "£", "¥", "₫", "₹", "₽"}) {
    if (before.size() >= sign.size() && before.substr(before.size() - sign.size()) == sign) {
      return true;
    }
  }
  return false;
}

bool IsOrdinal(absl::string_view letters) {
  return letters == "st" || letters == "nd" || letters == "rd" || letters == "th";
}

// Up to two multipliers behind `at`: "nghìn tỷ", "百万". Moves `*at` past them.
int TakeZeros(absl::string_view text, const std::string& language, size_t* at) {
  int zeros = 0;
  for (int i = 0; i < 2; ++i) {
    size_t size = 0;
    int more = ZerosOfIdeograph(text.substr(*at), &size);
    size_t end = *at + size;
    if (more == 0) {
      const absl::string_view word = WordBehind(text, *at, &end);
      if (word.empty() || word.size() > 40) break;
      more = ZerosOf(FoldWord(word), language);
    }
    if (more == 0 || zeros + more > 15) break;
    zeros += more;
    *at = end;
  }
  return zeros;
}

size_t PercentEnd(absl::string_view text, size_t at) {
  size_t sign = at;
  size_t next;
  UChar32 c = CodePointAt(text, sign, &next);
  if (IsSpace(c)) {
    sign = next;
    c = CodePointAt(text, sign, &next);
  }
  if (c == '%' || c == 0x066a || c == 0xff05) return next;
  size_t end;
  const absl::string_view word = WordBehind(text, at, &end);
  if (word.empty() || word.size() > 40) return at;
  const std::string folded = FoldWord(word);
  if (IsPercent(folded)) return end;
  size_t second_end;
  const absl::string_view second = WordBehind(text, end, &second_end);
  if (second.empty() || second.size() > 40) return at;
  return IsPercent(folded + " " + FoldWord(second)) ? second_end : at;
}

}  // namespace

std::optional<ScannedNumber> ScanNumber(absl::string_view text, size_t at,
                                        const std::string& language) {
  const Groups groups = TakeGroups(text, at);
  const Reading reading = Read(groups, language);
  const size_t last = reading.whole - (reading.has_decimals ? 0 : 1);
  size_t end = groups.ends[last];
  std::string whole;
  for (size_t i = 0; i < reading.whole; ++i) whole += groups.digits[i];
  const std::string decimals = reading.has_decimals ? groups.digits[reading.whole] : "";

  ScannedNumber number;
  int zeros = 0;
  const UChar32 behind = CodePointAt(text, end);
  if (IsLetter(behind) && behind < kFirstWithoutSpaces) {
    size_t letters_end;
    const absl::string_view letters = WordBehind(text, end, &letters_end);
    zeros = ZerosOfSuffix(letters, IsMoneyBefore(text, at), language);
    if (zeros == 0) zeros = ZerosOf(FoldWord(letters.substr(0, 40)), language);
    const bool is_cut = IsDigit(CodePointAt(text, letters_end));
    if (is_cut || (zeros == 0 && !IsOrdinal(letters))) return std::nullopt;
    end = letters_end;
  } else {
    zeros = TakeZeros(text, language, &end);
  }
  number.value = Plain(whole, decimals, zeros);
  number.end = end;
  number.percent_end = PercentEnd(text, end);
  return number;
}

}  // namespace headwater::search
