// The sample article, loaded through the batch methods: the reference reading's numbers come back.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/article.h"
#include "testing/make.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;

class ArticleTest : public ::testing::Test {
 protected:
  ArticleTest() : server_({.engine = OpenStore(directory_)}) { ImportArticle(server_.client()); }

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

}  // namespace
}  // namespace headwater::integration
