// Texts taken apart: what meets what, in which language, and where it stands.
#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "search/text/analyzer.h"
#include "search/text/byline.h"
#include "search/text/detect.h"
#include "search/text/fold.h"
#include "search/text/number.h"
#include "search/text/sentences.h"

namespace headwater::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::vector<std::string> Stems(const std::string& text, const std::string& language) {
  Analyzer analyzer;
  std::vector<std::string> stems;
  for (const Token& token : analyzer.Analyze(text, language)) stems.push_back(token.stem);
  return stems;
}

// A letter of many scripts, a mark, a sign or an invisible character.
std::string RandomText(std::mt19937_64* random) {
  static const std::vector<std::string> kPieces = {
      "a",      "Z",      "é",      "ế",      "Đ",      "đ", "ß",     "İ",  "ı",  "Ł",  "ﬁ",
      "Ａ",     "ά",      "Σ",      "ς",      "ё",      "й", "Ё",     "أ",  "ى",  "ة",  "ـ",
      "\u064b", "\u0301", "\u0308", "ש",      "\u05b0", "ไ", "ท",     "漢", "字", "カ", "ｶ",
      "ﾞ",      "한",     "글",     "\u200d", "\u00ad", "'", "’",     "7",  "٣",  "㍿", "①",
      "\u0345", " ",      "ǅ",      "\u1e9e", "\u0149", "ﷺ", "\u3000"};
  std::string text;
  for (uint64_t i = 0; i < 1 + (*random)() % 12; ++i) text += kPieces[(*random)() % kPieces.size()];
  return text;
}

TEST(Fold, IsDoneOnce) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = RandomText(&random);
    const std::string folded = FoldWord(text);
    ASSERT_EQ(FoldWord(folded), folded) << text;
  }
}

TEST(Fold, WordsMeetHoweverTheyAreTyped) {
  EXPECT_EQ(FoldWord("Đặng"), "dang");
  EXPECT_EQ(FoldWord("ĐẶNG"), FoldWord("dang"));
  EXPECT_EQ(FoldWord("Άνθρωπος"), FoldWord("ανθρωποσ"));
  EXPECT_EQ(FoldWord("Ещё"), FoldWord("еще"));
  EXPECT_NE(FoldWord("мой"), FoldWord("мои"));
  EXPECT_EQ(FoldWord("أَحْمَد"), FoldWord("احمد"));
  EXPECT_EQ(FoldWord("O’Neill"), "oneill");
}

TEST(Number, OneSpelling) {
  const auto value = [](const std::string& text, const std::string& language) {
    const auto number = ScanNumber(text, 0, language);
    return number ? number->value + (number->percent_end > number->end ? "%" : "") : "none";
  };
  for (const char* text : {"163 triệu", "163 million", "163 000 000", "163.000.000", "163,000,000",
                           "163M", "163\u00a0000\u00a0000", "163 млн", "16300万"}) {
    EXPECT_EQ(value(text, "vi"), "163000000") << text;
  }
  EXPECT_EQ(value("7,5%", "vi"), "7.5%");
  EXPECT_EQ(value("7.5 %", "en"), "7.5%");
  EXPECT_EQ(value("7.5 percent", "en"), "7.5%");
  EXPECT_EQ(value("7.5 phần trăm", "vi"), "7.5%");
  EXPECT_EQ(value("7.50", "en"), "7.5");
  EXPECT_EQ(value("1,234", "en"), "1234");
  EXPECT_EQ(value("1.234", "de"), "1234");
  EXPECT_EQ(value("1.234", "en"), "1.234");
  EXPECT_EQ(value("1,234.50", "en"), "1234.5");
  EXPECT_EQ(value("1.234,50", "de"), "1234.5");
  EXPECT_EQ(value("1,00,000", "en"), "100000");
  EXPECT_EQ(value("2019 163", "en"), "2019");
  EXPECT_EQ(value("1,2,3", "en"), "1");
  EXPECT_EQ(value("1.5 nghìn tỷ", "en"), "1500");
  EXPECT_EQ(value("1,5 nghìn tỷ", "vi"), "1500000000000");
  EXPECT_EQ(value("21st", "en"), "21");
  EXPECT_EQ(value("5G", "en"), "none");
  EXPECT_EQ(value("٧٫٥٪", "ar"), "7.5%");
  EXPECT_EQ(value("000", "en"), "0");
}

