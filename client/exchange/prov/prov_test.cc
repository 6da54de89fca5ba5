// PROV-JSON written, held against its rules, and read again.
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"
#include "exchange/prov/attributes.h"
#include "exchange/prov/reader.h"
#include "exchange/prov/rules.h"
#include "exchange/prov/terms.h"
#include "exchange/record_lines.h"
#include "exchange/writers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

std::string Written(const std::vector<v1::Record>& records) {
  std::ostringstream out;
  std::unique_ptr<Writer> writer = OpenWriter("prov", &out).value();
  for (const v1::Record& record : records) {
    const absl::Status status = writer->Add(record);
    EXPECT_TRUE(status.ok()) << status << record.DebugString();
  }
  const absl::Status status = writer->Finish();
  EXPECT_TRUE(status.ok()) << status;
  return out.str();
}

std::vector<std::string> Problems(const std::string& document) {
  auto input = Input::FromString(document).value();
  const auto problems = FindProvProblems(input.get());
  if (!problems.ok()) return {std::string(problems.status().message())};
  std::vector<std::string> lines;
  for (const ProvProblem& problem : *problems) {
    lines.push_back(absl::StrCat(problem.where, ": ", problem.text));
  }
  return lines;
}

std::vector<Row> Rows(const std::string& document) {
  std::unique_ptr<Reader> reader = NewProvReader(Input::FromString(document).value());
  std::vector<Row> rows;
  Row row;
  while (true) {
    const absl::StatusOr<bool> more = reader->Next(&row);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return rows;
    rows.push_back(row);
  }
}

// The records of all rows, as lines; a rejected row is a line that no record is.
std::vector<std::string> Read(const std::string& document) {
  std::vector<std::string> lines;
  for (const Row& row : Rows(document)) {
    for (const v1::Record& record : row.records) lines.push_back(FormatRecord(record));
    for (const Rejection& why : row.rejections) {
      lines.push_back(absl::StrCat("rejected: ", why.reason, " | ", why.field, " | ", why.text));
    }
  }
  return lines;
}

std::vector<std::string> Lines(const std::vector<v1::Record>& records) {
  std::vector<std::string> lines;
  for (const v1::Record& record : records) lines.push_back(FormatRecord(record));
  return lines;
}

std::vector<v1::Record> Sample() {
  std::ifstream file(HEADWATER_SOURCE_DIR "/client/samples/deepseek-huawei.ndjson");
  std::vector<v1::Record> records;
  std::string line;
  while (std::getline(file, line)) records.push_back(ParseRecord(line).value());
  return records;
}

v1::Record Parsed(const std::string& line) { return ParseRecord(line).value(); }

TEST(ProvWriter, LosesNothingOfTheSample) {
  const std::vector<v1::Record> records = Sample();
  ASSERT_THAT(records, SizeIs(97));
  const std::string document = Written(records);
  EXPECT_THAT(Problems(document), IsEmpty());
  EXPECT_THAT(Read(document), UnorderedElementsAreArray(Lines(records)));
}

TEST(ProvWriter, SaysInProvWhatProvHasWordsFor) {
  const std::vector<v1::Record> records = Sample();
  const auto document = ProvJson::parse(Written(records));
  size_t sources = 0;
  size_t attributions = 0;
  size_t cited = 0;
  size_t stubs = 0;
  for (const v1::Record& record : records) {
    sources += record.has_source() ? 1 : 0;
    attributions += record.has_attribution() ? 1 : 0;
    for (const v1::Citation& citation : record.attribution().cites()) {
      (citation.source().empty() ? cited : stubs) += 1;
    }
  }
  EXPECT_EQ(sources, 13U);
  EXPECT_EQ(attributions, 56U);
  EXPECT_EQ(document["agent"].size(), sources);
  EXPECT_EQ(document["agent"]["record:sources/ft"]["prov:label"], "Financial Times");
  std::set<std::string> derivations;
  for (const auto& [id, relation] : document["wasDerivedFrom"].items()) {
    if (relation["headwater:field"] != "cites") continue;
    derivations.insert(absl::StrCat(relation["prov:generatedEntity"].get<std::string>(), " ",
                                    relation["prov:usedEntity"].get<std::string>()));
  }
  EXPECT_GT(cited, 0U);
  EXPECT_THAT(derivations, SizeIs(cited));
  size_t influences = 0;
  for (const auto& [id, relation] : document["wasInfluencedBy"].items()) {
    influences += relation["headwater:field"] == "cites" ? 1 : 0;
  }
  EXPECT_EQ(influences, stubs);
}

