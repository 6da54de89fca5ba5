#include "exchange/prov/writer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"
#include "exchange/loops.h"
#include "exchange/prov/attributes.h"
#include "exchange/prov/terms.h"
#include "exchange/scratch.h"

namespace headwater::exchange {
namespace {

using google::protobuf::Message;

std::string Id(absl::string_view name) { return absl::StrCat(kRecordsPrefix, ":", name); }

// Resource names, and all else that can stand behind a prefix without being escaped.
bool IsLocalName(absl::string_view name) {
  if (name.empty()) return false;
  for (const char c : name) {
    if (!absl::ascii_isalnum(c) && c != '/' && c != '-' && c != '_') return false;
  }
  return true;
}

ProvJson Term(absl::string_view word) { return ProvQualifiedName(kTermsPrefix, word); }
ProvJson ProvTerm(absl::string_view word) { return ProvQualifiedName("prov", word); }

// A relation that is told of the record `of`, for its field `field`.
ProvJson Relation(absl::string_view subject, absl::string_view of, absl::string_view object,
                  absl::string_view to, absl::string_view field) {
  ProvJson relation = ProvJson::object();
  relation[std::string(subject)] = Id(of);
  relation[std::string(object)] = Id(to);
  relation["headwater:field"] = std::string(field);
  return relation;
}

class ProvWriter : public Writer {
 public:
  explicit ProvWriter(std::ostream* out) : out_(out) {}

  absl::Status Open() {
    for (Part* part : Parts()) {
      absl::StatusOr<Scratch> lines = Scratch::Open();
      if (!lines.ok()) return lines.status();
      part->lines.push_back(*std::move(lines));
    }
    return absl::OkStatus();
  }

  absl::Status Add(const v1::Record& record) override {
    const Kind* kind = KindOf(record);
    if (kind == nullptr) return absl::InvalidArgumentError("a record without a resource");
    const Message& resource = ResourceIn(record, *kind);
    if (absl::Status status = CheckNames(resource); !status.ok()) return status;
    if (record.has_source()) {
      AddSource(record.source());
    } else {
      AddEntity(NameOf(resource), *kind, resource);
    }
    if (record.has_document()) AddDocument(record.document());
    if (record.has_attribution()) AddAttribution(record.attribution());
    if (record.has_review()) Attribute(record.review().name(), record.review().author(), "author");
    return failure_;
  }

  absl::Status Finish() override {
    *out_ << "{\"prefix\":"
          << ProvLine({{std::string(kTermsPrefix), std::string(kTermsUri)},
                       {std::string(kRecordsPrefix), std::string(kRecordsUri)}});
    for (Part* part : {&agents_, &entities_, &attributions_, &delegations_}) {
      if (absl::Status status = Copy(part); !status.ok()) return status;
    }
    if (absl::Status status = WriteDerivations(); !status.ok()) return status;
    *out_ << "\n}\n";
    if (!out_->flush()) return absl::DataLossError("the records could not be written in full");
    return absl::OkStatus();
  }

 private:
  // A section of the document.
  struct Part {
    const char* section;
    const char* id;              // what the ids of its relations begin with
    std::vector<Scratch> lines;  // one, once it is open: `"id":{…}`
  };

  std::vector<Part*> Parts() {
    return {&agents_, &entities_, &attributions_, &delegations_, &derivations_, &influences_};
  }

  static absl::Status CheckNames(const Message& resource) {
    if (!IsLocalName(NameOf(resource))) {
      return absl::InvalidArgumentError(
          absl::StrCat("name: \"", NameOf(resource), "\" is no resource name"));
    }
    for (const std::string& name : ReferencesIn(resource)) {
      if (!name.empty() && !IsLocalName(name)) {
        return absl::InvalidArgumentError(
            absl::StrCat(NameOf(resource), ": \"", name, "\" is no resource name"));
      }
    }
    return absl::OkStatus();
  }

