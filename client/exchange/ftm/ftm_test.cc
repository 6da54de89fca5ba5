// FollowTheMoney statements, written and read.
#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/ftm/entities.h"
#include "exchange/ftm/reader.h"
#include "exchange/ftm/statement.h"
#include "exchange/kinds.h"
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

std::vector<v1::Record> Sample() {
  std::ifstream file(HEADWATER_SOURCE_DIR "/client/samples/deepseek-huawei.ndjson");
  std::vector<v1::Record> records;
  std::string line;
  while (std::getline(file, line)) records.push_back(ParseRecord(line).value());
  return records;
}

std::string Written(absl::string_view format, const std::vector<v1::Record>& records) {
  std::ostringstream out;
  std::unique_ptr<Writer> writer = OpenWriter(format, &out).value();
  for (const v1::Record& record : records) EXPECT_TRUE(writer->Add(record).ok());
  EXPECT_TRUE(writer->Finish().ok());
  return out.str();
}

std::vector<Row> Rows(const std::string& text) {
  std::unique_ptr<Reader> reader = NewFtmReader(Input::FromString(text).value());
  std::vector<Row> rows;
  Row row;
  while (true) {
    const absl::StatusOr<bool> more = reader->Next(&row);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return rows;
    rows.push_back(row);
  }
}

std::vector<FtmStatement> Statements(const std::string& lines) {
  std::istringstream in(lines);
  std::string line;
  std::vector<FtmStatement> statements;
  while (std::getline(in, line)) {
    statements.push_back(FtmFromJson(Json::parse(line)).value());
  }
  return statements;
}

// By Python's hashlib:
//   hashlib.sha1("ds.jane.name.Jane Doe".encode()).hexdigest()
//   hashlib.sha1("ds.jane.name.Jane Doe.ext".encode()).hexdigest()
//   hashlib.sha1("ds.jane.name.Жанна@rus".encode()).hexdigest()
//   hashlib.sha1("us_ofac_sdn.ofac-1.alias.Ё@rus.ext".encode()).hexdigest()
TEST(FtmStatement, HasTheIdThatFollowTheMoneyGivesIt) {
  FtmStatement statement;
  statement.dataset = "ds";
  statement.entity_id = "jane";
  statement.canonical_id = "NK-1";  // no part of it
  statement.schema = "Person";      // nor this
  statement.prop = "name";
  statement.value = "Jane Doe";
  EXPECT_EQ(FtmStatementId(statement), "b07a0ce30090b430716d7f73e21d823aa75d3312");
  statement.external = true;
  EXPECT_EQ(FtmStatementId(statement), "a9ff52810ff17bc4956258d2c69916190ef37f1c");
  statement.external = false;
  statement.value = "Жанна";
  statement.lang = "rus";
  EXPECT_EQ(FtmStatementId(statement), "48b0c1fffc94f7ee56366aa8dd456b96271e8f18");
  statement = {"", "ofac-1", "alias", "",   "Person", "Ё", "us_ofac_sdn",
               "", "rus",    "",      true, "",       "",  ""};
  EXPECT_EQ(FtmStatementId(statement), "73b0fc4c2f79ad1c3a705c18a5288ac43b1cfc0b");
}

TEST(FtmWriter, GivesEveryStatementItsIdAndEveryEntityItsChecksum) {
  const std::vector<FtmStatement> statements = Statements(Written("ftm", Sample()));
  ASSERT_GT(statements.size(), 500U);
  std::map<std::string, std::set<std::string>> ids;
  std::set<std::string> all;
  for (const FtmStatement& statement : statements) {
    EXPECT_EQ(statement.id, FtmStatementId(statement));
    EXPECT_TRUE(all.insert(statement.id).second) << FtmJsonLine(statement);
    EXPECT_EQ(statement.dataset, "headwater");
    if (statement.prop != "id") {
      ids[statement.entity_id].insert(statement.id);
      continue;
    }
    // The SHA-1 over the schema and the ids of the others, sorted.
    std::string joined = statement.schema;
    for (const std::string& id : ids[statement.entity_id]) joined += id;
    EXPECT_EQ(statement.value, Sha1Hex({joined}));
  }
}

