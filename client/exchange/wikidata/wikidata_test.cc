// Wikidata's statements as claims.
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/wikidata/reader.h"
#include "exchange/wikidata/values.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Row> Rows(std::unique_ptr<Input> input) {
  std::unique_ptr<Reader> reader = NewWikidataReader(std::move(input));
  std::vector<Row> rows;
  Row row;
  while (true) {
    const absl::StatusOr<bool> more = reader->Next(&row);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return rows;
    rows.push_back(row);
  }
}

std::vector<Row> Rows(const std::string& text) { return Rows(Input::FromString(text).value()); }

// What a row made of its statement.
struct Made {
  v1::Claim claim;
  v1::Attribution wikidata;
  std::vector<v1::Attribution> others;
  std::map<std::string, v1::Document> documents;
  std::map<std::string, v1::Source> sources;
};

Made MadeOf(const Row& row) {
  Made made;
  for (const v1::Record& record : row.records) {
    if (record.has_claim()) made.claim = record.claim();
    if (record.has_source()) made.sources[record.source().name()] = record.source();
    if (record.has_document()) made.documents[record.document().name()] = record.document();
    if (!record.has_attribution()) continue;
    if (absl::EndsWith(record.attribution().name(), "/wikidata")) {
      made.wikidata = record.attribution();
    } else {
      made.others.push_back(record.attribution());
    }
  }
  return made;
}

TEST(Wikidata, AStatementBecomesAClaimWithItsReferences) {
  const std::vector<Row> rows = Rows(R"({"entity": "Q1", "label": "Ann", "property": "P39",
    "statement_id": "Q1$ABC-1", "rank": "preferred", "value": {"entity-type": "item", "id": "Q77"},
    "datatype": "wikibase-item",
    "qualifiers": {"P580": [{"time": "+2012-05-07T00:00:00Z", "precision": 11, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}],
                   "P5102": [{"entity-type": "item", "id": "Q18122778"}]},
    "references": [
      {"P854": ["https://www.example.com/ann"], "P1476": [{"text": "Ann elected", "language": "en"}],
       "P577": [{"time": "+2012-05-08T00:00:00Z", "precision": 11, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}]},
      {"P248": [{"entity-type": "item", "id": "Q36578"}]},
      {"P887": [{"entity-type": "item", "id": "Q1111"}]}]})");
  ASSERT_THAT(rows, SizeIs(1));
  ASSERT_FALSE(rows[0].rejected()) << rows[0].rejections[0].text;
  const Made made = MadeOf(rows[0]);
  EXPECT_EQ(made.claim.name(), "claims/wikidata-q1-abc-1");
  EXPECT_EQ(
      made.claim.text(),
      "Ann (Q1) – position held (P39): Q77; nature of statement (P5102): presumably (Q18122778); "
      "start time (P580): 2012-05-07");
  EXPECT_EQ(made.claim.subject_date(), "2012-05-07/..");
  ASSERT_THAT(made.claim.about(), SizeIs(2));
  EXPECT_EQ(made.claim.about(0).name(), "Ann");
  EXPECT_EQ(made.claim.about(0).uri(), "http://www.wikidata.org/entity/Q1");
  EXPECT_EQ(made.claim.about(1).uri(), "http://www.wikidata.org/entity/Q77");
  EXPECT_THAT(made.claim.tags(), ElementsAre("rank-preferred"));
  EXPECT_EQ(made.claim.original().record(), rows[0].raw);
  EXPECT_EQ(made.wikidata.stance(), v1::STANCE_ASSERTS);
  EXPECT_EQ(made.wikidata.basis(), v1::BASIS_SECOND_HAND);
  EXPECT_THAT(made.wikidata.hedges(), ElementsAre("presumably"));
  ASSERT_THAT(made.wikidata.cites(), SizeIs(2));
  ASSERT_THAT(made.others, SizeIs(1));
  EXPECT_EQ(made.wikidata.cites(0).attribution(), made.others[0].name());
  EXPECT_EQ(made.wikidata.cites(1).source(), "sources/wikidata-q36578");
  EXPECT_EQ(made.sources.at("sources/wikidata-q36578").display_name(), "Integrated Authority File");
  EXPECT_EQ(made.others[0].source(), SourceNameOfDomain("example.com"));
  EXPECT_EQ(made.others[0].said_date(), "2012-05-08");
  const v1::Document page = made.documents.at(DocumentNameOf("https://www.example.com/ann"));
  EXPECT_EQ(page.title(), "Ann elected");
  EXPECT_EQ(page.published_date(), "2012-05-08");
  EXPECT_EQ(made.others[0].document(), page.name());
}

