#include "base/language.h"

#include <unicode/uloc.h>

#include <cstdint>
#include <iterator>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/random.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

TEST(IsLanguageTagTest, WellFormed) {
  for (const absl::string_view tag :
       {"vi", "VI", "en", "yue", "und", "xx", "zh-Hant-TW", "zh-hant-tw", "de-CH-1996",
        "sl-rozaj-biske", "es-419", "en-US-u-ca-gregory", "x-house", "en-x-house-style", "zh-yue",
        "i-klingon", "de-DE-u-co-phonebk-x-y"}) {
    EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  }
}

TEST(IsLanguageTagTest, IllFormed) {
  for (const absl::string_view tag : {"",
                                      "e",
                                      "1",
                                      "-",
                                      "en-",
                                      "-en",
                                      "en--US",
                                      "en_US",
                                      "en US",
                                      " en",
                                      "en ",
                                      "vietnamese",
                                      "e1",
                                      "12",
                                      "en-u",
                                      "en-x",
                                      "x",
                                      "zh-Hant-TW-",
                                      "en-US-US",
                                      "en-a-bbb-a-ccc",
                                      "ti\xe1\xba\xbfng",
                                      "\xc3\xa9n",
                                      "en.UTF-8",
                                      "en@calendar=gregorian",
                                      "de-1996-1996",
                                      "*"}) {
    EXPECT_FALSE(IsLanguageTag(tag)) << tag;
  }
  EXPECT_FALSE(IsLanguageTag(absl::string_view("en\0", 3)));
  EXPECT_FALSE(IsLanguageTag(absl::string_view("en\0us", 5)));
}

TEST(IsLanguageTagTest, Length) {
  std::string tag = "en-x";
  while (tag.size() + 9 <= kMaxLanguageTagLength) tag += "-abcdefgh";
  tag += "-" + std::string(kMaxLanguageTagLength - tag.size() - 1, 'a');
  ASSERT_EQ(tag.size(), kMaxLanguageTagLength);
  EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  EXPECT_FALSE(IsLanguageTag(tag + "a"));
  EXPECT_FALSE(IsLanguageTag(std::string(100000, 'a')));
}

TEST(CanonicalLanguageTagTest, CasingAndDeprecatedSubtags) {
  EXPECT_EQ(CanonicalLanguageTag("vi"), "vi");
  EXPECT_EQ(CanonicalLanguageTag("VI"), "vi");
  EXPECT_EQ(CanonicalLanguageTag("zh-hant-tw"), "zh-Hant-TW");
  EXPECT_EQ(CanonicalLanguageTag("EN-us"), "en-US");
  EXPECT_EQ(CanonicalLanguageTag("ES-419"), "es-419");
  EXPECT_EQ(CanonicalLanguageTag("iw"), "he");
  EXPECT_EQ(CanonicalLanguageTag("IW"), "he");
  EXPECT_EQ(CanonicalLanguageTag("in"), "id");
  EXPECT_EQ(CanonicalLanguageTag("eng"), "en");
  EXPECT_EQ(CanonicalLanguageTag("my-BU"), "my-MM");
  EXPECT_EQ(CanonicalLanguageTag("zh-yue"), "yue");
  EXPECT_EQ(CanonicalLanguageTag("i-klingon"), "tlh");
  EXPECT_EQ(CanonicalLanguageTag("xx"), "xx");
  EXPECT_EQ(CanonicalLanguageTag("UND"), "und");
  EXPECT_EQ(CanonicalLanguageTag("X-House"), "x-house");
  EXPECT_EQ(CanonicalLanguageTag("en-x-House"), "en-x-house");
}

TEST(CanonicalLanguageTagTest, EmptyForWhatIsNoTag) {
  EXPECT_EQ(CanonicalLanguageTag(""), "");
  EXPECT_EQ(CanonicalLanguageTag("en_US"), "");
  EXPECT_EQ(CanonicalLanguageTag("vietnamese"), "");
}

TEST(CanonicalLanguageTagTest, OneTagAfterAnotherDoesNotMixThemUp) {
  const std::string too_long = "en-x-" + std::string(100, 'a');
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(CanonicalLanguageTag("zh-hant-tw"), "zh-Hant-TW");
    EXPECT_EQ(CanonicalLanguageTag("zh-hant-tw"), "zh-Hant-TW");
    EXPECT_FALSE(IsLanguageTag("zh-hant-"));
    EXPECT_EQ(CanonicalLanguageTag("zh-hant-"), "");
    EXPECT_TRUE(IsLanguageTag("en-us"));
    EXPECT_EQ(CanonicalLanguageTag("en-us"), "en-US");
    EXPECT_FALSE(IsLanguageTag(too_long));
    EXPECT_FALSE(IsLanguageTag(absl::string_view(too_long).substr(0, 65)));
    EXPECT_EQ(CanonicalLanguageTag(""), "");
  }
}

// ICU has a use of its own for this private subtag.
TEST(CanonicalLanguageTagTest, PrivateUseIsTheSameInAnyCasing) {
  for (const char* tag : {"und-Latn-x-lvariant-posix", "UND-LATN-X-LVARIANT-POSIX"}) {
    EXPECT_EQ(CanonicalLanguageTag(tag), "und-Latn-u-va-posix") << tag;
  }
}

TEST(CanonicalLanguageTagTest, EveryLanguageIcuKnowsIsStable) {
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    ASSERT_TRUE(IsLanguageTag(*code)) << *code;
    const std::string canonical = CanonicalLanguageTag(*code);
    ASSERT_TRUE(IsLanguageTag(canonical)) << *code;
    ASSERT_EQ(CanonicalLanguageTag(canonical), canonical) << *code;
  }
}

TEST(CanonicalLanguageTagTest, EveryTagMadeOfPartsIsStable) {
  constexpr absl::string_view kParts[] = {
      "en", "ZH", "sr",      "sh",  "hant", "Latn", "tw",    "SU",    "419",
      "u",  "ca", "gregory", "x",   "a",    "1996", "rozaj", "t",     "heploc",
      "yu", "iw", "cmn",     "und", "k0",   "co",   "true",  "posix", "arevela"};
  SeededRandom random(11);
  int well_formed = 0;
  for (int round = 0; round < 20000; ++round) {
    uint8_t bytes[6];
    random.Fill(absl::MakeSpan(bytes));
    std::string tag;
    for (int i = 0; i <= bytes[0] % 5; ++i) {
      if (i > 0) tag.push_back('-');
      tag += std::string(kParts[bytes[i + 1] % std::size(kParts)]);
    }
    if (!IsLanguageTag(tag)) continue;
    ++well_formed;
    const std::string canonical = CanonicalLanguageTag(tag);
    ASSERT_TRUE(IsLanguageTag(canonical)) << tag << " became " << canonical;
    ASSERT_EQ(CanonicalLanguageTag(canonical), canonical) << tag;
  }
  EXPECT_GT(well_formed, 1000);
}

}  // namespace
}  // namespace headwater
