// What the columns of a CSV mean.
//
// A mapping file is a JSON object:
//
//   {"format": "perennial-sources",          a word for original.format; "csv" if left out
//    "delimiter": ";",                       if left out, the one that the header speaks for
//    "columns": ["id", "name"],              for a file without a header
//    "records": [                            what each row makes, in an order in which a record
//      {"kind": "source",                      refers to earlier ones only
//       "as": "outlet",                      a word by which later ones refer to it
//       "if": "name",                        made only where this column says something
//       "key": "name",                       by what it is known, see below
//       "of": "claim",                       for attributions, relations and reviews: the word of
//                                              their claim
//       "fields": {                          field (as in a field mask) → value
//         "display_name": "name",              a column
//         "kind": {"constant": "NEWS_OUTLET"},
//         "publisher": {"record": "outlet"},   the name of another record of the row
//         "domains": {"column": "urls", "list": "json"},
//         "published_date": {"column": "date", "month_first": true},
//         "note": {"column": "info", "html": true},
//         "reliability.grade": {"column": "status", "values": {"good": "B"}}}}]}
//
// "list" says how a cell holds several: "json" for an array, or what stands between them; for
// fields that are lists and where it is left out, an array where it begins with "[", else ";".
// "values" puts others in the place of values; one that is not in it is kept beside the record.
// "key" is "domain", "name", "uri", "text" or a list of columns; if left out, what ids.h says, of
// whatever is filled in; "id" instead of it names the column whose value is the id, behind
// "id_prefix" if there is one. Columns of which a mapping says nothing are kept in original.values.
#ifndef HEADWATER_EXCHANGE_CSV_MAPPING_H_
#define HEADWATER_EXCHANGE_CSV_MAPPING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "exchange/kinds.h"

namespace headwater::exchange {

struct CsvMapping {
  struct Value {
    std::string column;    // or
    std::string constant;  // or
    std::string record;
    std::string list;
    std::map<std::string, std::string> values;
    bool month_first = false;
    bool html = false;
  };
  struct Record {
    const Kind* kind = nullptr;
    std::string as;
    std::string only_if;
    std::string key;
    std::vector<std::string> key_columns;
    std::string id_column;
    std::string id_prefix;
    std::string of;
    std::vector<std::pair<std::string, Value>> fields;
  };
  std::string format = "csv";
  char delimiter = 0;
  std::vector<std::string> columns;
  std::vector<Record> records;
};

// Reads a mapping file; INVALID_ARGUMENT says where it is wrong: no JSON, a member or field that
// does not exist, a record that is referred to before it is made.
absl::StatusOr<CsvMapping> ParseCsvMapping(absl::string_view text);

// The mapping of a header whose columns are named as the fields of one kind ("text", "language",
// "rating.value"; also "Published Date"). The kind is the one that most columns belong to. A column
// "name" holds full names; for what belongs to a claim, "claim" holds the claim's. Of a claim,
// nature is a FACT and language `language` where no column says it. INVALID_ARGUMENT where no kind
// has all the fields that it needs.
absl::StatusOr<CsvMapping> MappingOfHeader(const std::vector<std::string>& header,
                                           absl::string_view language);

// The field at a path, through messages; null where there is none. `*is_list` says whether there is
// a list on the way: of strings alone, or of messages of which the field is a string. Fields that
// the server makes, and `original`, are none.
const google::protobuf::FieldDescriptor* FieldAt(const google::protobuf::Descriptor& type,
                                                 absl::string_view path, bool* is_list);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_CSV_MAPPING_H_
