#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/random.h"
#include "base/text.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

std::string Utf8(UChar32 c) {
  std::string text;
  icu::UnicodeString(c).toUTF8String(text);
  return text;
}

// Every character that Unicode has given a meaning.
std::vector<UChar32> AllCharacters() {
  std::vector<UChar32> all;
  for (UChar32 c = 0; c <= 0x10ffff; ++c) {
    const int8_t type = u_charType(c);
    if (type != U_SURROGATE && type != U_UNASSIGNED && type != U_PRIVATE_USE_CHAR) all.push_back(c);
  }
  return all;
}

TEST(NfcTest, KnownForms) {
  EXPECT_TRUE(IsNfc(""));
  EXPECT_TRUE(IsNfc("plain"));
  EXPECT_TRUE(IsNfc("Tiếng Việt"));
  EXPECT_FALSE(IsNfc("e\u0301"));
  EXPECT_EQ(ToNfc("e\u0301"), "\u00e9");
  // Marks in either order, and composed half way, are one letter.
  EXPECT_EQ(ToNfc("e\u0323\u0302"), "\u1ec7");
  EXPECT_EQ(ToNfc("e\u0302\u0323"), "\u1ec7");
  EXPECT_EQ(ToNfc("\u00ea\u0323"), "\u1ec7");
  EXPECT_EQ(ToNfc("\u212b"), "\u00c5");              // the Angstrom sign is a letter
  EXPECT_EQ(ToNfc("\u1100\u1161\u11a8"), "\uac01");  // Hangul
  EXPECT_EQ(ToNfc("\u0958"), "\u0915\u093c");        // one that NFC takes apart
  EXPECT_TRUE(IsNfc("\u0915\u093c"));
  EXPECT_FALSE(IsNfc("\u0958"));
  EXPECT_EQ(ToNfc("ﬁ"), "ﬁ");  // compatibility forms stay
  EXPECT_EQ(ToNfc("e\u0301\xff"), "\u00e9\xff");
}

TEST(NfcTest, EveryCharacterAgreesWithItself) {
  for (const UChar32 c : AllCharacters()) {
    const std::string text = "a" + Utf8(c);
    const std::string normal = ToNfc(text);
    ASSERT_TRUE(IsNfc(normal)) << std::hex << c;
    ASSERT_EQ(IsNfc(text), normal == text) << std::hex << c;
  }
}

// Of different orders, as ICU would have to sort them.
std::string Marks(int count) {
  std::string marks;
  for (int i = 0; i < count; ++i) marks += i % 2 == 0 ? "\u0301" : "\u0316";
  return marks;
}

