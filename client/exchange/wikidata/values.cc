#include "exchange/wikidata/values.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "exchange/dates.h"
#include "exchange/wikidata/terms.h"

namespace headwater::exchange {
namespace {

constexpr absl::string_view kEntities = "http://www.wikidata.org/entity/";
constexpr absl::string_view kGregorian = "http://www.wikidata.org/entity/Q1985727";

// A year of the common era in EDTF, which has a year 0: 44 BC is -0043.
std::string Year(int year) {
  return year < 0 ? absl::StrFormat("-%04d", -year) : absl::StrFormat("%04d", year);
}

absl::StatusOr<WikidataValue> ReadTime(const Json& value) {
  WikidataValue read;
  read.kind = WikidataKind::kTime;
  const std::string time = TextOf(Member(value, "time"));
  const Json* precision = Member(value, "precision");
  if (time.empty() || precision == nullptr || !precision->is_number_integer()) {
    return absl::InvalidArgumentError("a time has time and precision");
  }
  const int64_t steps = precision->get<int64_t>();
  read.date = WikidataDate(time, static_cast<int>(std::clamp<int64_t>(steps, 0, 14)),
                           TextOf(Member(value, "calendarmodel")));
  read.text = read.date.has_value() ? *read.date : absl::StrCat(time, ", precision ", steps);
  return read;
}

absl::StatusOr<WikidataValue> ReadQuantity(const Json& value) {
  WikidataValue read;
  read.kind = WikidataKind::kQuantity;
  const std::string amount = TextOf(Member(value, "amount"));
  absl::string_view digits = amount;
  absl::ConsumePrefix(&digits, "+");
  if (digits.empty()) return absl::InvalidArgumentError("a quantity has an amount");
  read.amount = std::string(digits);
  const std::string unit = TextOf(Member(value, "unit"));
  absl::string_view id = unit;
  if (unit != "1" && absl::ConsumePrefix(&id, kEntities)) {
    read.unit = WikidataLabel(id).empty() ? std::string(id) : std::string(WikidataLabel(id));
  }
  read.text = absl::StrCat(read.amount, read.unit.empty() ? "" : " ", read.unit);
  const std::string lower = TextOf(Member(value, "lowerBound"));
  const std::string upper = TextOf(Member(value, "upperBound"));
  if (!lower.empty() && !upper.empty()) {
    absl::StrAppend(&read.text, " (", absl::StripPrefix(lower, "+"), " to ",
                    absl::StripPrefix(upper, "+"), ")");
  }
  return read;
}

absl::StatusOr<WikidataValue> ReadEntity(const Json& value) {
  WikidataValue read;
  read.kind = WikidataKind::kEntity;
  read.entity = TextOf(Member(value, "id"));
  if (!IsWikidataId(read.entity)) return absl::InvalidArgumentError("an entity has an id");
  read.text = WikidataLabel(read.entity).empty() ? read.entity : WikidataTerm(read.entity);
  return read;
}

}  // namespace

absl::StatusOr<WikidataValue> ReadWikidataValue(const Json& value) {
  WikidataValue read;
  if (value.is_string()) {
    read.text = value.get<std::string>();
    return read;
  }
  if (!value.is_object()) {
    return absl::InvalidArgumentError("must be a string or an object of one of Wikidata's sorts");
  }
  const std::string snak = TextOf(Member(value, "snaktype"));
  if (snak == "somevalue" || snak == "novalue") {
    const bool some = snak == "somevalue";
    read.kind = some ? WikidataKind::kSomeValue : WikidataKind::kNoValue;
    read.text = some ? "unknown value" : "no value";
    return read;
  }
  if (Member(value, "time") != nullptr) return ReadTime(value);
  if (Member(value, "amount") != nullptr) return ReadQuantity(value);
  if (Member(value, "id") != nullptr) return ReadEntity(value);
  if (Member(value, "text") != nullptr && Member(value, "language") != nullptr) {
    read.text = absl::StrCat("«", TextOf(Member(value, "text")), "» (",
                             TextOf(Member(value, "language")), ")");
    return read;
  }
  if (Member(value, "latitude") != nullptr && Member(value, "longitude") != nullptr) {
    read.text =
        absl::StrCat(TextOf(Member(value, "latitude")), ", ", TextOf(Member(value, "longitude")));
    return read;
  }
  return absl::InvalidArgumentError("is of no sort that Wikidata has");
}

std::optional<std::string> WikidataDate(absl::string_view time, int precision,
                                        absl::string_view calendar) {
  const bool before = absl::ConsumePrefix(&time, "-");
  if (!before) absl::ConsumePrefix(&time, "+");
  const size_t digits = std::min(time.find('-'), time.size());
  int year = 0;
  if (digits > 4 || !absl::SimpleAtoi(time.substr(0, digits), &year)) return std::nullopt;
  if (before) year = 1 - year;
  std::optional<std::string> date;
  const absl::string_view rest = time.substr(digits);  // "-10-07T00:00:00Z"
  if (precision == 11 && rest.size() >= 6 && calendar == kGregorian) {
    date = absl::StrCat(Year(year), rest.substr(0, 6));
  } else if (precision == 10 && rest.size() >= 3 && calendar == kGregorian) {
    date = absl::StrCat(Year(year), rest.substr(0, 3));
  } else if (precision == 9) {
    date = Year(year);
  } else if (precision == 8 && year > 0) {
    const int first = year / 10 * 10;
    date = absl::StrCat(Year(first), "/", Year(first + 9));
  } else if (precision == 7 && year > 0) {
    const int first = (year - 1) / 100 * 100 + 1;
    date = absl::StrCat(Year(first), "/", Year(first + 99));
  }
  if (!date.has_value() || !IsEdtf(*date)) return std::nullopt;
  return date;
}

bool IsWikidataId(absl::string_view text) {
  return text.size() >= 2 && text.size() <= 20 && absl::StrContains("QPLE", text.substr(0, 1)) &&
         std::all_of(text.begin() + 1, text.end(), absl::ascii_isdigit);
}

std::string WikidataUri(absl::string_view id) { return absl::StrCat(kEntities, id); }

}  // namespace headwater::exchange
