// Things that Headwater wrote.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "exchange/fit.h"
#include "exchange/kinds.h"
#include "exchange/prov/records.h"
#include "exchange/prov/terms.h"

namespace headwater::exchange {
namespace {

using google::protobuf::Message;

// The kind whose type a description of the thing names; null for none.
const Kind* KindOfThing(const ProvThing& thing) {
  for (const Kind& kind : Kinds()) {
    if (thing.HasType(absl::StrCat(kTermsPrefix, ":", kind.type))) return &kind;
  }
  return nullptr;
}

// What a relation leads to: the second of its section's attributes.
std::string ObjectOf(const ProvStatement& relation) {
  const ProvSection* section = FindProvSection(relation.section);
  return ProvTextOf(relation, section->attributes[1].name);
}

int PositionOf(const ProvStatement& relation) {
  int position = 0;
  // What is not there or no number stays where it stood.
  if (!absl::SimpleAtoi(ProvTextOf(relation, "headwater:position"), &position)) return 0;
  return position;
}

absl::Status AddCitation(const ProvStatement& relation, v1::Attribution* attribution) {
  v1::Citation* citation = attribution->add_cites();
  const std::string object = ObjectOf(relation);
  absl::string_view name = object;
  absl::ConsumePrefix(&name, absl::StrCat(kRecordsPrefix, ":"));
  if (absl::StartsWith(name, "sources/")) {
    citation->set_source(std::string(name));
  } else {
    citation->set_attribution(std::string(name));
  }
  const auto stance = relation.attributes.find("headwater:stance");
  if (stance == relation.attributes.end()) return absl::OkStatus();
  return SetProvAttribute("headwater:stance", *stance, citation);
}

absl::Status AddRelation(const ProvStatement& relation, const std::string& field,
                         Message* resource) {
  if (field == "claim") return absl::OkStatus();  // its name says it
  if (field == "cites") {
    auto* attribution = dynamic_cast<v1::Attribution*>(resource);
    if (attribution == nullptr) return absl::InvalidArgumentError("cites belongs to attributions");
    return AddCitation(relation, attribution);
  }
  const ProvJson object = ObjectOf(relation);
  if (field != "derivedFrom") {
    return SetProvAttribute(absl::StrCat(kTermsPrefix, ":", field), object, resource);
  }
  const auto kind = relation.attributes.find("headwater:kind");
  if (kind != relation.attributes.end()) {
    const absl::Status status = SetProvAttribute("headwater:derivedFrom.kind", *kind, resource);
    if (!status.ok()) return status;
  }
  return SetProvAttribute("headwater:derivedFrom.document", object, resource);
}

// The thing's relations, citations in the order that they had.
std::vector<const ProvStatement*> InOrder(const ProvThing& thing) {
  std::vector<const ProvStatement*> relations;
  for (const ProvStatement& relation : thing.relations) relations.push_back(&relation);
  std::stable_sort(relations.begin(), relations.end(),
                   [](const ProvStatement* a, const ProvStatement* b) {
                     return PositionOf(*a) < PositionOf(*b);
                   });
  return relations;
}

}  // namespace

bool IsOurs(const ProvThing& thing) {
  return absl::StartsWith(thing.id, absl::StrCat(kRecordsPrefix, ":")) &&
         KindOfThing(thing) != nullptr;
}

void AddOurRecord(const ProvThing& thing, Row* row) {
  const Kind* kind = KindOfThing(thing);
  absl::string_view name = thing.id;
  absl::ConsumePrefix(&name, absl::StrCat(kRecordsPrefix, ":"));
  if (KindOfName(name) != kind) {
    return row->Reject("wrong name", "id", absl::StrCat(name, " is no ", kind->word, "'s name"));
  }
  v1::Record record;
  Message* resource = MutableResourceIn(&record, *kind);
  resource->GetReflection()->SetString(resource, kind->resource().FindFieldByName("name"),
                                       std::string(name));
  std::vector<std::pair<std::string, std::string>> added;  // what others put to it
  for (const ProvStatement& element : thing.elements) {
    for (const auto& [attribute, value] : element.attributes.items()) {
      const bool ours = absl::StartsWith(attribute, absl::StrCat(kTermsPrefix, ":"));
      const absl::Status status = SetProvAttribute(attribute, value, resource);
      if (!status.ok()) {
        return row->Reject("wrong value", attribute, std::string(status.message()));
      }
      if (!ours && !absl::StartsWith(attribute, "prov:")) {
        added.emplace_back(attribute, ProvLine(value));
      }
    }
  }
  for (const ProvStatement* relation : InOrder(thing)) {
    const std::string field = ProvTextOf(*relation, "headwater:field");
    if (field.empty()) {
      added.emplace_back(relation->section, ProvLine(relation->attributes));
      continue;
    }
    const absl::Status status = AddRelation(*relation, field, resource);
    if (!status.ok()) {
      return row->Reject("wrong value", absl::StrCat(relation->section, " ", relation->id),
                         std::string(status.message()));
    }
  }
  if (!added.empty()) {
    Fitter fitter(resource, "prov");
    for (const auto& [field, value] : added) fitter.Keep(field, value);
  }
  row->records.push_back(std::move(record));
}

}  // namespace headwater::exchange