  void Put(Part* part, absl::string_view id, const ProvJson& statement) {
    const absl::Status status =
        part->lines[0].Add(absl::StrCat(ProvLine(std::string(id)), ":", ProvLine(statement)));
    if (failure_.ok()) failure_ = status;
  }

  // Relations have no names of their own.
  void PutRelation(Part* part, const ProvJson& relation) {
    Put(part, absl::StrCat("_:", part->id, part->lines[0].lines() + 1), relation);
  }

  void Attribute(absl::string_view of, absl::string_view to, absl::string_view field) {
    if (to.empty()) return;
    PutRelation(&attributions_, Relation("prov:entity", of, "prov:agent", to, field));
  }

  void Influence(absl::string_view of, absl::string_view to, absl::string_view field,
                 ProvJson more = ProvJson::object()) {
    ProvJson relation = Relation("prov:influencee", of, "prov:influencer", to, field);
    relation.update(more);
    PutRelation(&influences_, relation);
  }

  void Derive(absl::string_view of, absl::string_view from, absl::string_view field,
              const ProvJson& more) {
    ProvJson relation = Relation("prov:generatedEntity", of, "prov:usedEntity", from, field);
    relation.update(more);
    loops_.Add(of, from);
    const absl::Status status = derivations_.lines[0].Add(ProvLine(relation));
    if (failure_.ok()) failure_ = status;
  }

  void AddSource(const v1::Source& source) {
    ProvJson types = ProvJson::array({Term("Source")});
    switch (source.kind()) {
      case v1::SOURCE_KIND_PERSON:
        types.push_back(ProvTerm("Person"));
        break;
      case v1::SOURCE_KIND_NEWS_OUTLET:
      case v1::SOURCE_KIND_NEWS_AGENCY:
      case v1::SOURCE_KIND_ORGANIZATION:
      case v1::SOURCE_KIND_GOVERNMENT:
      case v1::SOURCE_KIND_DATA_PROVIDER:
        types.push_back(ProvTerm("Organization"));
        break;
      default:
        break;
    }
    ProvJson attributes = {{"prov:type", std::move(types)}};
    AddProvAttributes(source, &attributes);
    Put(&agents_, Id(source.name()), attributes);
    if (!source.part_of().empty()) {
      PutRelation(&delegations_, Relation("prov:delegate", source.name(), "prov:responsible",
                                          source.part_of(), "partOf"));
    }
    if (!source.evidence().author().empty()) {
      Put(&entities_, Id(source.name()), {{"prov:type", Term("Evidence")}});
      Attribute(source.name(), source.evidence().author(), "evidence.author");
    }
  }

  void AddEntity(const std::string& name, const Kind& kind, const Message& resource) {
    ProvJson attributes = {{"prov:type", Term(kind.type)}};
    AddProvAttributes(resource, &attributes);
    Put(&entities_, Id(name), attributes);
    if (kind.in_claim) Influence(name, name.substr(0, name.find('/', sizeof("claims"))), "claim");
  }

  void AddDocument(const v1::Document& document) {
    Attribute(document.name(), document.publisher(), "publisher");
    const v1::Derivation& from = document.derived_from();
    if (from.document().empty()) return;
    ProvJson more = ProvJson::object();
    if (from.kind() == v1::DERIVATION_KIND_VERBATIM) more["prov:type"] = ProvTerm("Quotation");
    if (from.kind() != v1::DERIVATION_KIND_UNSPECIFIED) {
      more["headwater:kind"] =
          ProvEnumValue(from, *v1::Derivation::descriptor()->FindFieldByName("kind"));
    }
    Derive(document.name(), from.document(), "derivedFrom", more);
  }

