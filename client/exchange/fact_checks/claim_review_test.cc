#include "exchange/fact_checks/claim_review.h"

#include <deque>
#include <map>

#include "exchange/fact_checks/averitec.h"
#include "exchange/fact_checks/fact_check.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/readers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Row> Read(const std::string& format, const std::string& text) {
  std::vector<Row> rows;
  auto reader = OpenReader(format, *Input::FromString(text), ReadSettings());
  EXPECT_TRUE(reader.ok()) << reader.status();
  if (!reader.ok()) return rows;
  Row row;
  while ((*reader)->Next(&row).value_or(false)) {
    for (const v1::Record& record : row.records) {
      EXPECT_TRUE(CheckRules(ResourceIn(record, *KindOf(record))).ok())
          << CheckRules(ResourceIn(record, *KindOf(record))) << record.DebugString();
    }
    rows.push_back(row);
  }
  return rows;
}

// The records of a kind, in a row. They stay until the end, so that what is in them can be held.
const std::vector<v1::Record>& Of(const Row& row, const std::string& kind) {
  static std::deque<std::vector<v1::Record>> kept;
  std::vector<v1::Record>& found = kept.emplace_back();
  for (const v1::Record& record : row.records) {
    if (KindOf(record)->word == kind) found.push_back(record);
  }
  return found;
}

constexpr char kReview[] = R"({
  "@type": ["Review", "ClaimReview"], "url": "https://check.example/1?utm_source=x",
  "name": "No, it didn&#8217;t", "datePublished": "2020-06-23 20:02", "inLanguage": "en_GB",
  "author": [{"@type": "Person", "name": "A. Writer"},
             {"@type": "Organization", "name": "Check", "url": "https://www.check.example/about"}],
  "claimReviewed": "It&nbsp;failed", "reviewRating": {"ratingValue": "-1", "alternateName": "False \r"},
  "itemReviewed": {"@type": "Claim", "datePublished": "2020-06-01", "name": "TV",
    "author": {"@type": "Person", "name": "Jo Doe", "sameAs": "https://www.wikidata.org/wiki/Q1"},
    "appearance": [{"@type": "CreativeWork", "url": "https://twitter.com/jodoe/status/1"},
                   "https://paper.example/a"]}})";

TEST(ClaimReview, BecomesSixKindsOfThings) {
  const std::vector<Row> rows = Read("claim-review", kReview);
  ASSERT_EQ(rows.size(), 1U);
  const Row& row = rows[0];
  ASSERT_FALSE(row.rejected());
  const auto claims = Of(row, "claim");
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].claim().text(), "It\u00a0failed");
  EXPECT_EQ(claims[0].claim().language(), "en-GB");
  const v1::Review& review = Of(row, "review").at(0).review();
  EXPECT_EQ(review.author(), SourceNameOfDomain("check.example"));
  EXPECT_EQ(review.title(), "No, it didn’t");
  EXPECT_EQ(review.published_date(), "2020-06-23");
  EXPECT_EQ(review.rating().value(), -1);
  EXPECT_EQ(review.rating().alternate_name(), "False");
  EXPECT_EQ(review.item_reviewed().author(), "Jo Doe");
  EXPECT_THAT(review.item_reviewed().appearances(),
              ElementsAre("https://twitter.com/jodoe/status/1", "https://paper.example/a"));
  EXPECT_EQ(review.original().record(), kReview);
  const auto documents = Of(row, "document");
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_EQ(documents[0].document().name(), DocumentNameOf("http://check.example/1"));
  EXPECT_THAT(documents[0].document().authors(), ElementsAre("A. Writer"));
  const auto attributions = Of(row, "attribution");
  ASSERT_EQ(attributions.size(), 2U);
  EXPECT_EQ(attributions[0].attribution().source(), SourceNameOfName("Jo Doe"));
  EXPECT_EQ(attributions[0].attribution().stance(), v1::STANCE_ASSERTS);
  EXPECT_EQ(attributions[0].attribution().document(),
            DocumentNameOf("https://twitter.com/jodoe/status/1"));
  std::map<std::string, std::string> sources;
  for (const v1::Record& record : Of(row, "source")) {
    sources[record.source().display_name()] = v1::SourceKind_Name(record.source().kind());
  }
  EXPECT_EQ(sources, (std::map<std::string, std::string>{
                         {"Check", "SOURCE_KIND_NEWS_OUTLET"},
                         {"Jo Doe", "SOURCE_KIND_PERSON"},
                         {"@jodoe on twitter.com", "SOURCE_KIND_SOCIAL_ACCOUNT"},
                         {"paper.example", "SOURCE_KIND_NEWS_OUTLET"}}));
}