TEST(NfcTest, MarksUponMarksAreRefused) {
  EXPECT_FALSE(HasTooManyMarks("a" + Marks(100)));
  EXPECT_TRUE(HasTooManyMarks("a" + Marks(101)));
  EXPECT_FALSE(HasTooManyMarks("a" + Marks(90) + "a" + Marks(90)));
  EXPECT_FALSE(HasTooManyMarks(std::string(1000, 'a') + "\u00e9"));
  EXPECT_TRUE(IsNfc("a" + std::string(1000, 'b') + "\u0301"));
  // A million would take ICU ten minutes.
  EXPECT_FALSE(IsNfc("a" + Marks(1'000'000)));
  const std::string key = FoldKey("x" + Marks(1'000'000) + "Y");
  EXPECT_EQ(key, "xy");
  const std::string kept = FoldKey("\u0915" + Marks(1'000'000));
  EXPECT_EQ(FoldKey(kept), kept);
  EXPECT_LT(kept.size(), 500U);
  std::string wide = "\u0915";  // halfwidth marks, which are marks once folded
  for (int i = 0; i < 100'000; ++i) wide += "\uff9e\u0316\u0344";
  EXPECT_EQ(FoldKey(FoldKey(wide)), FoldKey(wide));
}

TEST(FoldKeyTest, NamesThatReadersTakeForTheSame) {
  const std::vector<std::vector<std::string>> groups = {
      {"Nguyễn Ái Quốc", "nguyen ai quoc", "NGUYỄN ÁI QUỐC",
       "Nguye\u0302\u0303n A\u0301i Quo\u0302\u0301c"},
      {"Đặng Thùy Trâm", "dang thuy tram", "ĐẶNG  THÙY\tTRÂM", " Đặng\u00a0Thùy\u3000Trâm\n"},
      {"Tuổi Trẻ", "TUOI TRE", "Tuô\u0309i Tre\u0309"},
      {"Người Việt ở Mỹ ướt", "nguoi viet o my uot"},
      {"Łódź", "lodz", "ŁÓDŹ"},
      {"Ærøskøbing", "aeroskobing"},
      {"Straße", "STRASSE", "strasse", "STRAẞE"},
      {"ＮＨＫ", "nhk", "NHK"},
      {"İstanbul", "istanbul", "Istanbul", "ıstanbul"},
      {"ﬁnance", "finance"},
      {"Þórr", "thorr"},
      {"zero\u200bwidth", "zerowidth", "zero\u00adwidth"},
      {"华为", "华为 "},
      {"ﾊﾟﾅｿﾆｯｸ", "パナソニック"},
      {"", " ", "\t\n", "\u00a0\u2003"},
  };
  for (const std::vector<std::string>& group : groups) {
    for (const std::string& name : group) EXPECT_EQ(FoldKey(name), FoldKey(group[0])) << name;
  }
  for (size_t i = 0; i < groups.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(FoldKey(groups[i][0]), FoldKey(groups[j][0]));
  }
}

TEST(FoldKeyTest, KeysThemselves) {
  EXPECT_EQ(FoldKey("Đặng  Thùy Trâm "), "dang thuy tram");
  EXPECT_EQ(FoldKey("The New York Times"), "the new york times");
  EXPECT_EQ(FoldKey("a\r\n\v\f b"), "a b");
  EXPECT_EQ(FoldKey("É\u2028é"), "e e");
  EXPECT_EQ(FoldKey("a\xff"), "a\ufffd");
  EXPECT_EQ(FoldKey("[x]~Z@"), "[x]~z@");
}

TEST(FoldKeyTest, MarksOfOtherScriptsStay) {
  EXPECT_NE(FoldKey("Чайка"), FoldKey("Чаика"));  // Cyrillic й
  EXPECT_EQ(FoldKey("Чайка"), "чайка");
  EXPECT_EQ(FoldKey("ЧАИ\u0306КА"), "чайка");
  EXPECT_NE(FoldKey("ガス"), FoldKey("カス"));  // the voiced sound mark
  EXPECT_EQ(FoldKey("हिन्दी"), "हिन्दी");
  EXPECT_EQ(FoldKey("ไทยรัฐ"), "ไทยรัฐ");
  EXPECT_EQ(FoldKey("ΆΛΦΑ"), "άλφα");
  EXPECT_EQ(FoldKey("\u03b1\u0345\u0301"), FoldKey("\u1fb4"));  // marks in either order
  EXPECT_EQ(FoldKey("서울신문"), "서울신문");
  // A mark belongs to the letter before it: one of another script, or none.
  EXPECT_EQ(FoldKey("aи\u0306"), "aй");
  EXPECT_EQ(FoldKey("a \u0301"), "a \u0301");
  EXPECT_EQ(FoldKey("\u0301a"), "\u0301a");
}

void ExpectSettled(absl::string_view text) {
  const std::string key = FoldKey(text);
  ASSERT_TRUE(IsValidUtf8(key)) << text;
  ASSERT_TRUE(IsNfc(key)) << text;
  ASSERT_EQ(FoldKey(key), key) << text;
  ASSERT_EQ(FoldKey(ToNfc(text)), key) << text;
  ASSERT_FALSE(key.starts_with(' ') || key.ends_with(' ')) << text;
}

TEST(FoldKeyTest, EveryCharacterSettlesInOneFolding) {
  for (const UChar32 c : AllCharacters()) {
    // Alone between letters, and first with a mark after it.
    ASSERT_NO_FATAL_FAILURE(ExpectSettled(absl::StrCat("e", Utf8(c), "\u0323X"))) << std::hex << c;
    ASSERT_NO_FATAL_FAILURE(ExpectSettled(absl::StrCat(Utf8(c), "\u0301"))) << std::hex << c;
  }
}

TEST(FoldKeyTest, RandomTextsSettleInOneFolding) {
  // What interacts: letters and marks of several scripts, spaces, joiners, compositions, ligatures.
  const std::vector<std::string> parts = {
      "a",      "D",      "đ",      "Đ",      "ế",      "\u0301", "\u0323",     "\u0345", "\u031b",
      " ",      "\u00a0", "\u2028", "\u200d", "\u00ad", "İ",      "ı",          "ẞ",      "ﬁ",
      "ŉ",      "и",      "\u0306", "ᾳ",      "Σ",      "ς",      "\u1100",     "\u1161", "\u11a8",
      "क",      "\u093c", "か",     "\u3099", "ｶ",      "ﾞ",      "´",          "¨",      "\u0344",
      "\u20dd", "ǆ",      "ﷺ",      "Ꭰ",      "ꭰ",    "\u0f73", "\U0001f600", "\u180e", "\xff",
      "\u034f", "½",      "℡",      "Ⅷ",      "\u0340", "æ\u0301"};
  SeededRandom random(17);
  for (int round = 0; round < 50000; ++round) {
    uint8_t bytes[9];
    random.Fill(absl::MakeSpan(bytes));
    std::string text;
    for (int i = 0; i < 1 + bytes[0] % 8; ++i) text += parts[bytes[i + 1] % parts.size()];
    ASSERT_NO_FATAL_FAILURE(ExpectSettled(text));
  }
}

TEST(FoldKeyTest, TheAsciiPathIsTheLongOne) {
  // A letter outside ASCII that folds into it sends the text the long way round.
  SeededRandom random(23);
  for (int round = 0; round < 20000; ++round) {
    uint8_t bytes[8];
    random.Fill(absl::MakeSpan(bytes));
    std::string text;
    for (const uint8_t byte : bytes) {
      // One in four is a space of some kind.
      text.push_back(static_cast<char>(byte % 4 == 0 ? " \t\n\v\f\r  "[byte / 4 % 8] : byte / 2));
    }
    ASSERT_EQ(FoldKey(text + "d"), FoldKey(text + "\u0111"));
    ASSERT_EQ(FoldKey("d" + text), FoldKey("\u0111" + text));
  }
}

TEST(WhiteSpaceTest, OfEveryScriptAtTheEnds) {
  for (const char* space :
       {" ", "\t", "\n", "\xc2\x85", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x8a",
        "\xe2\x80\xa8", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"}) {
    const std::string text = space;
    EXPECT_TRUE(HasOuterWhiteSpace(text + "a"));
    EXPECT_TRUE(HasOuterWhiteSpace("a" + text));
    EXPECT_FALSE(HasOuterWhiteSpace("a" + text + "a"));
    EXPECT_TRUE(IsBlank(text + text));
    EXPECT_FALSE(IsBlank(text + "a" + text));
  }
  for (const char* text : {"", "a", "\xe1\xba\xbf", "\xe2\x80\x8b", "\xef\xbb\xbf"}) {
    EXPECT_FALSE(HasOuterWhiteSpace(text)) << text;
    EXPECT_FALSE(IsBlank(text)) << text;
  }
}

TEST(LineSeparatorTest, BothAreFoundAnywhere) {
  for (const char* text : {"\xe2\x80\xa8", "a\xe2\x80\xa9z", "\xe2\x80\xa7\xe2\x80\xa8"}) {
    EXPECT_TRUE(HasLineSeparators(text));
  }
  for (const char* text : {"", "a", "\xe2\x80\xa7", "\xe2\x80\xaa", "\n"}) {
    EXPECT_FALSE(HasLineSeparators(text));
  }
}

}  // namespace
}  // namespace headwater