  void AddAttribution(const v1::Attribution& attribution) {
    const std::string& name = attribution.name();
    Attribute(name, attribution.source(), "source");
    if (attribution.basis() == v1::BASIS_FIRST_HAND) first_hand_.insert(HashOfName(name));
    if (!attribution.document().empty()) {
      ProvJson more = ProvJson::object();
      if (attribution.has_quote() && attribution.quote().form() != v1::QUOTE_FORM_INDIRECT) {
        more["prov:type"] = ProvTerm("Quotation");
      }
      Derive(name, attribution.document(), "document", more);
    }
    int position = 0;
    for (const v1::Citation& citation : attribution.cites()) {
      ProvJson more = {
          {"headwater:position", {{"$", absl::StrCat(position++)}, {"type", "xsd:int"}}}};
      if (citation.stance() != v1::STANCE_UNSPECIFIED) {
        more["headwater:stance"] =
            ProvEnumValue(citation, *v1::Citation::descriptor()->FindFieldByName("stance"));
      }
      if (!citation.attribution().empty()) {
        Derive(name, citation.attribution(), "cites", more);
      } else if (!citation.source().empty()) {
        Influence(name, citation.source(), "cites", more);
      } else if (failure_.ok()) {
        failure_ = absl::InvalidArgumentError(absl::StrCat(name, ": cites: cites nothing"));
      }
    }
  }

  void Begin(const char* section) { *out_ << ",\n\"" << section << "\":{"; }

  absl::Status Copy(Part* part) {
    if (part->lines[0].lines() == 0) return absl::OkStatus();
    Begin(part->section);
    return CopyLines(&part->lines[0]);
  }

  // Also ends the section.
  absl::Status CopyLines(Scratch* lines) {
    if (absl::Status status = lines->Rewind(); !status.ok()) return status;
    std::string line;
    for (const char* before = "\n";; before = ",\n") {
      const absl::StatusOr<bool> more = lines->Next(&line);
      if (!more.ok()) return more.status();
      if (!*more) break;
      *out_ << before << line;
    }
    *out_ << "}";
    return absl::OkStatus();
  }

  // Those that are part of a circle become influences.
  absl::Status WriteDerivations() {
    const std::vector<bool> looped = loops_.Found();
    Scratch& lines = derivations_.lines[0];
    if (absl::Status status = lines.Rewind(); !status.ok()) return status;
    std::string line;
    int64_t written = 0;
    for (size_t i = 0; i < looped.size(); ++i) {
      const absl::StatusOr<bool> more = lines.Next(&line);
      if (!more.ok()) return more.status();
      ProvJson relation = ProvJson::parse(line, nullptr, false);
      if (!*more || !relation.is_object()) {
        return absl::UnavailableError("the temporary file has changed under us");
      }
      const std::string used = relation["prov:usedEntity"];
      if (looped[i]) {
        ProvJson influence = {{"prov:influencee", relation["prov:generatedEntity"]},
                              {"prov:influencer", used}};
        relation.erase("prov:generatedEntity");
        relation.erase("prov:usedEntity");
        influence.update(relation);
        PutRelation(&influences_, influence);
        continue;
      }
      if (relation["headwater:field"] == "cites" &&
          first_hand_.contains(HashOfName(used.substr(Id("").size())))) {
        relation["prov:type"] = ProvTerm("PrimarySource");
      }
      if (written == 0) Begin(derivations_.section);
      *out_ << (written == 0 ? "\n" : ",\n") << "\"_:" << derivations_.id << ++written
            << "\":" << ProvLine(relation);
    }
    if (written > 0) *out_ << "}";
    if (!failure_.ok()) return failure_;
    return Copy(&influences_);
  }

  std::ostream* out_;
  Part agents_{"agent", "", {}};
  Part entities_{"entity", "", {}};
  Part attributions_{"wasAttributedTo", "a", {}};
  Part delegations_{"actedOnBehalfOf", "b", {}};
  Part derivations_{"wasDerivedFrom", "d", {}};
  Part influences_{"wasInfluencedBy", "i", {}};
  Loops loops_;
  absl::flat_hash_set<uint64_t> first_hand_;
  absl::Status failure_;  // the first one
};

}  // namespace

absl::StatusOr<std::unique_ptr<Writer>> OpenProvWriter(std::ostream* out) {
  auto writer = std::make_unique<ProvWriter>(out);
  if (absl::Status status = writer->Open(); !status.ok()) return status;
  return writer;
}

}  // namespace headwater::exchange
