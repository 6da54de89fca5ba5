// Things that others described.
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/prov/records.h"
#include "exchange/prov/terms.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "prov";

absl::string_view LocalName(absl::string_view id) {
  const size_t colon = id.find(':');
  const absl::string_view local = colon == absl::string_view::npos ? id : id.substr(colon + 1);
  return local.empty() ? id : local;
}

bool IsWeb(absl::string_view uri) {
  return absl::StartsWith(uri, "http://") || absl::StartsWith(uri, "https://");
}

// What a thing is known by: its URI, or its id where that has none.
std::string KeyOf(absl::string_view id, const ProvNames& names) {
  std::string uri = names.Uri(id);
  return uri.empty() ? std::string(id) : uri;
}

// The name of what an id stands for: a record of ours, or one made of its URI.
std::string NameOfId(absl::string_view id, bool is_source, const ProvNames& names) {
  const std::string ours = names.Ours(id);
  absl::string_view local = ours;
  if (absl::ConsumePrefix(&local, absl::StrCat(kRecordsPrefix, ":"))) return std::string(local);
  const std::string key = KeyOf(id, names);
  if (!is_source) return DocumentNameOf(key);
  const absl::string_view readable =
      absl::string_view(key).substr(key.find_last_of("/#:", key.size() - 2) + 1);
  return absl::StrCat("sources/", MakeId("source", {"prov", key}, readable));
}

std::string FirstOf(const ProvThing& thing, const std::vector<absl::string_view>& attributes) {
  for (const absl::string_view attribute : attributes) {
    std::string text = thing.Text(attribute);
    if (!text.empty()) return text;
  }
  return "";
}

// A title or name; the local name where there is none that can be read.
void SetLabel(absl::string_view field, const std::string& label, absl::string_view id,
              Fitter* fitter) {
  if (!fitter->Set(field, label) && !fitter->Set(field, LocalName(id)))
    fitter->Set(field, "unnamed");
}

v1::Record MakeSource(absl::string_view id, absl::string_view kind, const std::string& label,
                      const ProvNames& names) {
  v1::Record record;
  v1::Source* source = record.mutable_source();
  source->set_name(NameOfId(id, true, names));
  Fitter fitter(source, kFormat);
  fitter.Set("kind", kind);
  SetLabel("display_name", label, id, &fitter);
  if (const std::string uri = names.Uri(id); IsWeb(uri)) fitter.Add("same_as", uri);
  return record;
}

void AddAgent(const ProvThing& thing, const ProvNames& names, const ProvDescribed& described,
              Row* row) {
  absl::string_view kind = "SOURCE_KIND_ORGANIZATION";
  if (thing.HasType("prov:Person")) kind = "SOURCE_KIND_PERSON";
  if (thing.HasType("prov:SoftwareAgent")) kind = "SOURCE_KIND_DATA_PROVIDER";
  v1::Record record =
      MakeSource(thing.id, kind, FirstOf(thing, {"prov:label", "foaf:name", "schema:name"}), names);
  Fitter fitter(record.mutable_source(), kFormat);
  if (kind == "SOURCE_KIND_ORGANIZATION" && !thing.HasType("prov:Organization")) {
    fitter.Set("note",
               "The provenance that it was read from does not say what sort of agent it is.");
  }
  for (const ProvStatement& relation : thing.relations) {
    if (relation.section != "actedOnBehalfOf") continue;
    const std::string whole = ProvTextOf(relation, "prov:responsible");
    if (whole.empty() || whole == thing.id) continue;
    if (!described(whole, "agent")) {
      row->records.push_back(MakeSource(whole, "SOURCE_KIND_ORGANIZATION", "", names));
    }
    fitter.Set("part_of", NameOfId(whole, true, names));
    break;
  }
  fitter.KeepRecord(row->raw);
  row->records.push_back(std::move(record));
}

