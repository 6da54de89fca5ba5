// Statements of FollowTheMoney as records. What Headwater wrote (ftm_entities.h) becomes what it
// was. Of others':
//
//   dataset        a source (DATA_PROVIDER) and a document, published by it: that is who says what
//   follows, and where entity that can speak (Person, Company, Organization, PublicBody,
//   LegalEntity, UserAccount)
//                  a source; what names it (name, alias, website, wikidataId, …) is in its fields
//   document (Article, HyperText, Pages, …)
//                  a document, published by the dataset; what describes it (title, author,
//                  publishedAt, …) is in its fields
//   every other statement of an entity with a name
//                  a claim, "Ivan Putin – birth date: 2015", about the entity and one that it leads
//                  to, and an attribution: the dataset ASSERTS it, since first_seen. Datasets that
//                  say the same of an entity (by its canonical_id) attribute the same claim
//   entity without a name (Directorship, Ownership, Family, Sanction, …)
//                  one claim of all its statements, since none makes sense alone; an attribution
//                  for each dataset
// Each statement is kept in `original`: with its claim's attribution, or with the source, document
// or claim that it went into. Entities that name no name are called by their id.
#ifndef HEADWATER_EXCHANGE_FTM_READER_H_
#define HEADWATER_EXCHANGE_FTM_READER_H_

#include <memory>

#include "exchange/input.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// A reader of statements, CSV or JSON lines. A row is a statement; rows come entity by entity, in
// the order in which entities first stand in the file, and a row whose statement went into another
// row's records has none. The first Next reads the whole input and puts the rows by in a temporary
// file, since statements of an entity may stand apart and names of others are needed. Memory: some
// 50 bytes for each statement, 30 for each entity, and what the largest entity needs; one with more
// than kMaxRow bytes of statements is rejected.
std::unique_ptr<Reader> NewFtmReader(std::unique_ptr<Input> input);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_READER_H_