TEST(Analyzer, VietnameseIsFoundWithAndWithoutMarks) {
  EXPECT_EQ(Stems("Đặng Lê Nguyên", "vi"), Stems("dang le nguyen", "vi"));
}

TEST(Analyzer, WordsAndTheirPlaces) {
  Analyzer analyzer;
  const std::string text = "Mr. Trump's U.S. tariffs didn't work";
  const std::vector<Token> tokens = analyzer.Analyze(text, "en");
  std::vector<std::string> words;
  for (const Token& token : tokens) {
    words.push_back(token.folded);
    EXPECT_LT(token.begin, token.end);
  }
  EXPECT_THAT(words, ElementsAre("mr", "trump", "us", "tariffs", "didnt", "work"));
  EXPECT_EQ(text.substr(tokens[3].begin, tokens[3].end - tokens[3].begin), "tariffs");
  EXPECT_EQ(tokens[3].stem, "tariff");
  EXPECT_TRUE(tokens[1].is_name);
  EXPECT_FALSE(tokens[3].is_name);
}

TEST(Analyzer, Days) {
  for (const auto& [text, language] :
       std::vector<std::pair<std::string, std::string>>{{"on 6 January 2020 there", "en"},
                                                        {"January 6, 2020", "en"},
                                                        {"2020-01-06", "en"},
                                                        {"ngày 6 tháng 1 năm 2020", "vi"},
                                                        {"ngày 6/1/2020", "vi"},
                                                        {"06.01.2020", "de"},
                                                        {"6. Januar 2020", "de"},
                                                        {"6 de enero de 2020", "es"},
                                                        {"6 января 2020 г.", "ru"},
                                                        {"2020年1月6日", "zh"},
                                                        {"Jan. 6, 2020", "en"}}) {
    EXPECT_THAT(Stems(text, language), Contains("=2020-01-06")) << text;
  }
  EXPECT_THAT(Stems("6/1/2020", "en"), Not(Contains("=2020-01-06")));
  EXPECT_THAT(Stems("99/99/2020", "vi"), ElementsAre("99", "99", "2020"));
}

TEST(Analyzer, HashtagsHandlesAndLinks) {
  EXPECT_THAT(Stems("#AustralianFires", "en"),
              ElementsAre("australianfires", "australian", "fire"));
  EXPECT_THAT(Stems("#fires", "en"), ElementsAre("fire"));
  EXPECT_THAT(Stems("(@CenterForBioDiv)", "en"),
              IsSupersetOf({"@centerforbiodiv", "center", "bio", "div"}));
  EXPECT_THAT(Stems("see https://www.ft.com/content/why-it-failed?x=1 now", "en"),
              ElementsAre("see", "ft", "content", "whi", "it", "fail", "now"));
  EXPECT_THAT(Stems("so pic.twitter.com/0eJtwJyS1J", "en"), ElementsAre("so", "pic", "twitter"));
  EXPECT_THAT(Stems("#DefundTheCBChttps://t.co/CsHG8R9cHp", "en"), Contains("defund"));
  EXPECT_THAT(Stems("#DefundTheCBChttps://t.co/CsHG8R9cHp", "en"), Not(Contains("https")));
}

TEST(Byline, IsFoundAtTheEndOfAPost) {
  const auto parts = [](const std::string& text) {
    const Byline byline = FindByline(text);
    return std::vector<std::string>{
        text.substr(0, byline.begin), text.substr(byline.begin, byline.handle - byline.begin),
        text.substr(byline.handle, byline.behind - byline.handle), text.substr(byline.behind)};
  };
  EXPECT_THAT(parts("It failed — badly. — Jane D. Doe (@jane_d) May 6, 2025"),
              ElementsAre("It failed — badly. ", "— Jane D. Doe ", "(@jane_d)", " May 6, 2025"));
  EXPECT_THAT(parts("Nó thất bại – Lê Đại (@le.dai)"),
              ElementsAre("Nó thất bại ", "– Lê Đại ", "(@le.dai)", ""));
  EXPECT_THAT(parts("It failed -- Anne-Marie (@am)"),
              ElementsAre("It failed ", "-- Anne-Marie ", "(@am)", ""));
  const std::string none = "Jane — she (@jane) failed, as all of us have seen by now, and not once";
  for (const std::string& text :
       {none, std::string("no dash (@jane)"), std::string("— (@two words)"), std::string("— (@"),
        std::string("a - b"), std::string()}) {
    EXPECT_THAT(parts(text), ElementsAre(text, "", "", ""));
  }
}

