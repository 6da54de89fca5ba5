// All foreign formats over real files, none of them written for this project: rows are counted,
// every record is held to the rules of its fields, and rows are compared with their files.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/readers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class RealData : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* given = std::getenv("HEADWATER_REAL_DATA");
    root_ = absl::StrCat(given != nullptr ? given : HEADWATER_SOURCE_DIR "/../shared", "/data/");
    if (!std::ifstream(root_ + "averitec/dev.json")) {
      GTEST_SKIP() << "the data are not here; HEADWATER_REAL_DATA says where they are";
    }
  }

  void Read(const std::string& path, const std::string& mapping = "") {
    ReadSettings settings;
    if (!mapping.empty()) {
      settings.mapping =
          FileText(absl::StrCat(HEADWATER_SOURCE_DIR, "/client/samples/mappings/", mapping));
    }
    auto input = Input::Open(root_ + path);
    ASSERT_TRUE(input.ok()) << input.status();
    auto reader = OpenReader("auto", *std::move(input), settings, &format_);
    ASSERT_TRUE(reader.ok()) << reader.status();
    Row row;
    for (;;) {
      const auto more = (*reader)->Next(&row);
      ASSERT_TRUE(more.ok()) << more.status();
      if (!*more) break;
      for (const Rejection& why : row.rejections) {
        ADD_FAILURE() << row.number << ": " << why.reason << ": " << why.text;
      }
      for (const v1::Record& record : row.records) {
        const auto& resource = ResourceIn(record, *KindOf(record));
        EXPECT_TRUE(CheckRules(resource).ok()) << CheckRules(resource) << record.DebugString();
        if (names_.insert(NameOf(resource)).second) ++kinds_[KindOf(record)->word];
      }
      rows_.push_back(row);
    }
  }

  // The nth record of a kind in a row, counted from 0.
  const v1::Record& Of(size_t row, const std::string& kind, size_t n = 0) const {
    for (const v1::Record& record : rows_.at(row).records) {
      if (KindOf(record)->word == kind && n-- == 0) return record;
    }
    ADD_FAILURE() << "row " << row << " has no such " << kind;
    static const v1::Record none;
    return none;
  }

  std::string root_;
  std::string format_;
  std::vector<Row> rows_;
  std::set<std::string> names_;
  std::map<std::string, int> kinds_;  // of distinct names
};

TEST_F(RealData, ClaimReviews) {
  Read("claimreview/claimreviews.ndjson");
  EXPECT_EQ(format_, "claim-review");
  EXPECT_EQ(rows_.size(), 51U);
  EXPECT_EQ(kinds_["claim"], 49);  // two articles come twice
  EXPECT_EQ(kinds_["review"], 49);

  const v1::Review& third = Of(2, "review").review();
  EXPECT_EQ(third.claim_reviewed(), "टीपू सुल्तान की तस्वीर");
  EXPECT_EQ(third.published_date(), "2021-08-04");
  EXPECT_EQ(third.rating().value(), 1);
  EXPECT_EQ(third.rating().best(), 5);
  EXPECT_EQ(third.item_reviewed().author(), "Several persons");
  EXPECT_EQ(third.author(), SourceNameOfDomain("factcheck.afp.com"));

  const v1::Review& eleventh = Of(10, "review").review();
  EXPECT_EQ(eleventh.published_date(), "2020-07-06T12:35:18+01:00");
  EXPECT_EQ(eleventh.rating().alternate_name(), "Incorrect");
  EXPECT_EQ(eleventh.rating().best(), 6);
  EXPECT_EQ(Of(10, "attribution").attribution().source(),
            SourceNameOfName("South African president Cyril Ramaphosa"));

  // Its link is not whole: it is kept as it was.
  const v1::Review& fifteenth = Of(14, "review").review();
  EXPECT_EQ(fifteenth.uri(), "");
  EXPECT_EQ(fifteenth.author(), SourceNameOfName("Clarissa Pacheco"));
  EXPECT_EQ(fifteenth.original().values(0).field(), "uri");
  EXPECT_EQ(fifteenth.item_reviewed().published_date(), "2023-01-24T13:32:06Z");

  const v1::Review& twentieth = Of(19, "review").review();
  EXPECT_EQ(twentieth.rating().alternate_name(), "Falso");
  EXPECT_FALSE(twentieth.rating().has_value());
  EXPECT_EQ(Of(19, "attribution").attribution().source(), SourceNameOfName("Jessica Albiach"));
  EXPECT_EQ(Of(19, "attribution").attribution().said_date(), "2022-10-04");
}

