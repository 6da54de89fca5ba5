// What a record is among FollowTheMoney's entities.
//
//   source        Person; PublicBody for a GOVERNMENT; UserAccount for a SOCIAL_ACCOUNT; Document
//   for EVIDENCE; LegalEntity
//                 for an ANONYMOUS one (FollowTheMoney's word where it is not known who it is);
//                 else Organization. name, alias (with languages), country, website, wikidataId,
//                 sourceUrl, notes. part_of and owner are UnknownLinks of their own, role "part of"
//                 and "owned by"
//   document      Article: title, author, publisher, sourceUrl, language, publishedAt, retrievedAt,
//   notes; an UnknownLink to its
//                 publisher, role "published by"
//   claim         Note: name (its beginning) and description in all languages, namesMentioned,
//   keywords (tags), notes attribution   UnknownLink from source to claim: role (the stance), proof
//   (the document), date or startDate and endDate, summary
//                 (the quote), description (remarks), recordId (the ids of the attributions that it
//                 cites)
//   relation      UnknownLink from claim to claim: role (the kind), status in summary
//   review        UnknownLink from author to claim: role "reviewed", summary (the verdict),
//   description (title), sourceUrl, date
//
// FollowTheMoney's mentions are names that a program found in a document, and so no home for
// attributions. What fits nowhere (basis, hedges, terms, texts of documents, …) has its home in the
// id statement: its original_value is the whole record in native JSON, which FollowTheMoney carries
// along and our reader takes up again.
//
// An entity's id is its record's name, hyphenated, its words of kind with capitals, as no id has
// them: "Claim-x-Attribution-ft". No dots: Aleph takes what follows the last one for a signature.
#ifndef HEADWATER_EXCHANGE_FTM_ENTITIES_H_
#define HEADWATER_EXCHANGE_FTM_ENTITIES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "exchange/ftm/statement.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

// The entity's id of a record's name: "sources/ft" is "Source-ft". Any other text comes back as it
// is.
std::string FtmEntityId(absl::string_view name);

// The type of a property that these entities have: "date". "string" for any other.
absl::string_view FtmPropType(absl::string_view prop);

// What a source is called, by its name.
using FtmNames = std::function<std::string(absl::string_view source)>;

// The statements of the record's entity, and of links that go with it. Ids are set; each entity's
// id statement is its last. Empty for a record without a resource.
std::vector<FtmStatement> FtmStatementsOf(const v1::Record& record, absl::string_view dataset,
                                          const FtmNames& names);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_ENTITIES_H_
