#include "gateway/query.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::gateway {
namespace {

TEST(PercentDecode, UndoesPercentSigns) {
  std::string decoded;
  EXPECT_TRUE(PercentDecode("a%20b+c%C3%ad%00", true, &decoded));
  EXPECT_EQ(decoded, std::string("a b c\xc3\xad\0", 8));
  EXPECT_TRUE(PercentDecode("a+b", false, &decoded));
  EXPECT_EQ(decoded, "a+b");
  for (const char* broken : {"%", "%4", "a%4", "%g0", "%0g", "%%41"}) {
    EXPECT_FALSE(PercentDecode(broken, true, &decoded)) << broken;
  }
}

TEST(ParseGetQuery, ReadsItsPartsInAnyOrder) {
  const auto query = ParseGetQuery(
      "x=1&message=%7B%22name%22%3A%22a%2Bb%22%7D&encoding=json&connect=v1&encoding=");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(query->message, R"({"name":"a+b"})");
  EXPECT_EQ(query->encoding, "json");
  EXPECT_EQ(query->compression, "");
}

TEST(ParseGetQuery, ReadsBase64OfEitherAlphabetPaddedOrNot) {
  for (const char* text : {"-_-_YQ", "-_-_YQ%3D%3D", "%2B%2F%2B%2FYQ", "+/+/YQ", "-_-_YQ=="}) {
    const auto query = ParseGetQuery(std::string("base64=1&compression=gzip&message=") + text);
    ASSERT_TRUE(query.ok()) << text << query.status();
    EXPECT_EQ(query->message,
              "\xfb\xff\xbf"
              "a")
        << text;
    EXPECT_EQ(query->compression, "gzip");
  }
  EXPECT_EQ(ParseGetQuery("base64=0&message=YQ")->message, "YQ");
  EXPECT_FALSE(ParseGetQuery("base64=1&message=%21%21").ok());
}

TEST(ParseGetQuery, RefusesWhatLacksAMessageOrIsOfAnotherVersion) {
  EXPECT_FALSE(ParseGetQuery("").ok());
  EXPECT_FALSE(ParseGetQuery("encoding=json").ok());
  EXPECT_FALSE(ParseGetQuery("message={}&connect=v2").ok());
  EXPECT_FALSE(ParseGetQuery("message=%zz").ok());
  EXPECT_EQ(ParseGetQuery("message=&encoding=proto")->message, "");
}

}  // namespace
}  // namespace headwater::gateway