TEST(ClaimReview, IsFoundWhereverItIs) {
  const std::string one = R"({"@type":"ClaimReview","claimReviewed":"A"})";
  EXPECT_EQ(Read("claim-review", one).size(), 1U);
  EXPECT_EQ(Read("claim-review", "[" + one + "," + one + "]").size(), 2U);
  EXPECT_EQ(
      Read("claim-review", R"({"@type":"DataFeed","dataFeedElement":[)" + one + "," + one + "]}")
          .size(),
      2U);
  const auto graph =
      Read("claim-review",
           R"({"@graph":[{"@id":"#o","@type":"Organization","name":"O"},)"
           R"({"@type":"ClaimReview","claimReviewed":["A","B"],"author":{"@id":"#o"}}]})");
  ASSERT_EQ(graph.size(), 1U);
  EXPECT_EQ(Of(graph[0], "claim").size(), 2U);
  EXPECT_EQ(Of(graph[0], "source").at(0).source().display_name(), "O");
  const auto kept = Read("claim-review", R"({"page":"x","block":"{\"claimReviewed\":\"A\"}"})");
  EXPECT_EQ(Of(kept.at(0), "claim").size(), 1U);
}

TEST(ClaimReview, WhatIsNoneIsRejected) {
  const auto rows = Read("claim-review",
                         "{\"@type\":\"Article\"}\n{\"claimReviewed\":\"A\"}\n"
                         "{\"@type\":\"ClaimReview\"}\n{oops}\n");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].rejections.at(0).reason, "no ClaimReview");
  EXPECT_EQ(rows[0].raw, "{\"@type\":\"Article\"}");
  EXPECT_FALSE(rows[1].rejected());
  EXPECT_EQ(rows[2].rejections.at(0).field, "claimReviewed");
  EXPECT_EQ(rows[3].rejections.at(0).reason, "not JSON");
  EXPECT_EQ(rows[3].number, 4);
}

TEST(ClaimReview, UnnamedPeopleAreAnonymousAndPublishNothing) {
  const auto rows = Read("claim-review", R"({"claimReviewed":"A","url":"https://check.example/1",
    "itemReviewed":{"author":{"@type":"Person","name":"Several persons"},
                    "url":"https://www.facebook.com/photo/?fbid=1"}})");
  ASSERT_EQ(rows.size(), 1U);
  const auto attributions = Of(rows[0], "attribution");
  ASSERT_EQ(attributions.size(), 1U);
  for (const v1::Record& record : Of(rows[0], "document")) {
    EXPECT_NE(record.document().publisher(), attributions[0].attribution().source());
  }
  EXPECT_TRUE(IsCollective("Facebook-Nutzer"));
  EXPECT_TRUE(IsCollective("Várias fontes"));
  EXPECT_FALSE(IsCollective("María Jesús Montero"));
}

