#include "exchange/ids.h"

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

TEST(UriKey, LinksToOnePageAreOne) {
  for (const char* uri : {
           "https://www.Example.org/a/b/",
           "http://example.org/a/b",
           "http://example.org:80/a/b#part",
           "https://example.org:443/a/./x/../b?utm_source=mail&fbclid=1&UTM_medium=x",
           "//example.org/a/b",
           "example.org/%61/b",
           "  https://user@example.org./a/b  ",
       }) {
    EXPECT_EQ(UriKey(uri), "example.org/a/b") << uri;
  }
}

TEST(UriKey, LinksToOthersStayApart) {
  EXPECT_EQ(UriKey("https://example.org/a?id=2&gclid=9&x=1"), "example.org/a?id=2&x=1");
  EXPECT_EQ(UriKey("https://example.org:8080/"), "example.org:8080");
  EXPECT_EQ(UriKey("https://example.org/#!/a"), "example.org#!/a");
  EXPECT_EQ(UriKey("https://example.org/A%2fb%c3%a9"), "example.org/A%2Fb%C3%A9");
  EXPECT_EQ(UriKey("https://example.org/bé"), UriKey("https://example.org/b%C3%A9"));
  EXPECT_EQ(UriKey("https://bücher.example/"), "xn--bcher-kva.example");
  EXPECT_EQ(UriKey("urn:isbn:1"), "urn:isbn:1");
  EXPECT_EQ(UriKey("www.org"), "www.org");
}

TEST(DomainOf, IsTheHost) {
  EXPECT_EQ(DomainOf("https://www.ft.com/content/1"), "ft.com");
  EXPECT_EQ(DomainOf("ft.com"), "ft.com");
  EXPECT_EQ(DomainOf("http://192.168.0.1/a"), "");
  EXPECT_EQ(DomainOf("/relative/path"), "");
  EXPECT_EQ(DomainOf("Social media users."), "");
}

TEST(ArchivedUri, IsThePagesOwn) {
  EXPECT_EQ(ArchivedUri("https://web.archive.org/web/20201130144023/https://ft.com/x"),
            "https://ft.com/x");
  EXPECT_EQ(ArchivedUri("https://web.archive.org/web/2020/http:/ft.com/x"), "http://ft.com/x");
  EXPECT_EQ(ArchivedUri("https://archive.is/CLuhH"), "");
  EXPECT_EQ(ArchivedUri("https://ft.com/https://x.org"), "");
}

TEST(Names, WhatIsOneThingToReadersHasOneName) {
  EXPECT_EQ(SourceNameOfDomain("https://www.ft.com/"), SourceNameOfDomain("FT.com"));
  EXPECT_EQ(SourceNameOfName("Đặng  Tuấn"), SourceNameOfName(" DANG TUAN\u200f"));
  EXPECT_EQ(DocumentNameOf("http://www.ft.com/x/"), DocumentNameOf("https://ft.com/x?utm_id=3"));
  EXPECT_EQ(ClaimNameOf("en", "“It failed.” "), ClaimNameOf("EN", "it  failed"));
  EXPECT_NE(ClaimNameOf("en", "It failed"), ClaimNameOf("de", "It failed"));
  EXPECT_NE(ClaimNameOf("en", "Up 5%"), ClaimNameOf("en", "Up 5"));
  EXPECT_NE(SourceNameOfName("ft.com"), SourceNameOfDomain("ft.com"));
}

// Ids are in databases: these may never change.
TEST(Names, AreAsTheyEverWere) {
  EXPECT_EQ(SourceNameOfDomain("ft.com"), "sources/ft-com-zmiw4xyeayad2ko7m3rl");
  EXPECT_EQ(DocumentNameOf("https://www.ft.com/content/1"),
            "documents/ft-com-content-1-wgscceh6p4aifvbt5etp");
  EXPECT_EQ(ClaimNameOf("ar", "فشل"), "claims/z6bfao54afxbt5poof3z");
}

TEST(Names, OfAttributionsTellThemApart) {
  v1::Attribution attribution;
  attribution.set_source("sources/ft-com-aaaaaaaaaaaaaaaaaaaa");
  attribution.set_document("documents/d");
  attribution.set_stance(v1::STANCE_ASSERTS);
  const std::string name = AttributionNameOf("claims/c", attribution);
  EXPECT_TRUE(absl::StartsWith(name, "claims/c/attributions/ft-com-")) << name;
  attribution.set_stance(v1::STANCE_DENIES);
  EXPECT_NE(AttributionNameOf("claims/c", attribution), name);
  attribution.set_stance(v1::STANCE_ASSERTS);
  attribution.add_cites()->set_source("sources/x");
  EXPECT_NE(AttributionNameOf("claims/c", attribution), name);
}

TEST(MakeId, IsAnId) {
  for (const char* text : {"", "-", "日本", "A very long text that goes on and on and on and on"}) {
    const std::string id = MakeId("x", {text}, text);
    EXPECT_LE(id.size(), 63U);
    EXPECT_GE(id.size(), 20U);
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), id.npos) << id;
    EXPECT_NE(id.front(), '-');
  }
}

}  // namespace
}  // namespace headwater::exchange
