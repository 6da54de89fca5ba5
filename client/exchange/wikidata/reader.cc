#include "exchange/wikidata/reader.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "exchange/dates.h"
#include "exchange/fields.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/json_reader.h"
#include "exchange/row_builder.h"
#include "exchange/wikidata/references.h"
#include "exchange/wikidata/terms.h"
#include "exchange/wikidata/values.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "wikidata";

std::string WikidataName() { return SourceNameOfDomain("wikidata.org"); }

// A statement whose parts are all there.
struct Statement {
  std::string entity;
  std::string label;
  std::string property;
  std::string id;  // "q7747-d3ff1d0d-…": of the claim
  std::string rank;
  WikidataValue value;
  const Json* qualifiers = nullptr;
  const Json* references = nullptr;
};

// Reads the parts; rejects the row where one is missing or wrong.
bool ReadStatement(const Json& json, Row* row, Statement* statement) {
  const auto reject = [&](const char* field, std::string text) {
    row->Reject(absl::StrCat(field, " is missing or wrong"), field, std::move(text));
    return false;
  };
  if (!json.is_object()) return reject("", "must be an object");
  statement->entity = TextOf(Member(json, "entity"));
  if (!IsWikidataId(statement->entity)) return reject("entity", "must be an id such as Q42");
  statement->label = TextOf(Member(json, "label"));
  statement->property = TextOf(Member(json, "property"));
  if (!IsWikidataId(statement->property)) return reject("property", "must be an id such as P31");
  statement->id = absl::StrReplaceAll(absl::AsciiStrToLower(TextOf(Member(json, "statement_id"))),
                                      {{"$", "-"}});
  v1::FieldRule id;
  id.set_format(v1::FORMAT_ID);
  id.set_max_length(63 - 9);  // behind "wikidata-"
  if (statement->id.empty() || !CheckValue(id, statement->id).ok()) {
    return reject("statement_id", "must be an id such as Q42$45e6ffee-4f56-4ac5-9e0b-4b6fa4a3bdf6");
  }
  statement->rank = TextOf(Member(json, "rank"));
  if (statement->rank != "normal" && statement->rank != "preferred" &&
      statement->rank != "deprecated") {
    return reject("rank", "must be normal, preferred or deprecated");
  }
  const Json* value = Member(json, "value");
  if (value == nullptr) return reject("value", "must be there");
  absl::StatusOr<WikidataValue> read = ReadWikidataValue(*value);
  if (!read.ok()) return reject("value", std::string(read.status().message()));
  statement->value = *std::move(read);
  statement->qualifiers = Member(json, "qualifiers");
  statement->references = Member(json, "references");
  return true;
}

// "Vladimir Putin (Q7747) – position held (P39): Q218295; start time (P580): 2012-05-07".
std::string ClaimText(const Statement& statement) {
  std::string text = statement.label.empty()
                         ? statement.entity
                         : absl::StrCat(statement.label, " (", statement.entity, ")");
  absl::StrAppend(&text, " – ", WikidataTerm(statement.property), ": ", statement.value.text);
  if (statement.qualifiers == nullptr || !statement.qualifiers->is_object()) return text;
  for (const auto& [property, values] : statement.qualifiers->items()) {
    for (const Json* one : ItemsOf(&values)) {
      const absl::StatusOr<WikidataValue> value = ReadWikidataValue(*one);
      absl::StrAppend(&text, "; ", WikidataTerm(property), ": ",
                      value.ok() ? value->text : one->dump());
    }
  }
  return text;
}

// The first value of a qualifier; empty text where there is none.
WikidataValue Qualifier(const Statement& statement, const char* property) {
  if (statement.qualifiers == nullptr) return WikidataValue();
  for (const Json* one : ItemsOf(Member(*statement.qualifiers, property))) {
    absl::StatusOr<WikidataValue> value = ReadWikidataValue(*one);
    if (value.ok()) return *std::move(value);
  }
  return WikidataValue();
}

// The time that the claim speaks of, in EDTF; empty where it is not said.
std::string SubjectDate(const Statement& statement) {
  if (const auto point = Qualifier(statement, "P585"); point.date.has_value()) return *point.date;
  const std::string start = Qualifier(statement, "P580").date.value_or("");
  const std::string end = Qualifier(statement, "P582").date.value_or("");
  if (!start.empty() || !end.empty()) {
    std::string period = absl::StrCat(start.empty() ? ".." : start, "/", end.empty() ? ".." : end);
    // An end before the start, or a decade, is no end of a period.
    if (IsEdtf(period)) return period;
  }
  return statement.value.date.value_or("");
}

void AddAbout(std::string name, absl::string_view id, v1::Claim* claim) {
  const auto& rule = RuleOf(*v1::Entity::descriptor()->FindFieldByName("name"));
  v1::Entity* entity = claim->add_about();
  entity->set_name(FitValue(rule, name).value_or(std::string(id)));
  entity->set_uri(WikidataUri(id));
}