TEST(ProvWriter, TellsQuotationsAndPrimarySources) {
  const std::string document = Written({
      Parsed(
          R"({"claim":{"name":"claims/c","text":"It fell.","language":"en","nature":"CLAIM_NATURE_FACT"}})"),
      Parsed(
          R"({"attribution":{"name":"claims/c/attributions/a","source":"sources/a","stance":"STANCE_RELAYS",
                 "document":"documents/d","cites":[{"attribution":"claims/c/attributions/b"}]}})"),
      Parsed(
          R"({"attribution":{"name":"claims/c/attributions/b","source":"sources/b","stance":"STANCE_ASSERTS",
                 "document":"documents/d","basis":"BASIS_FIRST_HAND","quote":{"exact":"fell"}}})"),
  });
  EXPECT_THAT(Problems(document), IsEmpty());
  const auto json = ProvJson::parse(document);
  std::vector<std::string> types;
  for (const auto& [id, relation] : json["wasDerivedFrom"].items()) {
    types.push_back(absl::StrCat(
        relation["headwater:field"].get<std::string>(), " ",
        relation.contains("prov:type") ? ProvText(relation["prov:type"]) : std::string()));
  }
  EXPECT_THAT(types,
              ElementsAre("document ", "cites prov:PrimarySource", "document prov:Quotation"));
  EXPECT_EQ(ProvText(json["entity"]["record:claims/c"]["prov:value"]), "It fell.");
}

TEST(ProvWriter, WritesCirclesAsInfluences) {
  const std::vector<v1::Record> records = {
      Parsed(
          R"({"attribution":{"name":"claims/c/attributions/a","source":"sources/a","stance":"STANCE_ASSERTS",
                 "document":"documents/d","cites":[{"attribution":"claims/c/attributions/b"},{"source":"sources/z"}]}})"),
      Parsed(
          R"({"attribution":{"name":"claims/c/attributions/b","source":"sources/b","stance":"STANCE_ASSERTS",
                 "document":"documents/d","cites":[{"attribution":"claims/c/attributions/x"},
                                                   {"attribution":"claims/c/attributions/a","stance":"STANCE_ASSERTS"}]}})"),
  };
  const std::string document = Written(records);
  EXPECT_THAT(Problems(document), IsEmpty());
  EXPECT_THAT(Read(document), UnorderedElementsAreArray(Lines(records)));
  int cites = 0;
  const auto json = ProvJson::parse(document);
  for (const auto& [id, relation] : json["wasDerivedFrom"].items()) {
    cites += relation["headwater:field"] == "cites" ? 1 : 0;
  }
  EXPECT_EQ(cites, 1);  // b cites x, which is in no circle
}

