#include "base/uri_key.h"

#include <gtest/gtest.h>

namespace headwater {
namespace {

TEST(UriKey, IsOneForLinksToOnePage) {
  for (const char* link :
       {"http://ft.com/a%2Db?x=1", "https://www.FT.com:443/a-b/?utm_source=n&x=1#top",
        " https://reader@ft.com./a-b?x=1&fbclid=z ", "https://ft.com/a-b?gclid=9&x=1"}) {
    EXPECT_EQ(UriKey(link), "ft.com/a-b?x=1") << link;
  }
  EXPECT_EQ(UriKey("https://báo.vn/tin tức"), UriKey("https://xn--bo-mia.vn/tin%20t%e1%bb%a9c"));
  EXPECT_EQ(UriKey("https://x.vn"), UriKey("http://www.x.vn/"));
}

TEST(UriKey, DiffersBetweenPages) {
  EXPECT_NE(UriKey("https://ft.com/a"), UriKey("https://ft.com/b"));
  EXPECT_NE(UriKey("https://ft.com/a?id=1"), UriKey("https://ft.com/a?id=2"));
  EXPECT_NE(UriKey("https://ft.com/a%2Fb"), UriKey("https://ft.com/a/b"));
  EXPECT_NE(UriKey("https://ft.com:8080/a"), UriKey("https://ft.com/a"));
  EXPECT_NE(UriKey("https://x.vn/#!/a"), UriKey("https://x.vn/#!/b"));
  EXPECT_EQ(UriKey("https://www.com/"), "www.com");
  EXPECT_EQ(UriKey("urn:isbn:1"), "urn:isbn:1");
}

TEST(ArchivedUri, IsThePagesOwn) {
  EXPECT_EQ(ArchivedUri("https://web.archive.org/web/2020id_/https://ft.com/x"),
            "https://ft.com/x");
  EXPECT_EQ(ArchivedUri("https://web.archive.org/web/2020/http:/ft.com/x"), "http://ft.com/x");
  EXPECT_EQ(ArchivedUri("https://archive.ph/AbC12"), "");
  EXPECT_EQ(ArchivedUri("https://ft.com/go/https://x.vn"), "");
  EXPECT_EQ(ArchivedUri("http"), "");
}

}  // namespace
}  // namespace headwater
