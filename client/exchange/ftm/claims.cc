#include "exchange/ftm/claims.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/dates.h"
#include "exchange/fields.h"
#include "exchange/fit.h"
#include "exchange/ftm/entities.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/record_lines.h"
#include "exchange/row_builder.h"
#include "exchange/wikidata/values.h"

namespace headwater::exchange {
namespace {

constexpr char kFormat[] = "ftm";
constexpr size_t kMostAlone = 100;  // rows of one link

bool IsOneOf(absl::string_view word, std::initializer_list<absl::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<v1::SourceKind> SourceKindOf(absl::string_view schema) {
  if (schema == "Person") return v1::SOURCE_KIND_PERSON;
  if (schema == "PublicBody") return v1::SOURCE_KIND_GOVERNMENT;
  if (schema == "UserAccount") return v1::SOURCE_KIND_SOCIAL_ACCOUNT;
  if (IsOneOf(schema, {"Company", "Organization", "LegalEntity"})) {
    return v1::SOURCE_KIND_ORGANIZATION;
  }
  return std::nullopt;
}

bool IsDocument(absl::string_view schema) {
  return IsOneOf(schema, {"Document", "Article", "HyperText", "PlainText", "Pages", "Email",
                          "Image", "Video", "Audio", "Table", "Workbook", "Package", "Folder"});
}

// The field of a source that a property goes into; empty where it is a claim of its own.
absl::string_view SourceField(absl::string_view prop) {
  if (IsOneOf(prop, {"name", "alias", "weakAlias", "previousName", "username"})) return "aliases";
  if (prop == "website") return "domains";
  return prop == "wikidataId" ? "same_as" : "";
}

absl::string_view DocumentField(absl::string_view prop) {
  if (IsOneOf(prop, {"title", "name", "fileName"})) return "title";
  if (prop == "author") return "authors";
  if (prop == "sourceUrl") return "uri";
  if (prop == "language") return "language";
  if (IsOneOf(prop, {"publishedAt", "date", "authoredAt"})) return "published_date";
  if (prop == "retrievedAt") return "retrieved_time";
  return prop == "bodyText" ? "text" : "";
}

// "birthDate" is "birth date".
std::string Words(absl::string_view prop) {
  std::string words;
  for (const char c : prop) {
    if (absl::ascii_isupper(c)) words += ' ';
    words += absl::ascii_tolower(c);
  }
  return words;
}

class Entity {
 public:
  Entity(const std::vector<FtmStatement>& statements, const FtmCaptions& captions,
         std::vector<Row>* rows)
      : statements_(statements), captions_(captions), rows_(*rows) {
    const FtmStatement& first = statements.front();
    id_ = first.canonical_id.empty() ? first.entity_id : first.canonical_id;
    // A schema that says more than Thing or LegalEntity, where statements disagree.
    for (const FtmStatement& statement : statements) {
      if (schema_.empty() || IsOneOf(schema_, {"Thing", "LegalEntity"})) schema_ = statement.schema;
    }
    caption_ = captions(id_);
  }

  void AddRecords() {
    // Which row carries what the entity itself becomes: that of the id statement.
    size_t lead = 0;
    for (size_t i = 0; i < statements_.size(); ++i) {
      if (statements_[i].prop == "id") lead = i;
    }
    if (IsOurs(lead)) return;
    if (caption_.empty()) return AddLink(lead);
    if (SourceKindOf(schema_).has_value()) AddSource(lead);
    if (IsDocument(schema_)) AddDocument(lead);
    for (size_t i = 0; i < statements_.size(); ++i) {
      if (statements_[i].prop == "id" && i != lead) continue;
      if (statements_[i].prop == "id" || IsAbsorbed(statements_[i].prop)) continue;
      AddClaim(i);
    }
  }

 private:
  // What Headwater wrote is what its id statement says, or a link beside it.
  bool IsOurs(size_t lead) {
    const FtmStatement& statement = statements_[lead];
    if (statement.origin != "headwater" || statement.prop != "id") return false;
    if (statement.original_value.empty()) return absl::StrContains(id_, "-Field-");
    absl::StatusOr<v1::Record> record = ParseRecord(statement.original_value);
    if (!record.ok() || FtmEntityId(NameOf(ResourceIn(*record, *KindOf(*record)))) != id_) {
      return false;
    }
    rows_[lead].records.push_back(*std::move(record));
    return true;
  }

  bool IsAbsorbed(absl::string_view prop) const {
    if (SourceKindOf(schema_).has_value()) return !SourceField(prop).empty();
    return IsDocument(schema_) ? !DocumentField(prop).empty() : IsOneOf(prop, {"name"});
  }

  // The statements that satisfy it, one a line.
  template <typename Wanted>
  std::string Lines(Wanted wanted) const {
    std::vector<std::string> lines;
    for (const FtmStatement& statement : statements_) {
      if (wanted(statement)) lines.push_back(FtmJsonLine(statement));
    }
    return absl::StrJoin(lines, "\n");
  }

  std::string AbsorbedLines() const {
    return Lines([this](const FtmStatement& statement) {
      return statement.prop == "id" || IsAbsorbed(statement.prop);
    });
  }

  void AddSource(size_t lead) {
    RowBuilder builder(kFormat);
    v1::Source* source =
        builder.NewSource(absl::StrCat("sources/", MakeId("source", {"ftm", id_}, id_)));
    Fitter fitter(source, kFormat);
    source->set_kind(*SourceKindOf(schema_));
    if (!fitter.Set("display_name", caption_)) fitter.Set("display_name", id_);
    for (const FtmStatement& statement : statements_) {
      const absl::string_view field = SourceField(statement.prop);
      if (field == "aliases" && statement.value != caption_) fitter.Add(field, statement.value);
      if (field == "domains") fitter.Add(field, DomainOf(statement.value));
      if (field == "same_as" && IsWikidataId(statement.value)) {
        fitter.Add(field, WikidataUri(statement.value));
      }
    }
    if (IsWikidataId(id_)) fitter.Add("same_as", WikidataUri(id_));
    fitter.KeepRecord(AbsorbedLines());
    builder.Finish(&rows_[lead]);
  }

  void AddDocument(size_t lead) {
    RowBuilder builder(kFormat);
    const std::string publisher = AddDataset(statements_[lead].dataset, &builder).first;
    std::string uri;
    for (const FtmStatement& statement : statements_) {
      if (statement.prop == "sourceUrl" && uri.empty()) uri = statement.value;
    }
    v1::Document* document = builder.NewDocument(
        uri.empty() ? absl::StrCat("documents/", MakeId("document", {"ftm", id_}, id_))
                    : DocumentNameOf(uri));
    Fitter fitter(document, kFormat);
    document->set_publisher(publisher);
    if (!fitter.Set("title", caption_)) fitter.Set("title", id_);
    for (const FtmStatement& statement : statements_) {
      const absl::string_view field = DocumentField(statement.prop);
      if (field == "authors") {
        fitter.Add(field, statement.value);
      } else if (!field.empty() && field != "title" && !Has(*document, field)) {
        fitter.Set(field, statement.value);
      } else if (!field.empty() && statement.value != caption_) {
        fitter.Keep(statement.prop, statement.value);
      }
    }
    fitter.KeepRecord(AbsorbedLines());
    builder.Finish(&rows_[lead]);
  }

  static bool Has(const v1::Document& document, absl::string_view field) {
    return document.GetReflection()->HasField(
        document, v1::Document::descriptor()->FindFieldByName(std::string(field)));
  }

  // A dataset as a source and as a document; their names.
  static std::pair<std::string, std::string> AddDataset(const std::string& dataset,
                                                        RowBuilder* builder) {
    const std::string source_name =
        absl::StrCat("sources/", MakeId("source", {"ftm-dataset", dataset}, dataset));
    const std::string document_name =
        absl::StrCat("documents/", MakeId("document", {"ftm-dataset", dataset}, dataset));
    if (v1::Source* source = builder->NewSource(source_name)) {
      source->set_kind(v1::SOURCE_KIND_DATA_PROVIDER);
      Fitter fitter(source, kFormat);
      if (!fitter.Set("display_name", dataset)) source->set_display_name("unnamed dataset");
    }
    if (v1::Document* document = builder->NewDocument(document_name)) {
      document->set_publisher(source_name);
      Fitter fitter(document, kFormat);
      if (!fitter.Set("title", absl::StrCat("Dataset ", dataset))) {
        document->set_title("Unnamed dataset");
      }
    }
    return {source_name, document_name};
  }

  std::string ReadableValue(const FtmStatement& statement, std::string* caption) const {
    const bool may_lead = statement.prop_type.empty() || statement.prop_type == "entity";
    if (may_lead && statement.value != id_) *caption = captions_(statement.value);
    return caption->empty() ? statement.value : *caption;
  }

  static void AddAbout(absl::string_view name, absl::string_view id, v1::Claim* claim) {
    const auto& rule = RuleOf(*v1::Entity::descriptor()->FindFieldByName("name"));
    const std::optional<std::string> fit = FitValue(rule, name);
    if (!fit.has_value() || claim->about_size() >= 100) return;
    v1::Entity* about = claim->add_about();
    about->set_name(*fit);
    if (IsWikidataId(id)) about->set_uri(WikidataUri(id));
  }

  void AddAttribution(const std::string& claim_name, const FtmStatement& statement,
                      const std::string& raw, RowBuilder* builder) {
    const auto [source, document] = AddDataset(statement.dataset, builder);
    v1::Attribution attribution;
    attribution.set_source(source);
    attribution.set_document(document);
    attribution.set_stance(v1::STANCE_ASSERTS);
    attribution.set_name(AttributionNameOf(claim_name, attribution));
    Fitter fitter(&attribution, kFormat);
    fitter.KeepRecord(raw);
    fitter.Set("said_date", statement.first_seen);
    if (statement.external) {
      fitter.Set("note", "External: the dataset was looked at for more about entities of others.");
    }
    *builder->NewAttribution(attribution.name()) = attribution;
  }

  static void FillClaim(const std::string& text, v1::Claim* claim) {
    Fitter fitter(claim, kFormat);
    if (!fitter.Set("text", text)) fitter.Set("text", "A value that cannot be read.");
    claim->set_language("en");
    claim->set_nature(v1::CLAIM_NATURE_FACT);
  }

  void AddClaim(size_t at) {
    const FtmStatement& statement = statements_[at];
    RowBuilder builder(kFormat);
    const std::string name = absl::StrCat(
        "claims/", MakeId("claim", {"ftm", id_, statement.prop, statement.value, statement.lang},
                          absl::StrCat(id_, "-", statement.prop)));
    std::string caption;
    const std::string value = ReadableValue(statement, &caption);
    v1::Claim* claim = builder.NewClaim(name);
    FillClaim(absl::StrCat(caption_, " – ", Words(statement.prop), ": ", value), claim);
    AddAbout(caption_, id_, claim);
    if (!caption.empty()) AddAbout(caption, statement.value, claim);
    AddAttribution(name, statement, FtmJsonLine(statement), &builder);
    Merge(&builder, &rows_[at]);
  }

  // Adds to what is in the row already.
  static void Merge(RowBuilder* builder, Row* row) {
    Row more;
    builder->Finish(&more);
    for (v1::Record& record : more.records) {
      const std::string name = NameOf(ResourceIn(record, *KindOf(record)));
      const bool known =
          std::any_of(row->records.begin(), row->records.end(), [&](const v1::Record& other) {
            return NameOf(ResourceIn(other, *KindOf(other))) == name;
          });
      if (!known) row->records.push_back(std::move(record));
    }
  }

  // One claim of all statements.
  void AddLink(size_t lead) {
    const std::string name = absl::StrCat("claims/", MakeId("claim", {"ftm", id_}, id_));
    v1::Claim claim;
    std::vector<std::string> parts;
    std::string start;
    std::string end;
    for (const FtmStatement& statement : statements_) {
      if (statement.prop == "id") continue;
      std::string caption;
      parts.push_back(
          absl::StrCat(Words(statement.prop), ": ", ReadableValue(statement, &caption)));
      if (!caption.empty()) AddAbout(caption, statement.value, &claim);
      if (statement.prop == "startDate") start = DateFromText(statement.value).value_or("");
      if (statement.prop == "endDate") end = DateFromText(statement.value).value_or("");
    }
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    FillClaim(absl::StrCat(absl::StripAsciiWhitespace(Words(schema_)), " – ",
                           parts.empty() ? id_ : absl::StrJoin(parts, "; ")),
              &claim);
    Fitter fitter(&claim, kFormat);
    if (!start.empty() || !end.empty()) {
      const std::string period =
          absl::StrCat(start.empty() ? ".." : start, "/", end.empty() ? ".." : end);
      fitter.Set("subject_date", IsEdtf(period) ? period : start);
    }
    fitter.KeepRecord(Lines([](const FtmStatement&) { return true; }));
    claim.set_name(name);
    absl::flat_hash_set<std::string> datasets;
    for (size_t i = 0; i <= statements_.size(); ++i) {
      const size_t at = i == 0 ? lead : i - 1;  // the leading one first
      if (!datasets.insert(statements_[at].dataset).second) continue;
      RowBuilder builder(kFormat);
      // In each row, so that each can go in alone; of many, the first ones must do, and what was
      // read stands in the first alone: a hundred thousand datasets would be as many copies.
      if (datasets.size() <= kMostAlone) *builder.NewClaim(name) = claim;
      claim.mutable_original()->clear_record();
      AddAttribution(name, statements_[at], "", &builder);
      builder.Finish(&rows_[at]);
    }
  }

  const std::vector<FtmStatement>& statements_;
  const FtmCaptions& captions_;
  std::vector<Row>& rows_;
  std::string id_;
  std::string schema_;
  std::string caption_;
};

}  // namespace

int CaptionRank(const FtmStatement& statement) {
  const bool readable = statement.lang.empty() || statement.lang == "eng";
  if (statement.prop == "name") return readable ? 0 : 1;
  if (statement.prop == "title") return 2;
  if (statement.prop == "username" || statement.prop == "fileName") return 3;
  return IsOneOf(statement.prop, {"alias", "weakAlias", "previousName"}) ? 4 : -1;
}

void AddFtmRecords(const std::vector<FtmStatement>& statements, const FtmCaptions& captions,
                   std::vector<Row>* rows) {
  if (!statements.empty()) Entity(statements, captions, rows).AddRecords();
}

}  // namespace headwater::exchange
