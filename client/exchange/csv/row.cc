#include "exchange/csv/row.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "exchange/fields.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/json_text.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kMostValues = 1000;  // in a cell: more than any list takes

// What a cell holds: several where it is a list.
std::vector<std::string> ValuesIn(const std::string& cell, const std::string& list, bool is_list) {
  const bool json =
      list == "json" || (list.empty() && is_list && absl::StartsWith(Trimmed(ToUtf8(cell)), "["));
  if (json) {
    const absl::StatusOr<Json> parsed = ParseJson(cell);
    // What is no array after all is one value, and kept as it is where it does not fit.
    if (!parsed.ok()) return {cell};
    std::vector<std::string> values;
    for (const Json* item : ItemsOf(&*parsed)) values.push_back(TextOf(item));
    return values;
  }
  if (list.empty() && !is_list) return {cell};
  return absl::StrSplit(cell, absl::MaxSplits(list.empty() ? ";" : list, kMostValues));
}

absl::Status CheckReferences(const Message& resource) {
  std::vector<const FieldDescriptor*> fields;
  resource.GetReflection()->ListFields(resource, &fields);
  for (const FieldDescriptor* field : fields) {
    const v1::FieldRule& rule = RuleOf(*field);
    if (rule.reference_size() == 0 || field->is_repeated()) continue;
    const std::string name = resource.GetReflection()->GetString(resource, field);
    const Kind* kind = KindOfName(name);
    if (kind == nullptr || kind->type != rule.reference(0)) {
      return absl::InvalidArgumentError(absl::StrCat(
          field->name(), " is \"", name, "\", which is no name of a ", rule.reference(0)));
    }
  }
  return absl::OkStatus();
}

std::string StringOf(const Message& resource, const char* field) {
  return resource.GetReflection()->GetString(resource,
                                             resource.GetDescriptor()->FindFieldByName(field));
}

std::string SourceName(const std::string& key, const v1::Source& source) {
  if (key != "name" && source.domains_size() > 0) return SourceNameOfDomain(source.domains(0));
  return SourceNameOfName(source.display_name());
}

std::string DocumentName(const v1::Document& document) {
  if (!document.uri().empty()) return DocumentNameOf(document.uri());
  return absl::StrCat("documents/",
                      MakeId("document-title", {document.publisher(), TextKey(document.title())},
                             FoldedBare(document.title())));
}

}  // namespace

CsvRow::CsvRow(const CsvMapping& mapping, const std::vector<std::string>& header,
               const CsvRecord& record)
    : mapping_(mapping), record_(record) {
  for (size_t i = 0; i < header.size(); ++i) cells_.emplace(header[i], &record.fields[i]);
}

std::string CsvRow::Cell(const std::string& column) const {
  const auto cell = cells_.find(column);
  return cell == cells_.end() ? std::string() : *cell->second;
}

void CsvRow::Convert(Row* row) {
  for (const CsvMapping::Record& mapped : mapping_.records) {
    if (!mapped.only_if.empty() && Trimmed(ToUtf8(Cell(mapped.only_if))).empty()) continue;
    if (!Make(mapped, row)) return;
  }
}

bool CsvRow::Make(const CsvMapping::Record& mapped, Row* row) {
  v1::Record record;
  Message* resource = MutableResourceIn(&record, *mapped.kind);
  Fitter fitter(resource, mapping_.format);
  if (row->records.empty()) {
    fitter.KeepRecord(record_.raw);
    KeepUnmapped(&fitter);
  }
  Fill(mapped, resource, &fitter);
  fitter.DropIncomplete();
  absl::Status status = CheckRules(*resource);
  if (status.ok()) status = CheckReferences(*resource);
  if (!status.ok()) {
    const std::string what(status.message());
    const std::string field = what.substr(0, what.find(' '));
    const bool missing = absl::EndsWith(what, "is missing");
    row->Reject(missing ? absl::StrCat(field, " is missing") : "a value does not fit", field,
                absl::StrCat(mapped.kind->word, ".", what));
    return false;
  }
  const std::string name = NameFor(mapped, *resource);
  if (KindOfName(name) != mapped.kind) {
    row->Reject("no name", "name",
                absl::StrCat("\"", name, "\" is no name of a ", mapped.kind->type));
    return false;
  }
  resource->GetReflection()->SetString(resource, resource->GetDescriptor()->FindFieldByName("name"),
                                       name);
  if (!mapped.as.empty()) names_[mapped.as] = name;
  row->records.push_back(std::move(record));
  return true;
}

