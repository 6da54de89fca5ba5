#include "exchange/csv/mapping.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "exchange/fields.h"
#include "exchange/fit_value.h"
#include "exchange/json_text.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("the mapping: ", where, " ", what));
}

// INVALID_ARGUMENT where the object has another member than these.
absl::Status CheckMembers(const Json& object, absl::string_view where,
                          const std::set<std::string>& known) {
  if (!object.is_object()) return Wrong(where, "is no object");
  for (const auto& [name, value] : object.items()) {
    if (!known.contains(name)) {
      return Wrong(where,
                   absl::StrCat("has \"", name, "\"; it may have ", absl::StrJoin(known, ", ")));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<CsvMapping::Value> ParseValue(const Json& json, const std::string& where) {
  CsvMapping::Value value;
  if (json.is_string()) {
    value.column = json.get<std::string>();
    return value;
  }
  absl::Status status = CheckMembers(
      json, where, {"column", "constant", "record", "list", "values", "month_first", "html"});
  if (!status.ok()) return status;
  value.column = TextOf(json, {"column"});
  value.constant = TextOf(json, {"constant"});
  value.record = TextOf(json, {"record"});
  value.list = TextOf(json, {"list"});
  value.month_first = TextOf(json, {"month_first"}) == "true";
  value.html = TextOf(json, {"html"}) == "true";
  if (const Json* values = Member(json, "values"); values != nullptr && values->is_object()) {
    for (const auto& [from, to] : values->items()) value.values[from] = TextOf(&to);
  }
  if (value.column.empty() + value.constant.empty() + value.record.empty() != 2) {
    return Wrong(where, "needs one of column, constant and record");
  }
  return value;
}

absl::Status ParseKey(const Json& json, const std::string& where, CsvMapping::Record* record) {
  record->id_column = TextOf(json, {"id"});
  record->id_prefix = TextOf(json, {"id_prefix"});
  const Json* key = Member(json, "key");
  if (key == nullptr) return absl::OkStatus();
  if (key->is_array()) {
    for (const Json* column : ItemsOf(key)) record->key_columns.push_back(TextOf(column));
    return absl::OkStatus();
  }
  record->key = TextOf(key);
  if (record->key != "domain" && record->key != "name" && record->key != "uri" &&
      record->key != "text") {
    return Wrong(where, "has a key that is not domain, name, uri, text or a list of columns");
  }
  return absl::OkStatus();
}

absl::StatusOr<CsvMapping::Record> ParseOne(const Json& json, const std::string& where,
                                            const std::set<std::string>& words) {
  absl::Status status =
      CheckMembers(json, where, {"kind", "as", "if", "key", "id", "id_prefix", "of", "fields"});
  if (!status.ok()) return status;
  CsvMapping::Record record;
  record.kind = FindKind(TextOf(json, {"kind"}));
  if (record.kind == nullptr) {
    return Wrong(where, "needs a kind: source, document, claim, attribution, relation or review");
  }
  record.as = TextOf(json, {"as"});
  record.only_if = TextOf(json, {"if"});
  record.of = TextOf(json, {"of"});
  if (record.kind->in_claim && !words.contains(record.of)) {
    return Wrong(where, "needs \"of\": the word of a claim made before it");
  }
  if (status = ParseKey(json, where, &record); !status.ok()) return status;
  const Json* fields = Member(json, "fields");
  if (fields == nullptr || !fields->is_object()) return Wrong(where, "has no fields");
  for (const auto& [path, value] : fields->items()) {
    const std::string at = absl::StrCat(where, ".", path);
    bool list;
    if (FieldAt(record.kind->resource(), path, &list) == nullptr) {
      return Wrong(at, absl::StrCat("is no field of a ", record.kind->word));
    }
    absl::StatusOr<CsvMapping::Value> parsed = ParseValue(value, at);
    if (!parsed.ok()) return parsed.status();
    if (!parsed->record.empty() && !words.contains(parsed->record)) {
      return Wrong(at,
                   absl::StrCat("refers to \"", parsed->record, "\", which is not made before"));
    }
    record.fields.emplace_back(path, *std::move(parsed));
  }
  return record;
}

// "Published Date" is "published_date".
std::string PathOf(absl::string_view column) {
  std::string path = absl::AsciiStrToLower(Collapsed(ToUtf8(column)));
  std::replace(path.begin(), path.end(), ' ', '_');
  return path;
}

// The mapping of the columns that are fields of the kind; nullopt where it lacks one it needs.
std::optional<CsvMapping::Record> RecordOfHeader(const std::vector<std::string>& header,
                                                 const Kind& kind, absl::string_view language) {
  CsvMapping::Record record;
  record.kind = &kind;
  std::set<std::string> paths;
  for (const std::string& column : header) {
    const std::string path = PathOf(column);
    bool list;
    const FieldDescriptor* field = FieldAt(kind.resource(), path, &list);
    if (field == nullptr || IsServerMade(*field) || !paths.insert(path).second) continue;
    CsvMapping::Value value;
    value.column = column;
    record.fields.emplace_back(path, std::move(value));
  }
  if (kind.word == "claim") {
    CsvMapping::Value value;
    value.constant = "FACT";
    if (paths.insert("nature").second) record.fields.emplace_back("nature", value);
    value.constant = FitLanguage(language).value_or("und");
    if (paths.insert("language").second) record.fields.emplace_back("language", value);
  }
  for (int i = 0; i < kind.resource().field_count(); ++i) {
    const FieldDescriptor& field = *kind.resource().field(i);
    if (RuleOf(field).required() && !paths.contains(field.name())) return std::nullopt;
  }
  const bool has_claim = std::any_of(header.begin(), header.end(), [](const std::string& column) {
    return PathOf(column) == "claim";
  });
  if (kind.in_claim && !has_claim && !paths.contains("name")) return std::nullopt;
  return record;
}

}  // namespace

const FieldDescriptor* FieldAt(const Descriptor& type, absl::string_view path, bool* is_list) {
  *is_list = false;
  const Descriptor* at = &type;
  const FieldDescriptor* field = nullptr;
  for (absl::string_view part : absl::StrSplit(path, '.')) {
    if (at == nullptr) return nullptr;
    field = at->FindFieldByName(std::string(part.data(), part.size()));
    // What the server makes, and what the reader itself fills in, is not to be mapped.
    if (field == nullptr || IsServerMade(*field) || field->name() == "original") return nullptr;
    if (field->is_repeated() && *is_list) return nullptr;  // a list in a list
    *is_list = *is_list || field->is_repeated();
    at = field->message_type();
    // A Timestamp is a value.
    if (at != nullptr && at->file()->package() == "google.protobuf") at = nullptr;
  }
  if (at != nullptr) return nullptr;
  const bool text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return !*is_list || text ? field : nullptr;
}

absl::StatusOr<CsvMapping> ParseCsvMapping(absl::string_view text) {
  const absl::StatusOr<Json> json = ParseJson(text);
  if (!json.ok()) return Wrong("it", absl::StrCat("is no JSON: ", json.status().message()));
  absl::Status status = CheckMembers(*json, "it", {"format", "delimiter", "columns", "records"});
  if (!status.ok()) return status;
  CsvMapping mapping;
  if (const std::string format = TextOf(*json, {"format"}); !format.empty()) {
    mapping.format = FitId(format).value_or("csv");
  }
  // A tab says nothing to TextOf.
  const Json* delimiter = Member(*json, "delimiter");
  if (delimiter != nullptr) {
    if (!delimiter->is_string() || delimiter->get_ref<const std::string&>().size() != 1 ||
        absl::StrContains("\"\r\n", delimiter->get_ref<const std::string&>())) {
      return Wrong("delimiter", "is not one character, and no quotation mark or line end");
    }
    mapping.delimiter = delimiter->get_ref<const std::string&>().front();
  }
  for (const Json* column : ItemsOf(Member(*json, "columns"))) {
    mapping.columns.push_back(TextOf(column));
  }
  std::set<std::string> words;
  for (const Json* one : ItemsOf(Member(*json, "records"))) {
    const std::string where = absl::StrCat("records[", mapping.records.size(), "]");
    absl::StatusOr<CsvMapping::Record> record = ParseOne(*one, where, words);
    if (!record.ok()) return record.status();
    if (!record->as.empty()) words.insert(record->as);
    mapping.records.push_back(*std::move(record));
  }
  if (mapping.records.empty()) return Wrong("it", "has no records");
  return mapping;
}

absl::StatusOr<CsvMapping> MappingOfHeader(const std::vector<std::string>& header,
                                           absl::string_view language) {
  CsvMapping mapping;
  for (const Kind& kind : Kinds()) {
    std::optional<CsvMapping::Record> record = RecordOfHeader(header, kind, language);
    if (!record) continue;
    if (mapping.records.empty() || record->fields.size() > mapping.records[0].fields.size()) {
      mapping.records = {*std::move(record)};
    }
  }
  if (!mapping.records.empty()) return mapping;
  return absl::InvalidArgumentError(absl::StrCat(
      "the columns (", Shortened(Collapsed(ToUtf8(absl::StrJoin(header, ", "))), 300),
      ") are not named as what a source, document, claim, attribution, relation or review needs "
      "(a claim: text; a source: display_name and kind); say what they mean in a mapping file"));
}

}  // namespace headwater::exchange