TEST(Wikidata, WhatIsDeprecatedIsDoubted) {
  const Made made =
      MadeOf(Rows(R"({"entity": "Q1", "label": "", "property": "P2067", "statement_id": "Q1$a",
    "rank": "deprecated", "value": {"amount": "+12.5", "unit": "http://www.wikidata.org/entity/Q11573"},
    "qualifiers": {"P2241": [{"id": "Q9"}]}, "references": [{"P143": [{"id": "Q328"}]}]})")[0]);
  EXPECT_EQ(made.wikidata.stance(), v1::STANCE_DOUBTS);
  EXPECT_THAT(made.wikidata.note(), HasSubstr("Q9"));
  ASSERT_THAT(made.wikidata.cites(), SizeIs(1));
  EXPECT_EQ(made.wikidata.cites(0).stance(), v1::STANCE_ASSERTS);
  EXPECT_FALSE(made.wikidata.has_withdrawal());
  ASSERT_THAT(made.claim.quantities(), SizeIs(1));
  EXPECT_EQ(made.claim.quantities(0).value(), "12.5");
  EXPECT_EQ(made.claim.quantities(0).unit(), "metre");
  EXPECT_EQ(made.claim.quantities(0).property(), "mass");
}

TEST(Wikidata, WhatIsNoStatementIsRejectedByWhatIsWrong) {
  const auto reason = [](const std::string& line) {
    const std::vector<Row> rows = Rows(line);
    return rows.size() == 1 && rows[0].rejected() ? rows[0].rejections[0].reason : std::string();
  };
  EXPECT_EQ(reason("{\"entity\": }"), "not JSON");
  EXPECT_EQ(reason(R"({"entity": "Paris"})"), "entity is missing or wrong");
  EXPECT_EQ(reason(R"({"entity": "Q1", "property": "x"})"), "property is missing or wrong");
  EXPECT_EQ(reason(R"({"entity": "Q1", "property": "P1", "statement_id": "a b"})"),
            "statement_id is missing or wrong");
  EXPECT_EQ(reason(R"({"entity": "Q1", "property": "P1", "statement_id": "a", "rank": "best"})"),
            "rank is missing or wrong");
  EXPECT_EQ(reason(R"({"entity": "Q1", "property": "P1", "statement_id": "a", "rank": "normal"})"),
            "value is missing or wrong");
  EXPECT_EQ(
      reason(
          R"({"entity": "Q1", "property": "P1", "statement_id": "a", "rank": "normal", "value": {"x": 1}})"),
      "value is missing or wrong");
}

TEST(Wikidata, DatesByPrecision) {
  const char* gregorian = "http://www.wikidata.org/entity/Q1985727";
  const char* julian = "http://www.wikidata.org/entity/Q1985786";
  EXPECT_EQ(WikidataDate("+1952-10-07T00:00:00Z", 11, gregorian), "1952-10-07");
  EXPECT_EQ(WikidataDate("+1952-10-00T00:00:00Z", 10, gregorian), "1952-10");
  EXPECT_EQ(WikidataDate("+1952-00-00T00:00:00Z", 9, gregorian), "1952");
  EXPECT_EQ(WikidataDate("+1980-00-00T00:00:00Z", 8, gregorian), "1980/1989");
  EXPECT_EQ(WikidataDate("+2000-00-00T00:00:00Z", 7, gregorian), "1901/2000");
  EXPECT_EQ(WikidataDate("-0044-03-15T00:00:00Z", 9, julian), "-0043");
  EXPECT_EQ(WikidataDate("+1700-02-29T00:00:00Z", 11, julian), std::nullopt);
  EXPECT_EQ(WikidataDate("+1952-02-30T00:00:00Z", 11, gregorian), std::nullopt);
  EXPECT_EQ(WikidataDate("-2800000-00-00T00:00:00Z", 4, julian), std::nullopt);
}

// The file of real statements; figures counted in it by other means.
class RealStatements : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("HEADWATER_REAL_DATA");
    const std::string path =
        absl::StrCat(data != nullptr ? data : HEADWATER_SOURCE_DIR "/../shared",
                     "/data/wikidata/statements.ndjson");
    if (!std::ifstream(path).good()) GTEST_SKIP() << "no real data: " << path << " is not there";
    rows_ = Rows(Input::Open(path).value());
  }

  std::vector<Row> rows_;
};

