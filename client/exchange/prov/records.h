// What becomes of one thing of a PROV-JSON document; prov_reader.h says what.
#ifndef HEADWATER_EXCHANGE_PROV_RECORDS_H_
#define HEADWATER_EXCHANGE_PROV_RECORDS_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "exchange/prov/thing.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// Whether Headwater wrote it.
bool IsOurs(const ProvThing& thing);

// Adds the record that a thing of ours was, or rejects the row.
void AddOurRecord(const ProvThing& thing, Row* row);

// Whether the document describes that id, in its own prefixes, as an entity, or as an agent.
using ProvDescribed = std::function<bool(absl::string_view id, absl::string_view section)>;

// Adds what a thing of others becomes, and sources that it needs and that the document does not
// describe; or rejects the row. Row::raw must be set.
void AddForeignRecords(const ProvThing& thing, const ProvNames& names,
                       const ProvDescribed& described, Row* row);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_RECORDS_H_