TEST_F(RealData, ClaimReviewsAsTheyStoodInTheirPages) {
  Read("claimreview/verbatim.ndjson");
  EXPECT_EQ(format_, "claim-review");
  EXPECT_EQ(rows_.size(), 23U);
  const std::set<std::string> verbatim = names_;
  Read("claimreview/claimreviews.ndjson");
  EXPECT_EQ(rows_.size(), 23U + 51U);
  // Of 22 articles, 20 are in both files, and meet.
  int reviews = 0;
  for (const std::string& name : verbatim) reviews += name.find("/reviews/") != name.npos ? 1 : 0;
  EXPECT_EQ(reviews, 22);
  EXPECT_EQ(kinds_["review"], 49 + 2);
}

TEST_F(RealData, FactCheckTools) {
  Read("claimreview/google_api_row.json");
  EXPECT_EQ(format_, "fact-check");
  ASSERT_EQ(rows_.size(), 1U);
  EXPECT_EQ(Of(0, "claim").claim().text(), "کانپور کے ہیلٹ اسپتال میں مریض کی پٹائی کرتا ڈاکٹر");
  EXPECT_EQ(Of(0, "claim").claim().language(), "ur");
  EXPECT_EQ(Of(0, "review").review().published_date(), "2019-06-20T12:12:40Z");
  EXPECT_EQ(Of(0, "review").review().rating().alternate_name(), "False");
  EXPECT_EQ(Of(0, "review").review().author(), SourceNameOfDomain("vishvasnews.com"));
  EXPECT_EQ(Of(0, "attribution").attribution().source(),
            SourceNameOfName("FB User-Harshit Pandey"));
}

TEST_F(RealData, Averitec) {
  Read("averitec/dev.json");
  EXPECT_EQ(format_, "averitec");
  EXPECT_EQ(rows_.size(), 500U);
  EXPECT_EQ(kinds_["claim"], 489);  // nine come twice, and two more but for case
  EXPECT_EQ(Of(0, "claim").claim().text(),
            "In a letter to Steve Jobs, Sean Connery refused to appear in an apple commercial.");
  EXPECT_EQ(Of(0, "review", 1).review().rating().alternate_name(), "Refuted");
  EXPECT_EQ(
      Of(0, "document").document().uri(),
      "https://checkyourfact.com/2020/11/03/fact-check-sean-connery-letter-steve-jobs-apple-1998/");
  EXPECT_EQ(Of(0, "attribution").attribution().said_date(), "2020-10-31");
  EXPECT_EQ(Of(0, "review", 1).review().item_reviewed().published_date(), "2020-10-31");
  EXPECT_THAT(Of(0, "claim").claim().tags(), ElementsAre("event-property-claim"));
  int said = 0;
  for (const Row& row : rows_) {
    for (const v1::Record& record : row.records) said += record.has_attribution() ? 1 : 0;
  }
  EXPECT_EQ(said, 471);  // all rows that name a speaker, a reporting source or where it was said
}

TEST_F(RealData, PerennialSources) {
  Read("perennial_sources/perennial-sources.csv", "perennial-sources.json");
  EXPECT_EQ(rows_.size(), 329U);
  EXPECT_EQ(kinds_["source"], 328);  // one name stands for two of its parts
  const v1::Source& first = Of(0, "source").source();
  EXPECT_EQ(first.display_name(), "112 Ukraine");
  EXPECT_THAT(first.domains(), ElementsAre("112ua.tv"));
  EXPECT_EQ(first.reliability().grade(), v1::RELIABILITY_GRADE_D);
  const v1::Source& fourth = Of(3, "source").source();
  EXPECT_EQ(fourth.display_name(), "Agence France-Presse (AFP)");
  EXPECT_THAT(fourth.domains(), ElementsAre("afp.com"));
  EXPECT_EQ(fourth.reliability().grade(), v1::RELIABILITY_GRADE_B);
  EXPECT_EQ(rows_[0].number, 2);
}

TEST_F(RealData, CheckedClaims) {
  Read("clef2020/verified_claims.docs.tsv", "checked-claims.json");
  EXPECT_EQ(rows_.size(), 10'375U);
  EXPECT_EQ(kinds_["review"], 10'365);  // ten rows come again but for case and punctuation
  EXPECT_EQ(
      Of(2, "claim").claim().text(),
      "A \"Trump and Obama by the Numbers\" meme recounts accurate statistics about their job "
      "performances.");
  EXPECT_EQ(Of(2, "review").review().title(),
            "Does This Meme Accurately Show ‘Trump and Obama by the Numbers’?");
  EXPECT_EQ(kinds_["claim"], 10'363);
}

}  // namespace
}  // namespace headwater::exchange
