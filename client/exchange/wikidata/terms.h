// What the ids of Wikidata that turn up most are called in English. Statements name properties and
// items by id alone; with these a person can read most claims.
#ifndef HEADWATER_EXCHANGE_WIKIDATA_TERMS_H_
#define HEADWATER_EXCHANGE_WIKIDATA_TERMS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace headwater::exchange {

// The label of a property ("P569": "date of birth") or of an item that is often given as a source,
// a unit or a reservation ("Q328": "English Wikipedia"). Empty where it is not among these.
absl::string_view WikidataLabel(absl::string_view id);

// "date of birth (P569)", or "P12345" where the label is not known.
std::string WikidataTerm(absl::string_view id);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_WIKIDATA_TERMS_H_
