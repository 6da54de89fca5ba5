// Values of Wikidata's statements, qualifiers and references.
#ifndef HEADWATER_EXCHANGE_WIKIDATA_VALUES_H_
#define HEADWATER_EXCHANGE_WIKIDATA_VALUES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/json_text.h"

namespace headwater::exchange {

// What a value is.
enum class WikidataKind { kText, kEntity, kTime, kQuantity, kSomeValue, kNoValue };

struct WikidataValue {
  WikidataKind kind = WikidataKind::kText;
  // For people: "Q503473", "1952-10-07", "12.42 Q182429", "«Putin» (ru)", "unknown value".
  std::string text;
  std::string entity;               // of kEntity: "Q503473", "P569", "E10"
  std::optional<std::string> date;  // of kTime: in EDTF, where it can be said in that
  std::string amount;               // of kQuantity: in plain digits
  std::string unit;                 // of kQuantity: an item's id or label; empty for a bare number
};

// Reads a value: a string, or an object of one of Wikidata's sorts. INVALID_ARGUMENT for any other.
absl::StatusOr<WikidataValue> ReadWikidataValue(const Json& value);

// A point in time by Wikidata's precision (9 a year, 10 a month, 11 a day; 7 a century, 8 a decade
// as intervals) in EDTF. nullopt for coarser ones, for years of more than four digits, and for days
// and months of the Julian calendar, which EDTF does not know.
std::optional<std::string> WikidataDate(absl::string_view time, int precision,
                                        absl::string_view calendar);

// Whether a text is the id of an item, a property, a lexeme or a schema: "Q42", "P31", "E10".
bool IsWikidataId(absl::string_view text);

// "http://www.wikidata.org/entity/Q42".
std::string WikidataUri(absl::string_view id);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_WIKIDATA_VALUES_H_
