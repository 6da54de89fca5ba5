#include "exchange/input.h"

#include <zlib.h>
#include <zstd.h>

#include "exchange/json_items.h"
#include "exchange/json_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Gzip(const std::string& text) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

std::string LongText() {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

std::string ReadAll(const std::string& bytes, absl::Status* status) {
  auto input = Input::FromString(bytes);
  *status = input.status();
  std::string all;
  if (!input.ok()) return all;
  for (int c = (*input)->Get(); c >= 0; c = (*input)->Get()) all.push_back(static_cast<char>(c));
  *status = (*input)->status();
  return all;
}

TEST(Input, UnpacksWhatIsPacked) {
  const std::string text = LongText();
  absl::Status status;
  for (const std::string& bytes :
       {text, "\xef\xbb\xbf" + text, Gzip(text), Zstd(text), Gzip("\xef\xbb\xbf" + text)}) {
    EXPECT_TRUE(ReadAll(bytes, &status) == text);
    EXPECT_TRUE(status.ok()) << status;
  }
  EXPECT_EQ(ReadAll(Gzip("one ") + Gzip("two"), &status), "one two");
  EXPECT_EQ(ReadAll(Zstd("one ") + Zstd("two"), &status), "one two");
  EXPECT_EQ(ReadAll("", &status), "");
  EXPECT_TRUE(status.ok());
}

TEST(Input, SaysWhatIsWrong) {
  absl::Status status;
  for (const std::string& packed : {Gzip(LongText()), Zstd(LongText())}) {
    ReadAll(packed.substr(0, packed.size() / 2), &status);
    EXPECT_TRUE(absl::IsDataLoss(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("end before their end"));
  }
  std::string broken = Gzip(LongText());
  for (size_t i = 100; i < 200; ++i) broken[i] = 'x';
  ReadAll(broken, &status);
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  ReadAll(
      "\xff\xfe"
      "a",
      &status);
  EXPECT_THAT(std::string(status.message()), HasSubstr("UTF-16"));
  EXPECT_TRUE(absl::IsNotFound(Input::Open("/nonexistent/x").status()));
  EXPECT_THAT(std::string(Input::Open("/tmp").status().message()), HasSubstr("directory"));
}

// The items' texts; "!" and the reason for one that is rejected.
std::vector<std::string> Items(const std::string& text, std::vector<std::string> within = {}) {
  auto input = Input::FromString(text);
  JsonItems items(input->get(), std::move(within));
  std::vector<std::string> found;
  Row row;
  std::string item;
  while (items.Next(&row, &item).value_or(false)) {
    found.push_back(row.rejected() ? "!" + row.rejections[0].reason : item);
  }
  return found;
}

TEST(JsonItems, OfLinesArraysAndFeeds) {
  EXPECT_THAT(Items(""), ElementsAre());
  EXPECT_THAT(Items("{\"a\":1}\n\n{\"b\":\"}\"}\n"), ElementsAre("{\"a\":1}", "{\"b\":\"}\"}"));
  EXPECT_THAT(Items("[{\"a\":[1,2]},\n {\"b\":{}} ]"), ElementsAre("{\"a\":[1,2]}", "{\"b\":{}}"));
  EXPECT_THAT(Items("{\n \"a\": 1\n}\n{\n}"), ElementsAre("{\n \"a\": 1\n}", "{\n}"));
  EXPECT_THAT(
      Items("{\"n\":{\"claims\":[0]},\"claims\": [{\"a\":1},{\"b\":2}],\"x\":\"}\"}{}", {"claims"}),
      ElementsAre("{\"a\":1}", "{\"b\":2}", "{}"));
  EXPECT_THAT(Items("[1,\"a,b\",x]"), ElementsAre("1", "\"a,b\"", "x"));
}

TEST(JsonItems, GoOnBehindWhatIsBroken) {
  EXPECT_THAT(Items("{\"a\":1}\n{\"b\":\"\n{\"c\":3}\n"),
              ElementsAre("{\"a\":1}", "{\"b\":\"", "{\"c\":3}"));
  std::string cut_off;
  for (int i = 0; i < 1000; ++i) cut_off += "{\"a\": [1, \n";
  EXPECT_EQ(Items(cut_off).size(), 1000U);
  EXPECT_THAT(Items("[{\"a\":1},{\"b\":"), ElementsAre("{\"a\":1}", "{\"b\":", "!cut off"));
  EXPECT_THAT(Items("{\"a\":1}\n" + std::string(200, '[') + "\n{\"c\":3}\n"),
              testing::Contains("{\"c\":3}"));
  const std::string deep = "{\"a\":" + std::string(200, '[') + std::string(200, ']') + "}";
  EXPECT_THAT(Items(deep + "\n{}\n"), ElementsAre("!not JSON", "{}"));
  EXPECT_THAT(Items("{\"a\":\"" + std::string(kMaxRow + 9, 'x') + "\"}\n{\"c\":3}\n"),
              ElementsAre("!too long", "{\"c\":3}"));
}

TEST(ParseJson, ReadsWhatAPersonCouldRead) {
  EXPECT_EQ(TextOf(*ParseJson("{\"a\":\"x\ny\",}"), {"a"}), "x\ny");
  EXPECT_EQ(TextOf(*ParseJson("{\"a\":\"\\ud83d \\'\"}"), {"a"}), "\uFFFD '");
  EXPECT_EQ(TextOf(*ParseJson("{\"a\":\"b\xff\"}"), {"a"}), "b\uFFFD");
  EXPECT_EQ(
      TextOf(*ParseJson("<script type=\"x\">//<![CDATA[\n{\"a\":\"b\"}//]]></script>"), {"a"}),
      "b");
  EXPECT_THAT(std::string(ParseJson("{\"a\" 1}").status().message()), HasSubstr("line 1, column"));
}

}  // namespace
}  // namespace headwater::exchange
