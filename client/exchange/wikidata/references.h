// References of Wikidata's statements.
#ifndef HEADWATER_EXCHANGE_WIKIDATA_REFERENCES_H_
#define HEADWATER_EXCHANGE_WIKIDATA_REFERENCES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "exchange/json_text.h"
#include "exchange/row_builder.h"
#include "headwater/v1/attribution.pb.h"

namespace headwater::exchange {

// The most that an attribution cites, by its rules.
inline constexpr int kMaxWikidataCitations = 1000;

// Adds the source that a Wikidata item is, known by its id, and returns its name.
std::string AddSourceOfItem(RowBuilder* builder, absl::string_view item);

// Adds what a reference leads to, and a citation of it to `attribution`, at most one of each;
// wikidata_reader.h says what. Nothing where it leads nowhere.
void AddWikidataReference(const Json& reference, const std::string& claim_name, RowBuilder* builder,
                          v1::Attribution* attribution);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_WIKIDATA_REFERENCES_H_