TEST(FtmWriter, SaysWhatFollowTheMoneyHasWordsFor) {
  std::map<std::string, std::multimap<std::string, std::string>> entities;
  std::map<std::string, std::string> schemata;
  for (const FtmStatement& statement : Statements(Written("ftm", Sample()))) {
    entities[statement.entity_id].emplace(statement.prop, statement.value);
    schemata[statement.entity_id] = statement.schema;
  }
  const auto value = [&](const std::string& entity, const std::string& prop) {
    const auto found = entities[entity].find(prop);
    return found == entities[entity].end() ? std::string() : found->second;
  };
  EXPECT_EQ(schemata["Source-ft"], "Organization");
  EXPECT_EQ(schemata["Source-cac"], "PublicBody");
  EXPECT_EQ(schemata["Source-ft-three-people"], "LegalEntity");
  EXPECT_EQ(value("Source-ft", "name"), "Financial Times");
  EXPECT_EQ(value("Source-ft", "alias"), "FT");
  EXPECT_EQ(value("Source-ft", "country"), "gb");
  EXPECT_EQ(value("Source-ft", "website"), "https://ft.com/");
  EXPECT_EQ(value("Source-huawei", "wikidataId"), "Q160120");
  int notes = 0;
  int links = 0;
  for (const auto& [id, schema] : schemata) {
    notes += schema == "Note" ? 1 : 0;
    links += schema == "UnknownLink" && absl::StrContains(id, "-Attribution-") ? 1 : 0;
  }
  EXPECT_EQ(notes, 26);
  EXPECT_EQ(links, 56);
  const std::string link = "Claim-huawei-engineers-failed-Attribution-ft";
  EXPECT_EQ(value(link, "subject"), "Source-ft");
  EXPECT_EQ(value(link, "object"), "Claim-huawei-engineers-failed");
  EXPECT_TRUE(absl::StartsWith(value(link, "proof"), "Document-")) << value(link, "proof");
  EXPECT_TRUE(absl::StartsWith(value(link, "recordId"), "Claim-")) << value(link, "recordId");
}

TEST(FtmReader, ReadsBackWhatWasWritten) {
  const std::vector<v1::Record> records = Sample();
  ASSERT_THAT(records, SizeIs(97));
  std::vector<std::string> expected;
  for (const v1::Record& record : records) expected.push_back(FormatRecord(record));
  for (const char* format : {"ftm", "ftm-csv"}) {
    std::vector<std::string> read;
    for (const Row& row : Rows(Written(format, records))) {
      ASSERT_FALSE(row.rejected()) << row.rejections[0].text;
      for (const v1::Record& record : row.records) read.push_back(FormatRecord(record));
    }
    EXPECT_THAT(read, UnorderedElementsAreArray(expected)) << format;
  }
}

constexpr char kCsv[] =
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,"
    "external,first_seen,last_seen,id\r\n"
    "NK-1,of-1,name,name,Person,Ann Onym,ofac,,,,f,2024-01-02T03:04:05,2024-05-01,\r\n"
    "dir-1,dir-1,director,entity,Directorship,NK-1,ofac,,,,f,2024-01-02,,\r\n"
    "NK-1,eu-9,birthDate,date,Person,1970,eu_fsf,,,\"1970, about\",f,2024-02-01,,\r\n"
    "NK-1,of-1,birthDate,date,Person,1970,ofac,,,,f,2024-01-02,,\r\n"
    "NK-1,of-1,alias,name,Person,\"Anna \"\"A\"\"\",ofac,,,,f,2024-01-02,,\r\n"
    "dir-1,dir-1,organization,entity,Directorship,co-1,ofac,,,,f,2024-01-02,,\r\n"
    "co-1,co-1,name,name,Company,Acme,ofac,,,,t,,,\r\n"
    "dir-1,dir-1,startDate,date,Directorship,2019-05,ofac,,,,f,2024-01-02,,\r\n"
    "co-1,co-1,jurisdiction,country,Company,cy,ofac,,,,t,,,\r\n"
    "a-1,a-1,title,string,Article,A headline,press,,,,f,,,\r\n"
    "a-1,a-1,sourceUrl,url,Article,https://example.org/a,press,,,,f,,,\r\n"
    "a-1,a-1,publishedAt,date,Article,2024-03-03,press,,,,f,,,\r\n"
    "a-1,a-1,keywords,string,Article,acme,press,,,,f,,,\r\n"
    ",,name,name,Person,Nobody,ofac,,,,f,,,\r\n"
    "x,x,name\r\n";