TEST(ProvWriter, RefusesWhatCannotBeNamed) {
  std::ostringstream out;
  std::unique_ptr<Writer> writer = OpenWriter("prov", &out).value();
  v1::Record record;
  EXPECT_EQ(writer->Add(record).code(), absl::StatusCode::kInvalidArgument);
  record.mutable_source()->set_name("sources/with space");
  EXPECT_EQ(writer->Add(record).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(OpenWriter("xml", &out).status().code(), absl::StatusCode::kInvalidArgument);
}

// Fills every field that there is, or some, with values that its type can hold.
class Filler {
 public:
  explicit Filler(uint32_t seed) : random_(seed) {}

  void Fill(google::protobuf::Message* message, int depth) {
    const google::protobuf::Descriptor& type = *message->GetDescriptor();
    const google::protobuf::Reflection& reflection = *message->GetReflection();
    for (int i = 0; i < type.field_count(); ++i) {
      const google::protobuf::FieldDescriptor& field = *type.field(i);
      if (field.name() == "name" && depth == 0) continue;
      if (field.number() >= 100 || random_() % 3 == 0) continue;
      if (field.containing_oneof() != nullptr && !field.has_optional_keyword() &&
          reflection.HasOneof(*message, field.containing_oneof())) {
        continue;
      }
      const int count = field.is_repeated() ? static_cast<int>(random_() % 4) : 1;
      for (int n = 0; n < count; ++n) FillField(message, field, depth);
    }
    if (auto* citation = dynamic_cast<v1::Citation*>(message);
        citation != nullptr && citation->cited_case() == v1::Citation::CITED_NOT_SET) {
      citation->set_source(Name("sources/"));
    }
    if (auto* from = dynamic_cast<v1::Derivation*>(message)) {
      from->set_document(Name("documents/"));
    }
  }

  std::string Name(const std::string& collection) {
    return absl::StrCat(collection, "n", random_() % 40);
  }

 private:
  void FillField(google::protobuf::Message* message, const google::protobuf::FieldDescriptor& field,
                 int depth) {
    using google::protobuf::FieldDescriptor;
    const google::protobuf::Reflection& reflection = *message->GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return field.is_repeated() ? reflection.AddString(message, &field, Text(field))
                                   : reflection.SetString(message, &field, Text(field));
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(message, &field, random_() % 2 == 0);
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(message, &field, static_cast<int32_t>(random_()));
      case FieldDescriptor::CPPTYPE_INT64:
        if (depth > 0 && field.name() == "seconds") {
          return reflection.SetInt64(message, &field, random_() % 4000000000);
        }
        return reflection.SetInt64(message, &field, static_cast<int64_t>(random_()) << 20U);
      case FieldDescriptor::CPPTYPE_FLOAT:  // of vectors alone
        return reflection.AddFloat(message, &field, static_cast<float>(random_()) / 7);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(message, &field, static_cast<double>(random_()) / 7 - 1e8);
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(
            message, &field,
            field.enum_type()->value(random_() % field.enum_type()->value_count())->number());
      default:
        break;
    }
    if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
      google::protobuf::Message* time = reflection.MutableMessage(message, &field);
      const auto* seconds = time->GetDescriptor()->FindFieldByName("seconds");
      return time->GetReflection()->SetInt64(time, seconds, random_() % 4000000000);
    }
    Fill(field.is_repeated() ? reflection.AddMessage(message, &field)
                             : reflection.MutableMessage(message, &field),
         depth + 1);
  }

  std::string Text(const google::protobuf::FieldDescriptor& field) {
    const v1::FieldRule& rule = field.options().GetExtension(v1::rule);
    if (rule.reference_size() > 0) {
      const Kind* kind = FindKind(rule.reference(0));
      return kind->in_claim ? absl::StrCat(Name("claims/"), "/", Name(kind->collection + "/"))
                            : Name(kind->collection + "/");
    }
    if (rule.format() == v1::FORMAT_DATE) return kDates[random_() % std::size(kDates)];
    if (rule.format() == v1::FORMAT_URI) return "http://example.org/a?b=c#d";
    return kTexts[random_() % std::size(kTexts)];
  }

  static constexpr const char* kDates[] = {
      "2025", "2025-05", "2025-05-31", "2025-03/2025-06", "2025?", "2025-05-31T10:00:00Z", "-0043"};
  static constexpr const char* kTexts[] = {"a",
                                           "",
                                           "Nguồn tin\nthân cận",
                                           "深度求索",
                                           "\"quoted\\\"",
                                           "record:sources/x",
                                           "prov:x",
                                           "{\"$\":1}",
                                           " spaces ",
                                           "\t\x01",
                                           "12"};

  std::mt19937 random_;
};

TEST(ProvWriter, LosesNothingOfAnyRecord) {
  Filler filler(20251127);
  for (int round = 0; round < 200; ++round) {
    std::vector<v1::Record> records;
    std::set<std::string> names;
    for (const Kind& kind : Kinds()) {
      for (int i = 0; i < 5; ++i) {
        v1::Record record;
        google::protobuf::Message* resource = MutableResourceIn(&record, kind);
        filler.Fill(resource, 0);
        ClearServerMade(resource);
        const std::string name = kind.in_claim ? absl::StrCat(filler.Name("claims/"), "/",
                                                              filler.Name(kind.collection + "/"))
                                               : filler.Name(kind.collection + "/");
        if (!names.insert(name).second) continue;
        resource->GetReflection()->SetString(resource, kind.resource().FindFieldByName("name"),
                                             name);
        records.push_back(ParseRecord(FormatRecord(record)).value());
      }
    }
    const std::string document = Written(records);
    ASSERT_THAT(Read(document), UnorderedElementsAreArray(Lines(records))) << round;
    // URIs and dates apart, what stands in fields may be anything, and the document is a good one.
    ASSERT_THAT(Problems(document), IsEmpty()) << round;
  }
}