std::string Fit(absl::string_view field, absl::string_view value) {
  const auto* found = v1::Quantity::descriptor()->FindFieldByName(std::string(field));
  return FitValue(RuleOf(*found), value).value_or("");
}

// Nothing where the amount is no number in plain digits.
void AddQuantity(const Statement& statement, v1::Claim* claim) {
  v1::Quantity quantity;
  const absl::string_view label = WikidataLabel(statement.property);
  quantity.set_property(label.empty() ? statement.property : std::string(label));
  quantity.set_value(Fit("value", statement.value.amount));
  quantity.set_unit(Fit("unit", statement.value.unit));
  quantity.set_value_date(Qualifier(statement, "P585").date.value_or(""));
  if (!quantity.value().empty()) *claim->add_quantities() = quantity;
}

void FillClaim(const Statement& statement, const std::string& raw, v1::Claim* claim) {
  Fitter fitter(claim, kFormat);
  fitter.KeepRecord(raw);
  fitter.Set("text", ClaimText(statement));
  claim->set_language("en");
  claim->set_nature(v1::CLAIM_NATURE_FACT);
  AddAbout(statement.label.empty() ? statement.entity : statement.label, statement.entity, claim);
  if (!statement.value.entity.empty() && statement.value.entity != statement.entity) {
    const absl::string_view label = WikidataLabel(statement.value.entity);
    AddAbout(label.empty() ? statement.value.entity : std::string(label), statement.value.entity,
             claim);
  }
  fitter.Set("subject_date", SubjectDate(statement));
  if (statement.value.kind == WikidataKind::kQuantity) AddQuantity(statement, claim);
  if (statement.rank != "normal") claim->add_tags(absl::StrCat("rank-", statement.rank));
  if (statement.value.kind == WikidataKind::kSomeValue) claim->add_tags("some-value");
  if (statement.value.kind == WikidataKind::kNoValue) claim->add_tags("no-value");
}

void AddHedges(const Statement& statement, v1::Attribution* attribution) {
  if (statement.qualifiers == nullptr) return;
  Fitter fitter(attribution, kFormat);
  for (const char* property : {"P5102", "P1480"}) {
    for (const Json* one : ItemsOf(Member(*statement.qualifiers, property))) {
      const absl::StatusOr<WikidataValue> value = ReadWikidataValue(*one);
      if (!value.ok()) continue;
      const absl::string_view label = WikidataLabel(value->entity);
      fitter.Add("hedges", label.empty() ? value->text : std::string(label));
    }
  }
}

std::string AddWikidata(const Statement& statement, RowBuilder* builder) {
  v1::Source* wikidata = builder->NewSource(WikidataName());
  wikidata->set_kind(v1::SOURCE_KIND_DATA_PROVIDER);
  wikidata->set_display_name("Wikidata");
  wikidata->add_domains("wikidata.org");
  wikidata->add_same_as(WikidataUri("Q2013"));
  const std::string uri =
      absl::StrCat("https://www.wikidata.org/wiki/",
                   absl::StartsWith(statement.entity, "P") ? "Property:" : "", statement.entity);
  return AddDocument(builder, uri,
                     statement.label.empty()
                         ? absl::StrCat(statement.entity, " on Wikidata")
                         : absl::StrCat(statement.label, " (", statement.entity, ") on Wikidata"),
                     WikidataName());
}

void AddRecords(const Statement& statement, Row* row) {
  RowBuilder builder(kFormat);
  const std::string page = AddWikidata(statement, &builder);
  const std::string claim_name = absl::StrCat("claims/wikidata-", statement.id);
  FillClaim(statement, row->raw, builder.NewClaim(claim_name));
  v1::Attribution attribution;
  attribution.set_name(absl::StrCat(claim_name, "/attributions/wikidata"));
  attribution.set_source(WikidataName());
  attribution.set_document(page);
  attribution.set_stance(v1::STANCE_ASSERTS);
  if (statement.rank == "deprecated") {
    attribution.set_stance(v1::STANCE_DOUBTS);
    const std::string reason = Qualifier(statement, "P2241").text;
    Fitter(&attribution, kFormat)
        .Set("note", reason.empty()
                         ? std::string("Its rank is deprecated; no reason is given.")
                         : absl::StrCat("Its rank is deprecated, the reason ", reason, "."));
  }
  AddHedges(statement, &attribution);
  for (const Json* reference : ItemsOf(statement.references)) {
    if (attribution.cites_size() >= kMaxWikidataCitations) break;
    AddWikidataReference(*reference, claim_name, &builder, &attribution);
  }
  if (attribution.cites_size() > 0) attribution.set_basis(v1::BASIS_SECOND_HAND);
  *builder.NewAttribution(attribution.name()) = attribution;
  builder.Finish(row);
}

}  // namespace

std::unique_ptr<Reader> NewWikidataReader(std::unique_ptr<Input> input) {
  return NewJsonReader(std::move(input), {}, [](const Json& json, const std::string&, Row* row) {
    Statement statement;
    if (ReadStatement(json, row, &statement)) AddRecords(statement, row);
  });
}

}  // namespace headwater::exchange
