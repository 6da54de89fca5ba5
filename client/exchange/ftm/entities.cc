#include "exchange/ftm/entities.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/ftm/entity.h"
#include "exchange/kinds.h"
#include "exchange/record_lines.h"
#include "google/protobuf/util/time_util.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMaxName = 300;  // bytes of a claim's text that stand as its name

constexpr std::pair<absl::string_view, absl::string_view> kPropTypes[] = {
    {"id", "id"},
    {"name", "name"},
    {"alias", "name"},
    {"namesMentioned", "name"},
    {"country", "country"},
    {"website", "url"},
    {"sourceUrl", "url"},
    {"wikidataId", "identifier"},
    {"notes", "text"},
    {"description", "text"},
    {"summary", "text"},
    {"language", "language"},
    {"publishedAt", "date"},
    {"retrievedAt", "date"},
    {"date", "date"},
    {"startDate", "date"},
    {"endDate", "date"},
    {"subject", "entity"},
    {"object", "entity"},
    {"proof", "entity"},
};

absl::string_view SchemaOf(v1::SourceKind kind) {
  switch (kind) {
    case v1::SOURCE_KIND_PERSON:
      return "Person";
    case v1::SOURCE_KIND_GOVERNMENT:
      return "PublicBody";
    case v1::SOURCE_KIND_SOCIAL_ACCOUNT:
      return "UserAccount";
    case v1::SOURCE_KIND_EVIDENCE:
      return "Document";
    case v1::SOURCE_KIND_ANONYMOUS:
      return "LegalEntity";
    default:
      return "Organization";
  }
}

// "STANCE_NO_COMMENT" is "no comment".
std::string Words(std::string value, absl::string_view prefix) {
  absl::string_view word = value;
  absl::ConsumePrefix(&word, prefix);
  return absl::StrReplaceAll(absl::AsciiStrToLower(word), {{"_", " "}});
}

// The beginning of a text, cut between code points.
absl::string_view Beginning(absl::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.size() <= kMaxName) return text;
  size_t end = kMaxName;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

class Statements {
 public:
  Statements(const v1::Record& record, absl::string_view dataset, const FtmNames& names)
      : record_(record), dataset_(dataset), names_(names) {}

  std::vector<FtmStatement> Make() {
    switch (record_.resource_case()) {
      case v1::Record::kSource:
        AddSource(record_.source());
        break;
      case v1::Record::kDocument:
        AddDocument(record_.document());
        break;
      case v1::Record::kClaim:
        AddClaim(record_.claim());
        break;
      case v1::Record::kAttribution:
        AddAttribution(record_.attribution());
        break;
      case v1::Record::kRelation:
        AddRelation(record_.relation());
        break;
      case v1::Record::kReview:
        AddReview(record_.review());
        break;
      case v1::Record::RESOURCE_NOT_SET:
        break;
    }
    return std::move(made_);
  }

 private:
  FtmEntity Entity(absl::string_view schema, const std::string& name) const {
    return FtmEntity(schema, FtmEntityId(name), dataset_);
  }

  // The record itself, and with it what fits nowhere else.
  void Finish(FtmEntity* entity) { entity->Finish(FormatRecord(record_), &made_); }

  FtmEntity Link(std::string id, absl::string_view subject, absl::string_view object,
                 absl::string_view role) const {
    FtmEntity link("UnknownLink", std::move(id), dataset_);
    link.Add("subject", FtmEntityId(subject));
    link.Add("object", FtmEntityId(object));
    link.Add("role", role);
    return link;
  }

  // A link that is no record of its own.
  void AddLink(const std::string& from, absl::string_view field, const std::string& to,
               absl::string_view role) {
    if (to.empty()) return;
    FtmEntity link = Link(absl::StrCat(FtmEntityId(from), "-Field-", field), from, to, role);
    link.Finish("", &made_);
  }

  static void AddPeriod(absl::string_view edtf, FtmEntity* entity) {
    const std::pair<absl::string_view, absl::string_view> ends =
        absl::StrSplit(edtf, absl::MaxSplits('/', 1));
    if (!absl::StrContains(edtf, '/')) return entity->AddDate("date", edtf);
    entity->AddDate("startDate", ends.first);
    entity->AddDate("endDate", ends.second);
  }