TEST(ProvReader, ReadsWhatOthersWrote) {
  const std::string document = R"({
    "entity": {
      "ex:report": [{"prov:label": "The report"}, {"dcterms:issued": {"$": "2024-05-03", "type": "xsd:date"}}],
      "ex:copy": {"prov:label": {"$": "La copie", "lang": "fr"}},
      "ex:made": {},
      "ex:orphan": {}
    },
    "agent": {"ex:ann": {"prov:type": {"$": "prov:Person", "type": "prov:QUALIFIED_NAME"}, "prov:label": "Ann"}},
    "activity": {"ex:writing": {"prov:startTime": "2024-05-01T09:00:00Z"}},
    "wasAttributedTo": {"_:1": {"prov:entity": "ex:report", "prov:agent": "ex:ann"},
                        "_:2": {"prov:entity": "ex:copy", "prov:agent": "ex:desk"}},
    "wasDerivedFrom": {"_:3": {"prov:generatedEntity": "ex:copy", "prov:usedEntity": "ex:report",
                               "prov:type": {"$": "prov:Quotation", "type": "xsd:QName"}}},
    "wasGeneratedBy": {"_:4": {"prov:entity": "ex:made", "prov:activity": "ex:writing",
                               "prov:time": "2024-05-02T10:00:00Z"}},
    "wasAssociatedWith": {"_:5": {"prov:activity": "ex:writing", "prov:agent": "ex:ann"}},
    "prefix": {"ex": "http://example.org/", "dcterms": "http://purl.org/dc/terms/"}
  })";
  EXPECT_THAT(Problems(document), IsEmpty());
  const std::vector<Row> rows = Rows(document);
  ASSERT_THAT(rows, SizeIs(6));
  const v1::Document report = rows[0].records.at(0).document();
  EXPECT_EQ(report.title(), "The report");
  EXPECT_EQ(report.uri(), "http://example.org/report");
  EXPECT_EQ(report.published_date(), "2024-05-03");
  ASSERT_THAT(rows[1].records, SizeIs(2));  // the desk that nobody describes, and the copy
  EXPECT_EQ(rows[1].records[0].source().display_name(), "desk");
  const v1::Document copy = rows[1].records[1].document();
  EXPECT_EQ(copy.title(), "La copie");
  EXPECT_EQ(copy.publisher(), rows[1].records[0].source().name());
  EXPECT_EQ(copy.derived_from().document(), report.name());
  EXPECT_EQ(copy.derived_from().kind(), v1::DERIVATION_KIND_VERBATIM);
  EXPECT_THAT(copy.original().record(), HasSubstr("ex:desk"));
  const v1::Document made = rows[2].records.at(0).document();
  EXPECT_EQ(made.publisher(), report.publisher());
  EXPECT_EQ(made.published_date(), "2024-05-02T10:00:00Z");
  EXPECT_EQ(rows[3].rejections.at(0).reason, "no agent");
  const v1::Source ann = rows[4].records.at(0).source();
  EXPECT_EQ(ann.kind(), v1::SOURCE_KIND_PERSON);
  EXPECT_EQ(ann.name(), report.publisher());
  EXPECT_THAT(ann.same_as(), ElementsAre("http://example.org/ann"));
  EXPECT_EQ(rows[5].rejections.at(0).reason, "an activity");
  // A row can be read again as it stands.
  const std::vector<Row> again = Rows(rows[1].raw);
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].records.at(1).document().title(), "La copie");
}

TEST(ProvReader, KnowsOurTermsByAnyPrefix) {
  const std::string document = R"({"entity": {"r:claims/c": {
      "prov:type": {"$": "h:Claim", "type": "xsd:QName"}, "prov:value": {"$": "It fell.", "lang": "en"},
      "h:nature": {"$": "h:CLAIM_NATURE_FACT", "type": "xsd:QName"}, "dct:x": "kept"}},
      "prefix": {"h": "urn:headwater:term:", "r": "urn:headwater:record:", "dct": "http://purl.org/dc/terms/"}})";
  EXPECT_THAT(
      Read(document),
      ElementsAre(FormatRecord(Parsed(
          R"({"claim":{"name":"claims/c","text":"It fell.","language":"en","nature":"CLAIM_NATURE_FACT",
                      "original":{"format":"prov","values":[{"field":"dct:x","value":"\"kept\""}]}}})"))));
}

