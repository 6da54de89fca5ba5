// Statements of Wikidata, one in JSON a line (or the items of one array):
//   {"entity": "Q7747", "label": "Vladimir Putin", "property": "P569", "statement_id": "Q7747$…",
//    "rank": "normal", "value": …, "datatype": "time", "qualifiers": {"P…": […]},
//    "references": [{"P854": ["https://…"], …}]}
//
// Each statement becomes
//   a claim        claims/wikidata-{statement id}; its text names entity, property, value and
//   qualifiers, by label
//                  where those are known here; about the entity, and the item that is the value;
//                  its dates from start time, end time, point in time, or a value that is a time; a
//                  quantity from one that is
//   an attribution by Wikidata, told on the entity's page. Rank normal and preferred: ASSERTS.
//                  Deprecated: DOUBTS, since Wikidata keeps the statement on record but does not
//                  stand behind it; it is no withdrawal, since nothing says that Wikidata ever did.
//                  The reason is in the note. What the statement is said to be ("presumably",
//                  "disputed") is a hedge
//   an attribution by each reference that leads to a page (reference URL, archive URL, import URL):
//   the item that
//                  it is "stated in", or else whoever publishes the page, ASSERTS, as told in the
//                  document there. Nobody has looked whether the page says so: its basis is not
//                  recorded, and its note says whence it comes. Wikidata's attribution cites it,
//                  for ASSERTS
//   a bare citation of the item that it is "stated in" or "imported from", where a reference names
//   no page
// References behind the first thousand that lead somewhere are not gone through.
// Tags: rank-preferred, rank-deprecated, some-value, no-value. References that name neither page
// nor source
// ("based on heuristic"), and all else, are in the claim's `original`: the whole statement stands
// there.
#ifndef HEADWATER_EXCHANGE_WIKIDATA_READER_H_
#define HEADWATER_EXCHANGE_WIKIDATA_READER_H_

#include <memory>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// A reader of such a file. A row is a statement.
std::unique_ptr<Reader> NewWikidataReader(std::unique_ptr<Input> input);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_WIKIDATA_READER_H_
