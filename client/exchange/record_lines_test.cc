#include "exchange/record_lines.h"

#include <sstream>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RecordLines, ARecordComesBackAsItWas) {
  const std::string line =
      R"({"source":{"name":"sources/tri-dat","kind":"SOURCE_KIND_PERSON","displayName":"Trí Đạt"}})";
  const auto record = ParseRecord(line);
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->source().display_name(), "Trí Đạt");
  EXPECT_EQ(FormatRecord(*record), line);
}

TEST(RecordLines, FieldNamesOfBothFormsAreRead) {
  const auto record = ParseRecord(R"({"source":{"name":"sources/a","display_name":"A"}})");
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->source().display_name(), "A");
}

TEST(RecordLines, BadLinesSayWhatIsWrong) {
  const auto why = [](absl::string_view line) {
    return std::string(ParseRecord(line).status().message());
  };
  EXPECT_THAT(why("{"), HasSubstr("not a record in JSON"));
  EXPECT_THAT(why("[]"), HasSubstr("not a record in JSON"));
  EXPECT_THAT(why(R"({"source":{"colour":"red"}})"), HasSubstr("colour"));
  EXPECT_THAT(why(R"({"claim":{"name":"claims/a","nature":"FACTUAL"}})"), HasSubstr("FACTUAL"));
  EXPECT_THAT(why("{}"), HasSubstr("no resource in it"));
  EXPECT_THAT(why(R"({"source":{}})"), HasSubstr("source.name is missing"));
  EXPECT_THAT(why(R"({"review":{"name":"reviews/a"}})"),
              HasSubstr("claims/{claim}/reviews/{review}"));
  EXPECT_THAT(why(std::string(kMaxLine + 1, ' ')), HasSubstr("longer than 16 MiB"));
  for (const char* line : {"{", R"({"source":{"colour":"red"}})"}) {
    EXPECT_THAT(why(line), testing::Not(HasSubstr("\n")));
  }
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::istringstream input(text);
  LineReader reader(&input);
  std::vector<std::string> lines;
  for (std::string line; reader.Next(&line);) lines.push_back(line);
  EXPECT_EQ(reader.number(), static_cast<int>(lines.size()));
  EXPECT_EQ(reader.bytes(), text.size());
  return lines;
}

TEST(LineReader, ReadsEveryEnding) {
  EXPECT_THAT(LinesOf(""), ElementsAre());
  EXPECT_THAT(LinesOf("a\r\n\nb"), ElementsAre("a", "", "b"));
  EXPECT_THAT(LinesOf("a\n"), ElementsAre("a"));
}

TEST(LineReader, HoldsNoMoreOfALineThanItMay) {
  const auto lines = LinesOf(std::string(kMaxLine + 100, 'x') + "\nnext\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].size(), kMaxLine + 1);
  EXPECT_EQ(lines[1], "next");
}

}  // namespace
}  // namespace headwater::exchange