TEST_F(RealStatements, AreAllImported) {
  ASSERT_THAT(rows_, SizeIs(3743));
  std::set<std::string> claims;
  std::map<v1::Stance, int> stances;
  int citing = 0;
  int pages = 0;
  int some = 0;
  int none = 0;
  int preferred = 0;
  std::set<std::string> entities;
  for (const Row& row : rows_) {
    ASSERT_FALSE(row.rejected()) << row.number << ": " << row.rejections[0].text;
    std::set<std::string> names;
    for (const v1::Record& record : row.records) {
      const Kind& kind = *KindOf(record);
      const google::protobuf::Message& resource = ResourceIn(record, kind);
      EXPECT_TRUE(CheckRules(resource).ok()) << CheckRules(resource) << resource.DebugString();
      EXPECT_TRUE(names.insert(NameOf(resource)).second);
    }
    const Made made = MadeOf(row);
    claims.insert(made.claim.name());
    entities.insert(made.claim.about(0).uri());
    ++stances[made.wikidata.stance()];
    citing += made.wikidata.cites_size() > 0 ? 1 : 0;
    pages += made.others.empty() ? 0 : 1;
    for (const std::string& tag : made.claim.tags()) {
      some += tag == "some-value" ? 1 : 0;
      none += tag == "no-value" ? 1 : 0;
      preferred += tag == "rank-preferred" ? 1 : 0;
    }
    EXPECT_EQ(made.claim.original().record(), row.raw);
  }
  EXPECT_THAT(claims, SizeIs(3743));
  EXPECT_THAT(entities, SizeIs(66));
  EXPECT_EQ(stances[v1::STANCE_ASSERTS], 3717);
  EXPECT_EQ(stances[v1::STANCE_DOUBTS], 26);
  EXPECT_EQ(preferred, 25);
  EXPECT_EQ(some, 5);
  EXPECT_EQ(none, 4);
  // 785 statements have references; those of 44 name neither a page nor a source.
  EXPECT_EQ(citing, 741);
  // 237 with references to pages alone, 7 and 5 with others besides.
  EXPECT_EQ(pages, 249);
}

TEST_F(RealStatements, AreReadFieldByField) {
  ASSERT_GE(rows_.size(), 3072U);
  const Made party = MadeOf(rows_[3052]);
  EXPECT_EQ(party.claim.name(), "claims/wikidata-q7747-d3ff1d0d-4d80-6282-9d7e-ba356cfef229");
  EXPECT_EQ(party.claim.text(),
            "Vladimir Putin (Q7747) – member of political party (P102): no value; start time "
            "(P580): 1991; "
            "end time (P582): 1995");
  EXPECT_EQ(party.claim.subject_date(), "1991/1995");
  EXPECT_THAT(party.claim.tags(), ElementsAre("no-value"));
  EXPECT_THAT(party.wikidata.cites(), IsEmpty());
  EXPECT_EQ(party.wikidata.basis(), v1::BASIS_UNSPECIFIED);

  const Made birth = MadeOf(rows_[3071]);
  EXPECT_EQ(birth.claim.text(), "Vladimir Putin (Q7747) – date of birth (P569): 1952-10-07");
  EXPECT_EQ(birth.claim.subject_date(), "1952-10-07");
  EXPECT_EQ(birth.wikidata.cites(0).source(), "sources/wikidata-q36578");
  const v1::Document brockhaus =
      birth.documents.at(DocumentNameOf("https://brockhaus.de/ecs/julex/article/wladimir-putin"));
  EXPECT_EQ(brockhaus.publisher(), SourceNameOfDomain("brockhaus.de"));
  bool told = false;
  for (const v1::Attribution& other : birth.others) {
    told |= other.document() == brockhaus.name() && other.source() == "sources/wikidata-q237227";
  }
  EXPECT_TRUE(told);

  const Made post = MadeOf(rows_[3034]);
  EXPECT_EQ(post.wikidata.stance(), v1::STANCE_DOUBTS);
  EXPECT_THAT(post.wikidata.note(), HasSubstr("Q1759270"));
  EXPECT_THAT(post.wikidata.hedges(), ElementsAre("Q712144"));
  EXPECT_THAT(post.claim.tags(), ElementsAre("rank-deprecated"));

  const Made speed = MadeOf(rows_[356]);
  ASSERT_THAT(speed.claim.quantities(), SizeIs(1));
  EXPECT_EQ(speed.claim.quantities(0).property(), "P3395");
  EXPECT_EQ(speed.claim.quantities(0).value(), "70");
  EXPECT_EQ(speed.claim.quantities(0).unit(), "Q105839488");
  EXPECT_THAT(speed.claim.text(), HasSubstr("70 Q105839488 (60 to 80)"));
}

}  // namespace
}  // namespace headwater::exchange