TEST(FactCheck, MeetsTheClaimReviewOfTheSamePage) {
  const std::string claim =
      R"({"text":"It failed","claimant":"Jo Doe","claimDate":"2020-06-01T00:00:00Z",
    "claimReview":[{"publisher":{"name":"Check","site":"check.example"},"url":"https://check.example/1",
                    "title":"T","textualRating":"False","languageCode":"en"}]})";
  const auto rows = Read("auto", "{\"claims\":[" + claim + "],\"nextPageToken\":\"x\"}\n" + claim);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].records.size(), rows[1].records.size());
  const v1::Review& review = Of(rows[0], "review").at(0).review();
  const auto reviewed = Read("claim-review", R"({"claimReviewed":"It failed.","inLanguage":"en",
    "url":"http://www.check.example/1/","author":{"name":"Check","url":"https://check.example"}})");
  EXPECT_EQ(Of(reviewed.at(0), "review").at(0).review().name(), review.name());
  // Nobody but the review tells of it.
  EXPECT_EQ(Of(rows[0], "attribution").at(0).attribution().document(),
            DocumentNameOf("https://check.example/1"));
  EXPECT_EQ(Read("fact-check", "{\"claimant\":\"x\"}").at(0).rejections.at(0).field, "text");
  EXPECT_EQ(Of(Read("fact-check", "{\"text\":\"x\"}").at(0), "claim").size(), 1U);
}

TEST(Averitec, TellsWhatTheSetTells) {
  const auto rows =
      Read("auto", R"([{"claim":"It failed","claim_date":"5-8-2020","speaker":"Jo Doe\u200f",
    "original_claim_url":null,"reporting_source":"Twitter","label":"Refuted","justification":"Because",
    "fact_checking_article":"https://web.archive.org/web/2020/https://check.example/1",
    "questions":[{"question":"Did it?","answers":[{"answer":"No","source_url":"https://paper.example/a"}]}]},
    {"label":"Refuted","fact_checking_article":""}])");
  ASSERT_EQ(rows.size(), 2U);
  const auto reviews = Of(rows[0], "review");
  ASSERT_EQ(reviews.size(), 2U);
  EXPECT_FALSE(reviews[0].review().has_rating());
  EXPECT_EQ(reviews[1].review().rating().alternate_name(), "Refuted");
  EXPECT_EQ(reviews[1].review().note(), "Did it?\n- No (https://paper.example/a)");
  const v1::Attribution& attribution = Of(rows[0], "attribution").at(0).attribution();
  EXPECT_EQ(attribution.said_date(), "2020-08-05");
  EXPECT_EQ(attribution.source(), SourceNameOfName("Jo Doe"));
  EXPECT_EQ(attribution.document(), DocumentNameOf("https://check.example/1"));
  const v1::Document& check = Of(rows[0], "document").at(0).document();
  EXPECT_EQ(check.uri(), "https://check.example/1");
  EXPECT_EQ(check.archive_uri(), "https://web.archive.org/web/2020/https://check.example/1");
  EXPECT_EQ(rows[1].rejections.at(0).reason, "claim is missing");
}

TEST(DetectFormat, ByContentAndName) {
  const auto detect = [](const std::string& text) {
    auto input = Input::FromString(text);
    return DetectFormat(input->get()).value_or("none");
  };
  EXPECT_EQ(detect("{\"source\": {\"name\": \"sources/a\"}}\n"), "native");
  EXPECT_EQ(detect("{\"claim\":{\"text\":\"claimReviewed\"}}\n"), "native");
  EXPECT_EQ(detect(kReview), "claim-review");
  EXPECT_EQ(detect("{\"block\":\"{\\\"@type\\\":\\\"ClaimReview\\\"}\"}"), "claim-review");
  EXPECT_EQ(detect("{\"text\":\"A\",\"claimReview\":[]}"), "fact-check");
  EXPECT_EQ(detect("[{\"claim\":\"A\",\"fact_checking_article\":\"\"}]"), "averitec");
  EXPECT_EQ(detect("a,b\n1,2\n"), "csv");
  EXPECT_EQ(detect(std::string("\x7f"
                               "ELF\0\0,\n\0",
                               9)),
            "none");
  EXPECT_EQ(detect("word"), "none");
}

}  // namespace
}  // namespace headwater::exchange