// The agent that answers for an entity; empty where none does.
std::string AgentOf(const ProvThing& thing) {
  for (const ProvStatement& relation : thing.relations) {
    if (relation.section != "wasAttributedTo") continue;
    std::string agent = ProvTextOf(relation, "prov:agent");
    if (!agent.empty()) return agent;
  }
  for (const ProvStatement& relation : thing.of_activities) {
    if (relation.section != "wasAssociatedWith") continue;
    std::string agent = ProvTextOf(relation, "prov:agent");
    if (!agent.empty()) return agent;
  }
  return "";
}

void AddDerivation(const ProvThing& thing, const ProvNames& names, const ProvDescribed& described,
                   Fitter* fitter) {
  for (const ProvStatement& relation : thing.relations) {
    const std::string used = ProvTextOf(relation, "prov:usedEntity");
    if (relation.section != "wasDerivedFrom" || used == thing.id) continue;
    if (!described(used, "entity")) continue;
    const ProvThing alone{relation.id, "", {relation}, {}, {}};
    fitter->Set("derived_from.document", NameOfId(used, false, names));
    fitter->Set("derived_from.kind", alone.HasType("prov:Quotation") ? "DERIVATION_KIND_VERBATIM"
                                                                     : "DERIVATION_KIND_ADAPTED");
    return;
  }
}

void SetPublished(const ProvThing& thing, Fitter* fitter) {
  if (fitter->Set("published_date",
                  FirstOf(thing, {"dcterms:issued", "dcterms:created", "dct:issued", "dct:created",
                                  "schema:datePublished"}))) {
    return;
  }
  for (const ProvStatement& relation : thing.relations) {
    if (relation.section == "wasGeneratedBy" &&
        fitter->Set("published_date", ProvTextOf(relation, "prov:time"))) {
      return;
    }
  }
}

void AddEntity(const ProvThing& thing, const ProvNames& names, const ProvDescribed& described,
               Row* row) {
  const std::string agent = AgentOf(thing);
  if (agent.empty()) {
    return row->Reject(
        "no agent", "wasAttributedTo",
        "an entity becomes a document, and each of those has a publisher: it must be "
        "attributed to an agent, or generated by an activity that one is associated with");
  }
  if (!described(agent, "agent")) {
    row->records.push_back(MakeSource(agent, "SOURCE_KIND_ORGANIZATION", "", names));
  }
  v1::Record record;
  v1::Document* document = record.mutable_document();
  document->set_name(NameOfId(thing.id, false, names));
  Fitter fitter(document, kFormat);
  fitter.Set("publisher", NameOfId(agent, true, names));
  SetLabel("title", FirstOf(thing, {"prov:label", "dcterms:title", "dct:title", "schema:name"}),
           thing.id, &fitter);
  if (IsWeb(thing.uri)) fitter.Set("uri", thing.uri);
  SetPublished(thing, &fitter);
  AddDerivation(thing, names, described, &fitter);
  fitter.KeepRecord(row->raw);
  row->records.push_back(std::move(record));
}

// Whether a relation told of it says that it is an entity, or an agent, though it is not described.
bool IsImplied(const ProvThing& thing, ProvRange range) {
  for (const ProvStatement& relation : thing.relations) {
    if (FindProvSection(relation.section)->attributes[0].range == range) return true;
  }
  return false;
}

}  // namespace

void AddForeignRecords(const ProvThing& thing, const ProvNames& names,
                       const ProvDescribed& described, Row* row) {
  const bool alone = thing.elements.empty();
  if (thing.Is("agent") || (alone && IsImplied(thing, ProvRange::kAgent))) {
    return AddAgent(thing, names, described, row);
  }
  if (thing.Is("activity") || (alone && IsImplied(thing, ProvRange::kActivity))) {
    return row->Reject("an activity", "",
                       "who said what is recorded here, not by which activities files came about");
  }
  if (thing.Is("entity") || IsImplied(thing, ProvRange::kEntity)) {
    return AddEntity(thing, names, described, row);
  }
  row->Reject("not described", "", "nothing says what it is");
}

}  // namespace headwater::exchange