TEST(ProvReader, SaysWhatIsWrong) {
  const auto error = [](const std::string& document) {
    std::unique_ptr<Reader> reader = NewProvReader(Input::FromString(document).value());
    Row row;
    return std::string(reader->Next(&row).status().message());
  };
  EXPECT_THAT(error("[]"), HasSubstr("must be an object"));
  EXPECT_THAT(error("{\"entity\": 1}"), HasSubstr("\"entity\" must be an object"));
  EXPECT_THAT(error("{\"entity\": {"), HasSubstr("is not JSON"));
  EXPECT_THAT(error("{\"x\": {}}"), HasSubstr("no section"));
  EXPECT_THAT(error(absl::StrCat("{\"entity\": {\"a\": ", std::string(100, '['),
                                 std::string(100, ']'), "}}")),
              HasSubstr("levels deep"));
  EXPECT_THAT(
      error(absl::StrCat("{\"entity\": {\"a\": {\"b\": \"", std::string(17 << 20, 'x'), "\"}}}")),
      HasSubstr("longer than"));
  EXPECT_THAT(Read(R"({"entity": {"a": 3}})"), ElementsAre(HasSubstr("rejected: no attributes")));
}

TEST(ProvRules, FindEachFault) {
  const auto problems = [](const std::string& inner) {
    return absl::StrJoin(
        Problems(absl::StrCat(R"({"prefix": {"e": "http://e.org/"}, )", inner, "}")), "; ");
  };
  EXPECT_EQ(
      problems(R"("entity": {"e:a": {"e:b": [1, true, "x", {"$": "1", "type": "xsd:int"}]}})"), "");
  EXPECT_THAT(problems(R"("entity": {"f:a": {}})"), HasSubstr("prefix \"f\" is not declared"));
  EXPECT_THAT(problems(R"("entity": {"a": {}})"), HasSubstr("no default"));
  EXPECT_THAT(problems(R"("thing": {"e:a": {}})"), HasSubstr("no section"));
  EXPECT_THAT(problems(R"("entity": {"e:a": {"e:b": null}})"), HasSubstr("must be a string"));
  EXPECT_THAT(problems(R"("entity": {"e:a": {"e:b": []}})"), HasSubstr("empty list"));
  EXPECT_THAT(problems(R"("entity": {"e:a": {"e:b": {"type": "xsd:int"}}})"),
              HasSubstr("no \"$\""));
  EXPECT_THAT(problems(R"("entity": {"e:a": {"e:b": {"$": "x", "type": "xsd:int"}}})"),
              HasSubstr("no xsd:int"));
  EXPECT_THAT(
      problems(
          R"("entity": {"e:a": {"e:b": {"$": "2023-02-29T00:00:00Z", "type": "xsd:dateTime"}}})"),
      HasSubstr("no xsd:dateTime"));
  EXPECT_THAT(problems(R"("wasAttributedTo": {"_:1": {"prov:entity": "e:a"}})"),
              HasSubstr("prov:agent: is missing"));
  EXPECT_THAT(
      problems(
          R"("wasAttributedTo": {"_:1": {"prov:entity": "e:a", "prov:agent": "e:b", "prov:usedEntity": "e:c"}})"),
      HasSubstr("does not belong"));
  EXPECT_THAT(problems(R"("wasGeneratedBy": {"_:1": {"prov:entity": "e:a", "prov:time": "noon"}})"),
              HasSubstr("no xsd:dateTime"));
  EXPECT_THAT(problems(R"("entity": {"e:a": {}}, "activity": {"e:a": {}})"),
              HasSubstr("both an entity and an activity"));
  EXPECT_THAT(
      problems(
          R"("activity": {"e:a": {}}, "wasAttributedTo": {"_:1": {"prov:entity": "e:a", "prov:agent": "e:b"}})"),
      HasSubstr("would be both"));
  EXPECT_THAT(
      problems(
          R"("wasDerivedFrom": {"_:1": {"prov:generatedEntity": "e:a", "prov:usedEntity": "e:b"},
                                             "_:2": {"prov:generatedEntity": "e:b", "prov:usedEntity": "e:a"}})"),
      HasSubstr("derived from itself"));
  EXPECT_THAT(
      problems(
          R"("activity": {"e:a": {"prov:startTime": "2024-01-02T00:00:00Z", "prov:endTime": "2024-01-01T00:00:00Z"}})"),
      HasSubstr("ends before"));
  EXPECT_THAT(problems(R"("wasAttributedTo": {"e:1": [{"prov:entity": "e:a", "prov:agent": "e:b"},
                                                      {"prov:entity": "e:a", "prov:agent": "e:c"}]})"),
              HasSubstr("differs"));
  EXPECT_THAT(Problems(R"({"prefix": {"prov": "http://e.org/"}, "entity": {}})"),
              ElementsAre(HasSubstr("never does")));
}

}  // namespace
}  // namespace headwater::exchange
