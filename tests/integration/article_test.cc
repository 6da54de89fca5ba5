// The sample article, loaded through the batch methods: the reference reading's numbers come back.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/article.h"
#include "testing/make.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The article's text; empty where it is not at hand.
std::string ArticleText() {
  const char* given = std::getenv("HEADWATER_REAL_DATA");
  const std::string root = given != nullptr ? given : HEADWATER_SOURCE_DIR "/../shared";
  std::ifstream file(root + "/article/deepseek-huawei.vi.txt", std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class ArticleTest : public ::testing::Test {
 protected:
  // With its text, where one is given: the quotes are then checked.
  explicit ArticleTest(const std::string& text = "") : server_({.engine = OpenStore(directory_)}) {
    ImportArticle(server_.client(), text);
  }

  // The attributions that `filter` asks for, page by page.
  std::vector<v1::Attribution> List(const std::string& filter) {
    auto request = From<v1::ListAttributionsRequest>("parent: 'claims/-' page_size: 3 " + filter);
    std::vector<v1::Attribution> all;
    do {
      const auto page = server_.client().Call(&Attributions::ListAttributions, request);
      EXPECT_TRUE(page.ok()) << Show(page.status);
      all.insert(all.end(), page.message.attributions().begin(), page.message.attributions().end());
      request.set_page_token(page.message.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  TemporaryDirectory directory_;
  TestServer server_;
};

TEST_F(ArticleTest, TheReadingsNumbersComeOut) {
  v1::ListClaimsRequest claims;
  EXPECT_EQ(server_.client().Call(&Claims::ListClaims, claims).message.claims_size(), 26);
  EXPECT_EQ(List("").size(), 56U);
  EXPECT_EQ(List("source: 'sources/reuters'").size(), 2U);
  EXPECT_EQ(List("source: 'sources/ft'").size(), 10U);
  const std::vector<v1::Attribution> denials = List("stance: STANCE_DENIES");
  ASSERT_EQ(denials.size(), 1U);
  EXPECT_EQ(denials[0].source(), "sources/nvidia");
  EXPECT_EQ(denials[0].said_date(), "2025-08-06");
  EXPECT_EQ(List("source: 'sources/ft' stance: STANCE_DENIES").size(), 0U);
}

TEST_F(ArticleTest, TheTraceHasItsThreeVoicesInOrder) {
  v1::TraceClaimRequest request;
  request.set_name("claims/huawei-engineers-failed");
  const auto trace = server_.client().Call(&Provenance::TraceClaim, request);
  ASSERT_TRUE(trace.ok()) << Show(trace.status);
  ASSERT_EQ(trace.message.voices_size(), 3);
  const v1::Voice& first = trace.message.voices(0);
  const v1::Voice& second = trace.message.voices(1);
  const v1::Voice& third = trace.message.voices(2);
  EXPECT_EQ(first.display_name(), "Trí Đạt");
  EXPECT_EQ(second.source(), "sources/ft");
  EXPECT_EQ(third.source_kind(), v1::SOURCE_KIND_ANONYMOUS);
  ASSERT_EQ(first.cites_size(), 1);
  EXPECT_EQ(first.cites(0).voice(), 1);
  ASSERT_EQ(second.cites_size(), 1);
  EXPECT_EQ(second.cites(0).voice(), 2);
  EXPECT_EQ(third.cites_size(), 0);
  EXPECT_TRUE(third.origin());
  EXPECT_FALSE(first.origin());
}

TEST_F(ArticleTest, EveryRecordComesBackAsItWasGivenAndGivenAgainIsUnchanged) {
  ArticleBatches sample = ReadArticle();
  for (v1::CreateAttributionRequest& request : *sample.attributions.mutable_requests()) {
    v1::GetAttributionRequest get;
    get.set_name(request.attribution().name());
    v1::Attribution got = server_.client().Call(&Attributions::GetAttribution, get).message;
    got.clear_create_time();
    got.clear_update_time();
    got.clear_sequence();
    got.clear_etag();
    EXPECT_EQ(got.DebugString(), request.attribution().DebugString());
    request.set_accept_identical(true);
  }
  const int64_t head = server_.head();
  const auto again =
      server_.client().Call(&Attributions::BatchCreateAttributions, sample.attributions);
  EXPECT_EQ(again.message.unchanged_count(), 56) << Show(again.status);
  EXPECT_EQ(server_.head(), head);
}

class ArticleWithItsTextTest : public ArticleTest {
 protected:
  ArticleWithItsTextTest() : ArticleTest(ArticleText()) {}
};

// Item 6 of the reading.
TEST_F(ArticleWithItsTextTest, EachQuotesSpanIsExactlyTheQuote) {
  if (ArticleText().empty())
    GTEST_SKIP() << "the article is not here; HEADWATER_REAL_DATA says where it is";
  v1::GetDocumentRequest get;
  get.set_name("documents/deepseek-huawei");
  get.set_include_text(true);
  const std::string text = server_.client().Call(&Documents::GetDocument, get).message.text();
  ASSERT_EQ(text, ArticleText());
  const std::vector<v1::Attribution> attributions = List("");
  EXPECT_EQ(attributions.size(), 56U);
  std::set<std::string> quoted;
  for (const v1::Attribution& attribution : attributions) {
    if (!attribution.has_quote()) continue;
    quoted.insert(attribution.name().substr(0, attribution.name().find("/attributions/")));
    const v1::TextPosition& position = attribution.quote().position();
    const size_t begin = *CodePointToByte(text, static_cast<size_t>(position.start()));
    const size_t end = *CodePointToByte(text, static_cast<size_t>(position.end()));
    EXPECT_EQ(text.substr(begin, end - begin), attribution.quote().exact()) << attribution.name();
    // One code point further on it is refused, and the true place named.
    v1::UpdateAttributionRequest moved;
    moved.mutable_attribution()->set_name(attribution.name());
    *moved.mutable_attribution()->mutable_quote() = attribution.quote();
    moved.mutable_attribution()->mutable_quote()->mutable_position()->set_start(position.start() +
                                                                                1);
    moved.mutable_attribution()->mutable_quote()->mutable_position()->set_end(position.end() + 1);
    const auto refused = server_.client().Call(&Attributions::UpdateAttribution, moved);
    EXPECT_EQ(refused.code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(BadFields(refused.status), ElementsAre("attribution.quote.position"));
    EXPECT_THAT(refused.status.error_message(),
                HasSubstr(absl::StrCat("stands at ", position.start(), " to ", position.end())));
  }
  EXPECT_EQ(quoted.size(), 26U) << "a quote for every claim";
}

}  // namespace
}  // namespace headwater::integration
