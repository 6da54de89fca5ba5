#include "search/rank/near_same.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "kv/memory_engine.h"
#include "search/index/index_writer.h"

namespace headwater::search {
namespace {

IndexedField FieldOf(const std::string& text, const std::string& language = "en") {
  Analyzer analyzer;
  return TakeApart({"x", {{Field::kStatement, language, text}}, {}, {}}, &analyzer).fields.at(0);
}

bool Near(const std::string& a, const std::string& b, const std::string& language = "en") {
  const bool near = AreNearSame(FieldOf(a, language), FieldOf(b, language));
  EXPECT_EQ(near, AreNearSame(FieldOf(b, language), FieldOf(a, language))) << a << "\n" << b;
  return near;
}

TEST(AreNearSame, SmallWordsAndEndingsDoNotCount) {
  EXPECT_TRUE(Near("Photographs show the tsunami that struck Asia in December 2004.",
                   "A photograph shows the tsunami that struck Asia in December 2004"));
  EXPECT_TRUE(Near("In 2019, taxes on fuel rose 5%.", "Taxes on fuel rose 5 % in 2019"));
  EXPECT_TRUE(Near("Giá xăng ở Hà Nội tăng 7,5%", "Gia xang o Ha Noi tang 7.5 %", "vi"));
}

TEST(AreNearSame, WhatSaysSomethingElseIsNotTheSame) {
  const std::string text = "Huawei engineers failed to train the R2 model in 2025";
  for (const std::string other : {"Huawei engineers failed to train the R2 model in 2024",
                                  "Huawei engineers failed to train the R3 model in 2025",
                                  "Huawei engineers never failed to train the R2 model in 2025",
                                  "Nvidia engineers failed to train the R2 model in 2025",
                                  "Huawei engineers failed to train the R2 model",
                                  "Former Huawei engineers failed to train the R2 model in 2025"}) {
    EXPECT_FALSE(Near(text, other)) << other;
  }
  EXPECT_FALSE(Near("Russia attacked Ukraine near Kursk", "Ukraine attacked Russia near Kursk"));
  EXPECT_FALSE(Near("Russia attacked Ukraine", "Russia was attacked by Ukraine"));
  EXPECT_FALSE(Near("Taxes on fuel will rise", "Taxes on fuel will fall"));
  EXPECT_FALSE(Near("The senator was a doctor in Ohio", "The senator is a doctor in Ohio"));
}

TEST(AreNearSame, FewWordsSayTooLittle) {
  EXPECT_FALSE(Near("Of the moon", "Moon"));
  EXPECT_FALSE(Near("In 2019 it was 12", "In 2019 it was 12 the"));
}

class FindNearSameTest : public ::testing::Test {
 protected:
  void Put(const std::string& id, const std::vector<FieldText>& fields) {
    const auto snapshot = engine_->TakeSnapshot().value();
    IndexWriter writer(*snapshot, keys::Corpus::kClaims);
    writer.Put(TakeApart({id, fields, {}, {}}, &analyzer_));
    kv::Batch batch;
    ASSERT_TRUE(writer.Finish(&batch).ok());
    ASSERT_TRUE(engine_->Commit(batch, 0, 0, kv::Durability::kBuffered).ok());
  }
  void Put(const std::string& id, const std::string& text) {
    Put(id, {{Field::kStatement, "en", text}});
  }
  std::set<std::string> Of(const std::string& id) {
    const auto snapshot = engine_->TakeSnapshot().value();
    std::set<std::string> found;
    const std::vector<NearSame> all =
        FindNearSame(*snapshot, keys::Corpus::kClaims, id, kv::Patience::kMayWait).value();
    for (const NearSame& same : all)
      found.insert(absl::StrCat(same.id, same.is_same_text ? "=" : "~"));
    return found;
  }

  const std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  Analyzer analyzer_;
};

TEST_F(FindNearSameTest, FindsTheSameTextAndTheSameWords) {
  Put("a", "The mayor of Ham\xc3\xa9 sold the town hall");
  Put("b", "the MAYOR of Hame sold the town hall!");
  Put("c", "Mayor of Hame sold town hall");
  Put("d", "The mayor of Hame bought the town hall");
  EXPECT_EQ(Of("a"), (std::set<std::string>{"b=", "c~"}));
  EXPECT_EQ(Of("c"), (std::set<std::string>{"a~", "b~"}));
  EXPECT_EQ(Of("d"), std::set<std::string>{});
  EXPECT_EQ(Of("nobody"), std::set<std::string>{});
}

TEST_F(FindNearSameTest, TwoAreComparedWithoutASearch) {
  Put("a", "The mayor of Hame sold the town hall");
  Put("b", "Mayor of Hame sold town hall");
  Put("c", "The mayor of Hame bought the town hall");
  const auto compared = [&](const std::string& id, const std::string& other) {
    return CompareSame(*engine_->TakeSnapshot().value(), keys::Corpus::kClaims, id, other,
                       kv::Patience::kMayWait)
        .value();
  };
  EXPECT_EQ(compared("a", "b"), (NearSame{"b", false}));
  EXPECT_EQ(compared("a", "a"), (NearSame{"a", true}));
  EXPECT_EQ(compared("a", "c"), std::nullopt);
  EXPECT_EQ(compared("a", "nobody"), std::nullopt);
  EXPECT_EQ(compared("nobody", "a"), std::nullopt);
}

TEST_F(FindNearSameTest, TranslationsAreWordingsAndQuotesAreNot) {
  Put("a", {{Field::kStatement, "vi", "Huawei không huấn luyện được mô hình R2"},
            {Field::kTranslation, "en", "Huawei did not manage to train the R2 model"}});
  Put("b", "Huawei did not manage to train the R2 model.");
  Put("c", {{Field::kStatement, "en", "A Chinese maker gave up on a chip"},
            {Field::kQuote, "en", "Huawei did not manage to train the R2 model"}});
  EXPECT_EQ(Of("a"), std::set<std::string>{"b="});
  EXPECT_EQ(Of("b"), std::set<std::string>{"a="});
}

TEST_F(FindNearSameTest, OfManyCopiesTheFirstAreFound) {
  for (int i = 100; i < 300; ++i) Put(absl::StrCat("c", i), "The same words are copied everywhere");
  const std::set<std::string> found = Of("c299");
  EXPECT_EQ(found.size(), kMostSameTexts + 1);
  EXPECT_EQ(*found.begin(), "c100=");
}

}  // namespace
}  // namespace headwater::search