  void AddSource(const v1::Source& source) {
    const absl::string_view schema = SchemaOf(source.kind());
    FtmEntity entity = Entity(schema, source.name());
    entity.Add("name", source.display_name());
    if (schema == "UserAccount") entity.Add("username", source.display_name());
    if (schema == "Document") entity.Add("title", source.display_name());
    for (const auto& name : source.localized_names()) {
      entity.Add("alias", name.text(), name.language());
    }
    for (const std::string& alias : source.aliases()) entity.Add("alias", alias);
    entity.Add("country", absl::AsciiStrToLower(source.country()));
    for (const std::string& domain : source.domains()) {
      const bool has_website = schema != "UserAccount" && schema != "Document";
      entity.Add(has_website ? "website" : "sourceUrl", absl::StrCat("https://", domain, "/"));
    }
    for (const std::string& uri : source.same_as()) {
      absl::string_view item = uri;
      const bool is_wikidata = absl::ConsumePrefix(&item, "http://www.wikidata.org/entity/") ||
                               absl::ConsumePrefix(&item, "https://www.wikidata.org/wiki/");
      entity.Add(is_wikidata ? "wikidataId" : "sourceUrl", is_wikidata ? item : uri);
    }
    entity.Add("notes", source.note());
    Finish(&entity);
    AddLink(source.name(), "partOf", source.part_of(), "part of");
    AddLink(source.name(), "owner", source.owner(), "owned by");
  }

  void AddDocument(const v1::Document& document) {
    FtmEntity entity = Entity("Article", document.name());
    entity.Add("name", document.title(), document.language());
    entity.Add("title", document.title(), document.language());
    for (const std::string& author : document.authors()) entity.Add("author", author);
    if (!document.publisher().empty()) entity.Add("publisher", names_(document.publisher()));
    entity.Add("sourceUrl", document.uri());
    entity.Add("sourceUrl", document.archive_uri());
    entity.Add("language", document.language());
    entity.AddDate("publishedAt", document.published_date());
    if (document.has_retrieved_time()) {
      entity.Add(
          "retrievedAt",
          google::protobuf::util::TimeUtil::ToString(document.retrieved_time()).substr(0, 19));
    }
    entity.Add("notes", document.note());
    Finish(&entity);
    AddLink(document.name(), "publisher", document.publisher(), "published by");
  }

  void AddClaim(const v1::Claim& claim) {
    FtmEntity entity = Entity("Note", claim.name());
    entity.Add("name", Beginning(claim.text()), claim.language());
    entity.Add("description", claim.text(), claim.language());
    for (const auto& translation : claim.translations()) {
      entity.Add("description", translation.text(), translation.language());
    }
    for (const auto& about : claim.about()) entity.Add("namesMentioned", about.name());
    for (const std::string& tag : claim.tags()) entity.Add("keywords", tag);
    entity.Add("notes", claim.note());
    Finish(&entity);
  }

  // The claim that a record belongs to.
  static std::string ClaimOf(const std::string& name) {
    return name.substr(0, name.find('/', sizeof("claims")));
  }

  void AddAttribution(const v1::Attribution& attribution) {
    FtmEntity link =
        Link(FtmEntityId(attribution.name()), attribution.source(), ClaimOf(attribution.name()),
             Words(v1::Stance_Name(attribution.stance()), "STANCE_"));
    link.Add("proof", FtmEntityId(attribution.document()));
    AddPeriod(attribution.said_date(), &link);
    link.Add("summary", attribution.quote().exact());
    link.Add("description", attribution.note());
    for (const v1::Citation& citation : attribution.cites()) {
      link.Add("recordId", FtmEntityId(citation.attribution().empty() ? citation.source()
                                                                      : citation.attribution()));
    }
    Finish(&link);
  }

  void AddRelation(const v1::Relation& relation) {
    FtmEntity link = Link(FtmEntityId(relation.name()), ClaimOf(relation.name()), relation.target(),
                          Words(v1::RelationKind_Name(relation.kind()), "RELATION_KIND_"));
    link.Add("summary", Words(v1::RelationState_Name(relation.state()), "RELATION_STATE_"));
    link.Add("description", relation.note());
    Finish(&link);
  }

  void AddReview(const v1::Review& review) {
    FtmEntity link =
        Link(FtmEntityId(review.name()), review.author(), ClaimOf(review.name()), "reviewed");
    link.Add("summary", review.rating().alternate_name(), review.language());
    link.Add("description", review.title(), review.language());
    link.Add("sourceUrl", review.uri());
    AddPeriod(review.published_date(), &link);
    Finish(&link);
  }

  const v1::Record& record_;
  absl::string_view dataset_;
  const FtmNames& names_;
  std::vector<FtmStatement> made_;
};

}  // namespace

std::string FtmEntityId(absl::string_view name) {
  std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (size_t i = 0; i < parts.size(); i += 2) {
    for (const Kind& kind : Kinds()) {
      if (parts[i] == kind.collection) parts[i] = kind.type;
    }
  }
  return absl::StrJoin(parts, "-");
}

absl::string_view FtmPropType(absl::string_view prop) {
  for (const auto& [name, type] : kPropTypes) {
    if (name == prop) return type;
  }
  return "string";
}

std::vector<FtmStatement> FtmStatementsOf(const v1::Record& record, absl::string_view dataset,
                                          const FtmNames& names) {
  return Statements(record, dataset, names).Make();
}

}  // namespace headwater::exchange