void CsvRow::Fill(const CsvMapping::Record& mapped, Message* resource, Fitter* fitter) {
  for (const auto& [path, value] : mapped.fields) {
    bool is_list;
    FieldAt(mapped.kind->resource(), path, &is_list);
    FillField(path, value, is_list, fitter);
  }
}

void CsvRow::FillField(const std::string& path, const CsvMapping::Value& value, bool is_list,
                       Fitter* fitter) {
  if (!value.record.empty()) {
    const auto name = names_.find(value.record);
    if (name == names_.end()) return;
    is_list ? fitter->Add(path, name->second) : fitter->Set(path, name->second);
    return;
  }
  if (!value.constant.empty()) {
    is_list ? fitter->Add(path, value.constant) : fitter->Set(path, value.constant);
    return;
  }
  const DayOrder order = value.month_first ? DayOrder::kMonthFirst : DayOrder::kDayFirst;
  bool set = false;
  for (std::string one : ValuesIn(Cell(value.column), value.list, is_list)) {
    if (!value.values.empty()) {
      const auto other = value.values.find(one);
      fitter->Keep(path, one);
      if (other == value.values.end()) continue;
      one = other->second;
    }
    if (value.html) one = HtmlToText(ToUtf8(one));
    if (is_list) {
      fitter->Add(path, one);
    } else if (set) {
      fitter->Keep(path, one);
    } else {
      set = fitter->Set(path, one, order);
    }
  }
}

std::string CsvRow::NameFor(const CsvMapping::Record& mapped, const Message& resource) const {
  const std::string given = StringOf(resource, "name");
  if (!given.empty()) return given;
  std::string claim;
  if (mapped.kind->in_claim) {
    const auto made = names_.find(mapped.of);
    claim = made == names_.end() ? Cell("claim") : made->second;
  }
  const std::string parent =
      absl::StrCat(claim, claim.empty() ? "" : "/", mapped.kind->collection, "/");
  if (!mapped.id_column.empty()) {
    return absl::StrCat(parent,
                        FitId(absl::StrCat(mapped.id_prefix, Cell(mapped.id_column))).value_or(""));
  }
  if (!mapped.key_columns.empty()) {
    std::vector<std::string> cells;
    for (const std::string& column : mapped.key_columns) cells.push_back(NameKey(Cell(column)));
    return absl::StrCat(parent, MakeId(absl::StrCat(mapping_.format, "-", mapped.kind->word),
                                       {cells.begin(), cells.end()}, cells.front()));
  }
  if (mapped.kind->word == "source") {
    return SourceName(mapped.key, static_cast<const v1::Source&>(resource));
  }
  if (mapped.kind->word == "document") {
    return DocumentName(static_cast<const v1::Document&>(resource));
  }
  if (mapped.kind->word == "claim") {
    return ClaimNameOf(StringOf(resource, "language"), StringOf(resource, "text"));
  }
  if (mapped.kind->word == "attribution") {
    return AttributionNameOf(claim, static_cast<const v1::Attribution&>(resource));
  }
  if (mapped.kind->word == "relation") {
    return RelationNameOf(claim, static_cast<const v1::Relation&>(resource));
  }
  const auto& review = static_cast<const v1::Review&>(resource);
  return ReviewNameOf(claim, review.author(),
                      review.uri().empty() ? NameKey(review.title()) : review.uri());
}

void CsvRow::KeepUnmapped(Fitter* fitter) const {
  std::set<std::string> mapped;
  for (const CsvMapping::Record& record : mapping_.records) {
    for (const auto& [path, value] : record.fields) mapped.insert(value.column);
  }
  for (const auto& [column, cell] : cells_) {
    if (!mapped.contains(column) && !column.empty()) fitter->Keep(column, *cell);
  }
}

}  // namespace headwater::exchange
