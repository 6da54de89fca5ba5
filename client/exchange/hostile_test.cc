// Files that were made to take long, or much memory: no row takes more than its size allows.
// Whoever goes through all of it again for each part takes hours here, and ctest's patience ends
// earlier.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/json_text.h"
#include "exchange/kinds.h"
#include "exchange/prov/statements.h"
#include "exchange/readers.h"
#include "exchange/unicode.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class HostileTest : public testing::Test {
 protected:
  // The rows of a text, up to its end or to where it is refused.
  std::vector<Row> Read(const std::string& format, const std::string& text) {
    std::vector<Row> rows;
    auto reader = OpenReader(format, Input::FromString(text).value(), ReadSettings());
    EXPECT_TRUE(reader.ok()) << reader.status();
    if (!reader.ok()) return rows;
    Row row;
    absl::StatusOr<bool> more = false;
    while ((more = (*reader)->Next(&row)).ok() && *more) rows.push_back(row);
    status_ = more.status();
    return rows;
  }

  absl::Status status_;
};

template <typename Make>
std::string Joined(int count, Make make) {
  std::string text;
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, i == 0 ? "" : ",", make(i));
  return text;
}

std::string Repeated(const std::string& part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

int Count(const Row& row, const std::string& kind) {
  int count = 0;
  for (const v1::Record& record : row.records) count += KindOf(record)->word == kind ? 1 : 0;
  return count;
}

TEST_F(HostileTest, MarkupThatNeverEnds) {
  for (const char* part : {"<a", "&", "<"}) {
    const std::string text = Repeated(part, 400'000);
    EXPECT_EQ(HtmlToText(text), text);
  }
}

TEST_F(HostileTest, MarksUponMarks) {
  std::string text = "\u0915";
  for (int i = 0; i < 500'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0316";
  EXPECT_FALSE(IsNfc(text));
  const std::string normal = ToNfc(text);
  EXPECT_TRUE(IsNfc(normal));
  EXPECT_LT(normal.size(), 500U);
  EXPECT_LT(FoldedBare(text).size(), 500U);
  EXPECT_LT(Folded(text).size(), 500U);
}

TEST_F(HostileTest, LongNumbersAndLinks) {
  EXPECT_EQ(FitDecimal(Repeated("111,", 1'000'000) + "111"), std::nullopt);
  EXPECT_EQ(FitDecimal("-1,234,567.5"), "-1234567.5");
  const std::string link = "https://a.example/" + std::string(8'000'000, '/');
  EXPECT_EQ(UriKey(link), link);
}

TEST_F(HostileTest, JsonThatIsMended) {
  const std::string text = "{\"a\":\"b\"" + std::string(1'000'000, ' ') + ",}";
  EXPECT_EQ(TextOf(*ParseJson(text), {"a"}), "b");
  EXPECT_THAT(std::string(ParseJson(text + "x").status().message()), HasSubstr("line 1"));
}

TEST_F(HostileTest, JsonOfMillionsOfValues) {
  const auto array = [](int size) { return "[" + Joined(size, [](int) { return "{}"; }) + "]"; };
  EXPECT_TRUE(ParseJson(array(400'000)).ok());
  EXPECT_THAT(std::string(ParseJson(array(600'000)).status().message()), HasSubstr("values"));
}

TEST_F(HostileTest, ManyReviewsOfOneClaim) {
  const auto claim = [](int reviews, const std::string& text) {
    return absl::StrCat(
        "{\"text\":\"", text, "\",\"claimReview\":[",
        Joined(reviews,
               [](int i) { return absl::StrCat("{\"url\":\"https://check.example/", i, "\"}"); }),
        "]}");
  };
  const auto rows = Read("fact-check", claim(1000, "a") + "\n" + claim(1001, "a") + "\n" +
                                           claim(20, std::string(1'000'000, 'a')));
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(Count(rows[0], "review"), 1000);
  EXPECT_EQ(rows[1].rejections.at(0).reason, "too many reviews");
  EXPECT_EQ(rows[2].rejections.at(0).reason, "too many reviews");
}

TEST_F(HostileTest, ReviewsThatShareWhatIsLong) {
  const std::string long_text(1'000'000, 'a');
  const auto graph = [&](const std::string& member, int count) {
    return absl::StrCat(
        "{\"@graph\":[{\"@id\":\"#o\",\"name\":\"", long_text, "\",\"url\":\"", long_text, "\"},",
        Joined(count,
               [&](int i) { return absl::StrCat("{\"claimReviewed\":\"", i, "\",", member, "}"); }),
        "]}\n");
  };
  const std::string o = "{\"@id\":\"#o\"}";
  const std::string each = Joined(100, [&](int) { return o; });
  const auto rows = Read(
      "claim-review",
      graph("\"author\":" + o, 100) + graph("\"author\":[" + each + "]", 1) +
          graph("\"itemReviewed\":{\"author\":[" + each + "]}", 1) +
          graph("\"itemReviewed\":{\"appearance\":[" + each + "]}", 1) + graph("\"a\":0", 3) +
          absl::StrCat("{\"reviewBody\":\"", long_text, "\",\"claimReviewed\":[",
                       Joined(100, [](int i) { return absl::StrCat("\"", i, "\""); }), "]}\n"));
  ASSERT_THAT(rows, SizeIs(6));
  for (int i : {0, 1, 2, 3, 5}) EXPECT_EQ(rows[i].rejections.at(0).reason, "too many") << i;
  EXPECT_EQ(Count(rows[4], "review"), 3);
}

TEST_F(HostileTest, ARowIsKeptBesideItsFirstReviews) {
  const auto rows =
      Read("claim-review",
           absl::StrCat(
               "{\"x\":\"", std::string(100'000, 'x'), "\",\"@graph\":[",
               Joined(400, [](int i) { return absl::StrCat("{\"claimReviewed\":\"", i, "\"}"); }),
               "]}"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(Count(rows[0], "review"), 400);
  size_t kept = 0;
  for (const v1::Record& record : rows[0].records)
    kept += record.review().original().record().size();
  EXPECT_GT(kept, rows[0].raw.size());
  EXPECT_LE(kept, kMaxRow);
}

TEST_F(HostileTest, ManyAppearances) {
  const auto rows =
      Read("claim-review",
           absl::StrCat(
               "{\"claimReviewed\":\"a\",\"itemReviewed\":{\"author\":\"b\",\"appearance\":[",
               Joined(50'000, [](int i) { return absl::StrCat("\"https://a.example/", i, "\""); }),
               "]}}"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(Count(rows[0], "attribution"), 200);
}

TEST_F(HostileTest, ManyReferences) {
  const auto rows = Read(
      "wikidata",
      absl::StrCat(
          R"({"entity":"Q1","property":"P1","statement_id":"Q1$a","rank":"normal",)",
          R"("value":"x","references":[)",
          Joined(5000,
                 [](int i) { return absl::StrCat("{\"P854\":[\"https://a", i, ".example/\"]}"); }),
          "]}"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(Count(rows[0], "attribution"), 1001);
  EXPECT_EQ(Count(rows[0], "document"), 1001);
}

TEST_F(HostileTest, ALongNameThatManyLeadTo) {
  const auto line = [](const std::string& entity, const std::string& prop,
                       const std::string& value) {
    return absl::StrCat(R"({"entity_id":")", entity, R"(","canonical_id":")", entity,
                        R"(","schema":"Person","dataset":"d","prop":")", prop, R"(","value":")",
                        value, "\"}\n");
  };
  std::string text = line("big", "name", std::string(2'000'000, 'n'));
  for (int i = 0; i < 2000; ++i) {
    text += line(absl::StrCat("e", i), "name", "e") + line(absl::StrCat("e", i), "friend", "big");
  }
  const auto rows = Read("ftm", text);
  EXPECT_TRUE(status_.ok()) << status_;
  ASSERT_THAT(rows, SizeIs(4001));
  EXPECT_THAT(rows.back().records.back().attribution().original().record(), HasSubstr("friend"));
  EXPECT_THAT(rows[0].records.at(0).source().display_name(), HasSubstr("nnn"));
}

TEST_F(HostileTest, ALinkOfManyDatasets) {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    absl::StrAppend(&text, R"({"entity_id":"l","canonical_id":"l","schema":"UnknownLink",)",
                    R"("prop":"role","value":"x","dataset":"d)", i, "\"}\n");
  }
  const auto rows = Read("ftm", text);
  ASSERT_THAT(rows, SizeIs(500));
  int claims = 0;
  size_t kept = 0;
  for (const Row& row : rows) {
    EXPECT_EQ(Count(row, "attribution"), 1);
    claims += Count(row, "claim");
    for (const v1::Record& record : row.records) kept += record.claim().original().record().size();
  }
  EXPECT_EQ(claims, 100);
  EXPECT_GT(kept, text.size());
  EXPECT_LE(kept, 4 * text.size());
}

TEST_F(HostileTest, ProvOfManyAttributes) {
  const auto document = [](int count) {
    return absl::StrCat("{\"agent\":{\"x:a\":{",
                        Joined(count, [](int i) { return absl::StrCat("\"x:", i, "\":1"); }),
                        "}}}");
  };
  EXPECT_THAT(Read("prov", document(1000)), SizeIs(1));
  EXPECT_TRUE(status_.ok()) << status_;
  EXPECT_THAT(Read("prov", document(100'000)), SizeIs(0));
  EXPECT_THAT(std::string(status_.message()), HasSubstr("more than 1000 attributes"));
  EXPECT_THAT(Read("prov", absl::StrCat("{\"agent\":{\"x:a\":{\"x:b\":[",
                                        Joined(600'000, [](int) { return "[1]"; }), "]}}}")),
              SizeIs(0));
  EXPECT_THAT(std::string(status_.message()), HasSubstr("values"));
}

TEST_F(HostileTest, ProvOfManyMembersAndPrefixes) {
  const auto rows =
      Read("prov",
           absl::StrCat(R"({"prefix":{"x":"http://x/",)",
                        Joined(5000,
                               [](int i) {
                                 return absl::StrCat("\"p", i, "\":\"http://",
                                                     std::string(1000, 'y'), "/\"");
                               }),
                        R"(},"agent":{"x:g":{}},"entity":{"x:e":{}},"hadMember":{)",
                        Joined(20'000,
                               [](int i) {
                                 return absl::StrCat("\"_:m", i, "\":{\"prov:collection\":\"x:e\",",
                                                     "\"prov:entity\":\"x:e\"}");
                               }),
                        R"(},"wasAttributedTo":{"_:1":{"prov:entity":"x:e","prov:agent":"x:g"},)",
                        R"("_:2":{"prov:entity":"x:e","prov:agent":"p7:g"}}})"));
  EXPECT_TRUE(status_.ok()) << status_;
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].raw, R"({"prefix":{"x":"http://x/"},"agent":{"x:g":{}}})");
  EXPECT_EQ(Count(rows[1], "document"), 1);
  // It can be read again.
  const auto again = Read("prov", rows[1].raw);
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].raw, rows[1].raw);
  EXPECT_THAT(rows[1].raw, HasSubstr("\"p7\":"));
  EXPECT_THAT(rows[1].raw, Not(HasSubstr("\"p8\":")));
}

TEST_F(HostileTest, ProvOfABusyActivity) {
  std::string text = R"({"prefix":{"x":"http://x/"},"agent":{"x:g":{}},"used":{)";
  text += Joined(50'000, [](int i) {
    return absl::StrCat("\"_:u", i, "\":{\"prov:activity\":\"x:act\",\"prov:entity\":\"x:f\"}");
  });
  text +=
      R"(},"wasAssociatedWith":{"_:w":{"prov:activity":"x:act","prov:agent":"x:g"}},"entity":{)";
  text += Joined(2000, [](int i) { return absl::StrCat("\"x:e", i, "\":{}"); });
  text += R"(},"wasGeneratedBy":{)";
  text += Joined(2000, [](int i) {
    return absl::StrCat("\"_:g", i, "\":{\"prov:entity\":\"x:e", i,
                        "\",\"prov:activity\":\"x:act\"}");
  });
  const auto rows = Read("prov", text + "}}");
  EXPECT_TRUE(status_.ok()) << status_;
  ASSERT_THAT(rows, SizeIs(2002));
  EXPECT_EQ(Count(rows.back(), "document"), 1);
}

}  // namespace
}  // namespace headwater::exchange
