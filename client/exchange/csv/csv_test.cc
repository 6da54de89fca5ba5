#include "exchange/csv/reader.h"

#include "exchange/csv/records.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// All records: fields joined by "|", or "!" and what is wrong.
std::vector<std::string> Records(const std::string& text, char delimiter = ',') {
  auto input = Input::FromString(text);
  CsvRecords records(input->get(), delimiter);
  std::vector<std::string> found;
  CsvRecord record;
  while (records.Next(&record).value_or(false)) {
    std::string joined = record.wrong.empty() ? "" : "!" + record.wrong;
    for (const std::string& field : record.fields) joined += (joined.empty() ? "" : "|") + field;
    found.push_back(joined);
  }
  return found;
}

TEST(CsvRecords, AsRfc4180Says) {
  EXPECT_THAT(Records("a,b\r\n1,\"x \"\"y\"\"\"\r\n"), ElementsAre("a|b", "1|x \"y\""));
  EXPECT_THAT(Records("a,\"two\nlines\"\n\n\nc, d "), ElementsAre("a|two\nlines", "c| d "));
  EXPECT_THAT(Records("a\tb\n1\t2,3\n", '\t'), ElementsAre("a|b", "1|2,3"));
  EXPECT_THAT(Records("a,b\n1,\"never closed\n"), ElementsAre("a|b", HasSubstr("not closed")));
  EXPECT_THAT(Records(""), ElementsAre());
}

TEST(CsvRecords, ALongOneIsGivenUp) {
  const auto records = Records("a,b\n1,\"" + std::string(kMaxRow + 100, 'x') + "\nc,d\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_THAT(records[1], HasSubstr("longer than 16 MiB"));
  EXPECT_EQ(records[2], "c|d");
}

TEST(SniffDelimiter, ByTheHeader) {
  EXPECT_EQ(SniffDelimiter("a,b;c;d\n1|1|1|1"), ';');
  EXPECT_EQ(SniffDelimiter("a\tb"), '\t');
  EXPECT_EQ(SniffDelimiter("\"a;b;c\",d"), ',');
  EXPECT_EQ(SniffDelimiter("a"), ',');
}

struct ReadBack {
  std::vector<Row> rows;
  std::string header;
  absl::Status status;
};

ReadBack Read(const std::string& text, const std::string& mapping = "") {
  ReadBack back;
  auto reader = NewCsvReader(*Input::FromString(text), mapping, 0, "vi");
  back.status = reader.status();
  if (!reader.ok()) return back;
  Row row;
  for (;;) {
    const auto more = (*reader)->Next(&row);
    back.status = more.status();
    if (!more.ok() || !*more) break;
    back.rows.push_back(row);
  }
  back.header = (*reader)->RawHeader();
  return back;
}

TEST(CsvReader, ColumnsNamedAsFields) {
  const ReadBack back = Read(
      "Text;tags;subject date;quantity of doubt\n"
      "\"Nó thất bại\";h20;2025;much\nragged\n;;;\nHai;a b;soon;\n");
  ASSERT_TRUE(back.status.ok()) << back.status;
  ASSERT_EQ(back.rows.size(), 4U);
  EXPECT_EQ(back.header, "Text;tags;subject date;quantity of doubt");
  const v1::Claim& claim = back.rows[0].records.at(0).claim();
  EXPECT_EQ(claim.text(), "Nó thất bại");
  EXPECT_EQ(claim.language(), "vi");
  EXPECT_EQ(claim.nature(), v1::CLAIM_NATURE_FACT);
  EXPECT_THAT(claim.tags(), ElementsAre("h20"));
  EXPECT_EQ(claim.original().record(), "\"Nó thất bại\";h20;2025;much");
  EXPECT_EQ(claim.original().values(0).field(), "quantity of doubt");
  EXPECT_EQ(back.rows[0].number, 2);
  EXPECT_EQ(back.rows[1].rejections.at(0).reason, "ragged");
  EXPECT_EQ(back.rows[1].raw, "ragged");
  EXPECT_EQ(back.rows[2].rejections.at(0).reason, "text is missing");
  EXPECT_EQ(back.rows[3].records.at(0).claim().original().values(0).field(), "tags");
}

TEST(CsvReader, AMappingMakesSeveral) {
  const ReadBack back = Read("who,site,link,head\nFT,www.ft.com,https://ft.com/1,One\n", R"({
    "records": [
      {"kind": "source", "as": "outlet", "key": "domain",
       "fields": {"display_name": "who", "domains": "site", "kind": {"constant": "NEWS_OUTLET"}}},
      {"kind": "document", "fields": {"publisher": {"record": "outlet"}, "title": "head", "uri": "link"}}
    ]})");
  ASSERT_TRUE(back.status.ok()) << back.status;
  ASSERT_EQ(back.rows.at(0).records.size(), 2U);
  const v1::Source& source = back.rows[0].records[0].source();
  EXPECT_EQ(source.kind(), v1::SOURCE_KIND_NEWS_OUTLET);
  EXPECT_EQ(back.rows[0].records[1].document().publisher(), source.name());
  EXPECT_EQ(back.rows[0].records[1].document().uri(), "https://ft.com/1");
}

TEST(CsvReader, MistakesInMappingsAreNamed) {
  const auto why = [](const std::string& mapping) {
    return std::string(Read("a,b\n1,2\n", mapping).status.message());
  };
  EXPECT_THAT(why("{"), HasSubstr("no JSON"));
  EXPECT_THAT(why("{\"records\": []}"), HasSubstr("no records"));
  EXPECT_THAT(why("{\"records\": [{\"kind\": \"song\"}]}"), HasSubstr("records[0] needs a kind"));
  EXPECT_THAT(why("{\"records\": [{\"kind\": \"claim\", \"fields\": {\"colour\": \"a\"}}]}"),
              HasSubstr("colour is no field of a claim"));
  EXPECT_THAT(why("{\"records\": [{\"kind\": \"claim\", \"fields\": {\"text\": \"z\"}}]}"),
              HasSubstr("no column \"z\""));
  EXPECT_THAT(why(""), HasSubstr("mapping file"));
}

}  // namespace
}  // namespace headwater::exchange
