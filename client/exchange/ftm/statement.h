// Statements of FollowTheMoney, the data model of OpenSanctions and Aleph: each says one value of
// one property of one entity, and which dataset says so.
#ifndef HEADWATER_EXCHANGE_FTM_STATEMENT_H_
#define HEADWATER_EXCHANGE_FTM_STATEMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/json_text.h"

namespace headwater::exchange {

// The fields of a statement; empty where it has none. FollowTheMoney's null and its empty string
// are one here, as they are in its CSV.
struct FtmStatement {
  std::string
      canonical_id;  // of the entity that this one was found to be the same as; its own otherwise
  std::string entity_id;
  std::string prop;       // "name"; "id" for the one that says that the entity exists
  std::string prop_type;  // "name": in CSV only
  std::string schema;     // "Person"
  std::string value;
  std::string dataset;
  std::string origin;
  std::string lang;            // ISO 639-3
  std::string original_value;  // before it was normalized
  bool external =
      false;  // from a dataset that was only looked at, for more about entities of others
  std::string first_seen;
  std::string last_seen;
  std::string id;
};

// The id that FollowTheMoney (since 4.5) gives a statement: the SHA-1, in hexadecimal, of dataset,
// entity_id, prop and value joined by ".", then "@" and the language where there is one, then
// ".ext" where it is external.
std::string FtmStatementId(const FtmStatement& statement);

// The SHA-1 of these, one after another, in hexadecimal.
std::string Sha1Hex(const std::vector<absl::string_view>& parts);

// The columns of its CSV, in its order.
const std::vector<std::string>& FtmColumns();

// A field by its column's name; null for other columns, and for "external".
std::string* FtmField(absl::string_view column, FtmStatement* statement);

// As a row of CSV without its end: every field in quotes, as FollowTheMoney writes it.
std::string FtmCsvRow(const FtmStatement& statement);

// As JSON on one line, fields in FollowTheMoney's order, null for what is empty.
std::string FtmJsonLine(const FtmStatement& statement);

// Reads what FtmJsonLine writes; INVALID_ARGUMENT for what is no object.
absl::StatusOr<FtmStatement> FtmFromJson(const Json& json);

// Reads "external" as FollowTheMoney's CSV has it: t, true, 1, yes and y are true.
bool FtmTruth(absl::string_view text);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_STATEMENT_H_
