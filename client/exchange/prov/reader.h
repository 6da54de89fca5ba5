// W3C PROV-JSON: what Headwater wrote, and what others did.
//
// What Headwater wrote becomes what it was (terms.h). Of others' documents:
//   agent         a source: prov:Person a PERSON, prov:Organization an ORGANIZATION,
//                 prov:SoftwareAgent a DATA_PROVIDER, any other an ORGANIZATION, which the note
//                 says. It is called by its prov:label (foaf:name, …), or else by its local name
//   entity        a document, published by the agent that it is attributed to, or else by one
//                 associated with the activity that generated it. An entity that no agent answers
//                 for is rejected
//   wasDerivedFrom   derived_from: VERBATIM for prov:Quotation, else ADAPTED. The first one that
//                 leads to an entity described there; the others stay in `original`
//   actedOnBehalfOf  part_of
//   time of wasGeneratedBy   published_date, in want of dcterms:issued and the like
//   activity, relations of what is not described   rejected: Headwater records who said what, not
//                 how files were made
// The whole statement and its relations are kept in `original`.
#ifndef HEADWATER_EXCHANGE_PROV_READER_H_
#define HEADWATER_EXCHANGE_PROV_READER_H_

#include <memory>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// A reader of PROV-JSON. A row is a thing that is described (one id, however many statements it
// has) together with all relations told of it, as a PROV-JSON document of its own in Row::raw; rows
// are numbered by where the thing first stands among the statements. Since an entity's relations
// stand in other sections, the first Next reads the whole input and puts the statements by in a
// temporary file; memory is some 40 bytes for each statement and what the largest thing and its
// relations need.
std::unique_ptr<Reader> NewProvReader(std::unique_ptr<Input> input);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_PROV_READER_H_