TEST(Analyzer, ScriptsWithoutSpaces) {
  EXPECT_THAT(Stems("华为工程师", "zh"), ElementsAre("华为", "为工", "工程", "程师"));
  EXPECT_THAT(Stems("人", "zh"), ElementsAre("人"));
  EXPECT_GT(Stems("ประเทศไทยมีประชากร", "th").size(), 2u);
  EXPECT_THAT(Stems("한국 정부", "ko"), ElementsAre("한국", "정부"));
  EXPECT_THAT(Stems("300万人", "zh"), Contains("3000000"));
}

TEST(Analyzer, OtherAlphabets) {
  EXPECT_EQ(Stems("правительства", "ru"), Stems("правительство", "ru"));
  EXPECT_EQ(Stems("أَحْمَد", "ar"), Stems("احمد", "ar"));
  EXPECT_EQ(Stems("l'eau", "fr"), (std::vector<std::string>{"l", "eau"}));
}

TEST(Analyzer, NeverFailsAndKeepsItsPlaces) {
  std::mt19937_64 random(5);
  Analyzer analyzer;
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (int j = 0; j < 6; ++j) text += RandomText(&random) + "#@ .,-$/"[random() % 8];
    if (random() % 4 == 0) text[random() % text.size()] = static_cast<char>(random());
    for (const Token& token : analyzer.Analyze(text, random() % 2 == 0 ? "vi" : "fr")) {
      ASSERT_LT(token.begin, token.end) << text;
      ASSERT_LE(token.end, text.size()) << text;
      ASSERT_FALSE(token.stem.empty()) << text;
      ASSERT_LE(token.folded.size(), kMaxWordBytes);
    }
  }
}

TEST(Detect, Languages) {
  EXPECT_EQ(DetectLanguage("Các kỹ sư của Huawei không hoàn thành việc huấn luyện").language, "vi");
  EXPECT_EQ(DetectLanguage("The engineers did not complete the training run").language, "en");
  EXPECT_EQ(DetectLanguage("Правительство опубликовало новые данные о населении").language, "ru");
  EXPECT_FALSE(DetectLanguage("").is_certain);
  EXPECT_FALSE(DetectLanguage("123").is_certain);
  EXPECT_EQ(LanguageToReadBy("pt-BR", "The engineers"), "pt");
}

TEST(Sentences, OfAnArticle) {
  const std::string text =
      "Mr. Smith of the U.S. Senate left. He said \"No.\" Then he went home!\nA headline\n\n  Last "
      "one";
  std::vector<std::string> sentences;
  for (const Span& span : SplitSentences(text, "en")) {
    sentences.push_back(text.substr(span.first, span.second - span.first));
  }
  EXPECT_THAT(sentences, ElementsAre("Mr. Smith of the U.S. Senate left.", "He said \"No.\"",
                                     "Then he went home!", "A headline", "Last one"));
}

TEST(Sentences, LongOnesAreCutAndNothingIsLost) {
  std::mt19937_64 random(9);
  for (int i = 0; i < 50; ++i) {
    std::string text;
    while (text.size() < 6000) text += RandomText(&random);
    std::string joined;
    size_t last = 0;
    for (const Span& span : SplitSentences(text, "und")) {
      EXPECT_GE(span.first, last);
      EXPECT_LE(span.second - span.first, kMaxSentenceBytes);
      last = span.second;
      joined += text.substr(span.first, span.second - span.first);
    }
    const auto without_space = [](std::string from) {
      for (const std::string space : {" ", "\u3000"}) {
        for (size_t at; (at = from.find(space)) != std::string::npos;) from.erase(at, space.size());
      }
      return from;
    };
    EXPECT_EQ(without_space(joined), without_space(text));
  }
}

}  // namespace
}  // namespace headwater::search