TEST(FtmReader, MakesOfOthersStatementsWhatANewsroomWants) {
  const std::vector<Row> rows = Rows(kCsv);
  ASSERT_THAT(rows, SizeIs(15));
  std::map<std::string, v1::Record> records;
  std::map<int64_t, const Row*> by_number;
  int rejected = 0;
  for (const Row& row : rows) {
    by_number[row.number] = &row;
    rejected += row.rejected() ? 1 : 0;
    for (const v1::Record& record : row.records) {
      const google::protobuf::Message& resource = ResourceIn(record, *KindOf(record));
      EXPECT_TRUE(CheckRules(resource).ok()) << CheckRules(resource) << resource.DebugString();
      records.emplace(NameOf(resource), record);
    }
  }
  EXPECT_EQ(rejected, 2);
  EXPECT_EQ(by_number[15]->rejections.at(0).reason, "entity_id is missing");
  EXPECT_EQ(by_number[16]->rejections.at(0).reason, "wrong number of cells");
  std::map<std::string, int> kinds;
  for (const auto& [name, record] : records) ++kinds[KindOf(record)->word];
  // Datasets ofac, eu_fsf and press, and Ann and Acme. The datasets as documents, and the article.
  EXPECT_EQ(kinds["source"], 5);
  EXPECT_EQ(kinds["document"], 4);
  EXPECT_EQ(kinds["claim"], 4);
  EXPECT_EQ(kinds["attribution"], 5);

  std::map<std::string, v1::Claim> claims;
  std::map<std::string, std::vector<v1::Attribution>> attributions;
  for (const auto& [name, record] : records) {
    if (record.has_claim()) claims[record.claim().text()] = record.claim();
    if (record.has_attribution()) {
      attributions[name.substr(0, name.find("/attributions"))].push_back(record.attribution());
    }
    if (record.has_source() && record.source().display_name() == "Ann Onym") {
      EXPECT_EQ(record.source().kind(), v1::SOURCE_KIND_PERSON);
      EXPECT_THAT(record.source().aliases(), ElementsAre("Anna \"A\""));
      EXPECT_THAT(record.source().original().record(), HasSubstr("2024-01-02T03:04:05"));
    }
    if (record.has_document() && record.document().title() == "A headline") {
      EXPECT_EQ(record.document().uri(), "https://example.org/a");
      EXPECT_EQ(record.document().published_date(), "2024-03-03");
    }
  }
  ASSERT_EQ(claims.count("Ann Onym – birth date: 1970"), 1U);
  const v1::Claim& birth = claims["Ann Onym – birth date: 1970"];
  // Two datasets say so.
  ASSERT_THAT(attributions[birth.name()], SizeIs(2));
  std::set<std::string> said;
  for (const v1::Attribution& attribution : attributions[birth.name()]) {
    EXPECT_EQ(attribution.stance(), v1::STANCE_ASSERTS);
    said.insert(attribution.said_date());
    if (attribution.said_date() == "2024-02-01") {
      EXPECT_THAT(attribution.original().record(), HasSubstr("1970, about"));
    }
  }
  EXPECT_THAT(said, ElementsAre("2024-01-02", "2024-02-01"));
  const std::string link =
      "directorship – director: Ann Onym; organization: Acme; start date: 2019-05";
  ASSERT_EQ(claims.count(link), 1U);
  EXPECT_THAT(claims[link].about(), SizeIs(2));
  EXPECT_EQ(claims[link].subject_date(), "2019-05/..");
  ASSERT_EQ(claims.count("Acme – jurisdiction: cy"), 1U);
  EXPECT_THAT(attributions[claims["Acme – jurisdiction: cy"].name()].at(0).note(),
              HasSubstr("External"));
  ASSERT_EQ(claims.count("A headline – keywords: acme"), 1U);
}

TEST(FtmReader, RowsCanBeReadAgainUnderTheirHeader) {
  std::unique_ptr<Reader> reader = NewFtmReader(Input::FromString(kCsv).value());
  Row row;
  ASSERT_TRUE(reader->Next(&row).value());
  const std::vector<Row> again = Rows(absl::StrCat(reader->RawHeader(), "\n", row.raw, "\n"));
  ASSERT_THAT(again, SizeIs(1));
  ASSERT_FALSE(again[0].records.empty());
  EXPECT_EQ(again[0].records[0].source().display_name(), "Ann Onym");
}

TEST(FtmReader, SaysWhatIsNoStatement) {
  std::unique_ptr<Reader> reader = NewFtmReader(Input::FromString("a,b\n1,2\n").value());
  Row row;
  EXPECT_THAT(std::string(reader->Next(&row).status().message()), HasSubstr("no column entity_id"));
  const std::vector<Row> rows = Rows("{\"entity_id\": \"a\"}\n{\"x\": \n");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].rejections.at(0).reason, "prop is missing");
  EXPECT_EQ(rows[1].rejections.at(0).reason, "not JSON");
  EXPECT_THAT(Rows(""), IsEmpty());
}

}  // namespace
}  // namespace headwater::exchange
