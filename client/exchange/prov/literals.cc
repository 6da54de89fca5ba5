#include "exchange/prov/literals.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace headwater::exchange {
namespace {

// Takes digits off the front: at least `least` of them, at most `most`.
bool TakeDigits(absl::string_view* text, size_t least, size_t most, int* number = nullptr) {
  size_t count = 0;
  while (count < text->size() && count < most && absl::ascii_isdigit((*text)[count])) ++count;
  if (count < least) return false;
  if (number != nullptr && !absl::SimpleAtoi(text->substr(0, count), number)) return false;
  text->remove_prefix(count);
  return true;
}

bool TakeYear(absl::string_view* text, int* year) {
  absl::ConsumePrefix(text, "-");
  return TakeDigits(text, 4, 9, year);
}

bool TakeMonth(absl::string_view* text, int* month) {
  return absl::ConsumePrefix(text, "-") && TakeDigits(text, 2, 2, month) && *month >= 1 &&
         *month <= 12;
}

bool TakeDate(absl::string_view* text) {
  int year = 0;
  int month = 0;
  int day = 0;
  return TakeYear(text, &year) && TakeMonth(text, &month) && absl::ConsumePrefix(text, "-") &&
         TakeDigits(text, 2, 2, &day) && day >= 1 &&
         absl::CivilDay(year, month, day).month() == month;
}

// A zone or nothing, and then the end.
bool EndsInZone(absl::string_view text) {
  if (text.empty() || text == "Z") return true;
  int hours = 0;
  int minutes = 0;
  return (text[0] == '+' || text[0] == '-') && absl::ConsumePrefix(&text, text.substr(0, 1)) &&
         TakeDigits(&text, 2, 2, &hours) && absl::ConsumePrefix(&text, ":") &&
         TakeDigits(&text, 2, 2, &minutes) && text.empty() && hours <= 14 && minutes <= 59;
}

bool TakeTime(absl::string_view* text) {
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!TakeDigits(text, 2, 2, &hours) || !absl::ConsumePrefix(text, ":") ||
      !TakeDigits(text, 2, 2, &minutes) || !absl::ConsumePrefix(text, ":") ||
      !TakeDigits(text, 2, 2, &seconds) || hours > 23 || minutes > 59 || seconds > 59) {
    return false;
  }
  return !absl::ConsumePrefix(text, ".") || TakeDigits(text, 1, 30);
}

bool IsWhole(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "-")) absl::ConsumePrefix(&text, "+");
  return TakeDigits(&text, 1, 1000) && text.empty();
}

bool IsDecimal(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "-")) absl::ConsumePrefix(&text, "+");
  const bool whole = TakeDigits(&text, 1, 1000);
  const bool fraction = absl::ConsumePrefix(&text, ".") && TakeDigits(&text, 1, 1000);
  return (whole || fraction) && (text.empty() || (whole && text == "."));
}

bool IsDouble(absl::string_view text) {
  double number = 0;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  });
  return text == "NaN" || text == "INF" || text == "-INF" ||
         (plain && absl::SimpleAtod(text, &number));
}

}  // namespace

bool IsXsdDateTime(absl::string_view text) {
  return TakeDate(&text) && absl::ConsumePrefix(&text, "T") && TakeTime(&text) && EndsInZone(text);
}

bool IsXsdLiteral(absl::string_view type, absl::string_view text) {
  int year = 0;
  int month = 0;
  if (type == "dateTime") return IsXsdDateTime(text);
  if (type == "date") return TakeDate(&text) && EndsInZone(text);
  if (type == "gYear") return TakeYear(&text, &year) && EndsInZone(text);
  if (type == "gYearMonth") {
    return TakeYear(&text, &year) && TakeMonth(&text, &month) && EndsInZone(text);
  }
  if (type == "boolean") return text == "true" || text == "false" || text == "1" || text == "0";
  if (type == "decimal") return IsDecimal(text);
  if (type == "double" || type == "float") return IsDouble(text);
  if (type == "anyURI") return !absl::StrContains(text, ' ');
  static constexpr absl::string_view kWhole[] = {"int",
                                                 "long",
                                                 "short",
                                                 "byte",
                                                 "integer",
                                                 "nonNegativeInteger",
                                                 "positiveInteger",
                                                 "unsignedInt",
                                                 "unsignedLong"};
  const bool whole = std::find(std::begin(kWhole), std::end(kWhole), type) != std::end(kWhole);
  return !whole || IsWhole(text);
}

bool IsProvPrefix(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-';
  });
}

bool IsProvLocalName(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
      continue;
    }
    if (absl::ascii_isspace(c) || absl::ascii_iscntrl(c) ||
        absl::StrContains("<>\"{}|^`=',;:[]()", absl::string_view(&c, 1))) {
      return false;
    }
  }
  return true;
}

}  // namespace headwater::exchange
