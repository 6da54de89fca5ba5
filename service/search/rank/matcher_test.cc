// Matching: a claim finds itself, whatever else is there; figures and denials are compared.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kv/memory_engine.h"
#include "search/index/index_writer.h"
#include "search/rank/matcher.h"
#include "search/rank/model.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr keys::Corpus kCorpus = keys::Corpus::kClaims;

class MatcherTest : public ::testing::Test {
 protected:
  void Put(const std::string& id, const std::string& language, const std::string& text,
           const std::string& title = "") {
    IndexedText indexed;
    indexed.id = id;
    indexed.fields = {{Field::kStatement, language, text}};
    if (!title.empty()) indexed.fields.push_back({Field::kTitle, language, title});
    added_.push_back(TakeApart(indexed, &analyzer_));
  }

  void Commit() {
    const auto snapshot = *engine_->TakeSnapshot();
    IndexWriter writer(*snapshot, kCorpus);
    for (Indexed& indexed : added_) writer.Put(std::move(indexed));
    added_.clear();
    kv::Batch batch;
    ASSERT_TRUE(writer.Finish(&batch).ok());
    const uint64_t head = snapshot->head();
    ASSERT_TRUE(engine_->Commit(batch, head, head + 1, kv::Durability::kSynced).ok());
  }

  std::vector<Match> Matches(const std::string& text, const std::string& language = "und") {
    const auto snapshot = *engine_->TakeSnapshot();
    auto matches =
        FindMatches(*snapshot, kCorpus, text, language, {}, &analyzer_, kv::Patience::kMayWait);
    EXPECT_TRUE(matches.ok()) << matches.status();
    return *std::move(matches);
  }

  // What each stem of an English text weighs.
  std::map<std::string, double> WeightsOf(const std::string& text) {
    const auto snapshot = *engine_->TakeSnapshot();
    const auto query =
        ReadQuery(*snapshot, kCorpus, text, "en", &analyzer_, kv::Patience::kMayWait);
    EXPECT_TRUE(query.ok()) << query.status();
    std::map<std::string, double> by_stem;
    for (const QueryWord& word : query->words) by_stem[word.stem] = word.weight;
    return by_stem;
  }

  // With `ages` by their ids, and vectors near the text.
  std::vector<std::string> IdsByAge(const std::string& text, size_t most,
                                    const std::map<std::string, uint64_t>& ages,
                                    std::vector<Neighbour> near = {}) {
    MatchOptions options;
    options.most = most;
    options.near = std::move(near);
    options.ages = [&](const std::vector<std::string>& ids) {
      std::vector<uint64_t> all;
      for (const std::string& id : ids) all.push_back(ages.at(id));
      return absl::StatusOr<std::vector<uint64_t>>(all);
    };
    const auto snapshot = *engine_->TakeSnapshot();
    const auto matches =
        FindMatches(*snapshot, kCorpus, text, "en", options, &analyzer_, kv::Patience::kMayWait);
    EXPECT_TRUE(matches.ok()) << matches.status();
    std::vector<std::string> ids;
    for (const Match& match : *matches) ids.push_back(match.id);
    return ids;
  }

  Analyzer analyzer_;
  std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  std::vector<Indexed> added_;
};

// `ages` has none but those that rank alike: asked of another, at() would throw.
TEST_F(MatcherTest, OfThoseThatRankAlikeTheOlderComesFirst) {
  for (const char* id : {"a", "b", "c", "d"}) Put(id, "en", "The bridge was closed on Monday.");
  Put("e", "en", "The bridge was closed by the mayor.");
  Commit();
  const std::map<std::string, uint64_t> ages = {{"a", 7}, {"b", 3}, {"c", 9}, {"d", 1}};
  EXPECT_EQ(IdsByAge("the bridge was closed on monday", 3, ages),
            (std::vector<std::string>{"d", "b", "a"}));
  EXPECT_EQ(IdsByAge("they closed the bridge on Monday", 5, ages),
            (std::vector<std::string>{"d", "b", "a", "c", "e"}));
  // Numbers follow the ids here. Vectors that are the same leave the order as it was.
  const std::vector<Neighbour> near = {{0, 0.9}, {1, 0.9}, {2, 0.9}, {3, 0.9}};
  EXPECT_EQ(IdsByAge("they closed the bridge on Monday", 4, ages, near),
            (std::vector<std::string>{"d", "b", "a", "c"}));
  EXPECT_EQ(IdsByAge("they closed the bridge on Monday", 1, ages, near),
            (std::vector<std::string>{"d"}));
}

TEST_F(MatcherTest, AClaimFindsItselfFirst) {
  std::mt19937_64 random(17);
  const std::vector<std::string> words = {
      "the",     "a",       "of",   "president", "said",      "Huawei", "chips", "không",
      "million", "163",     "7.5%", "failed",    "engineers", "in",     "2025",  "#AustralianFires",
      "vaccine", "никогда", "华为", "data"};
  std::vector<std::string> texts;
  for (int i = 0; i < 600; ++i) {
    std::string text;
    for (uint64_t j = 0; j < 3 + random() % 12; ++j) text += words[random() % words.size()] + " ";
    texts.push_back(text + std::to_string(i % 7));
    Put("c" + std::to_string(i), i % 3 == 0 ? "vi" : "und", texts.back(),
        i % 2 == 0 ? "chips" : "");
  }
  Commit();
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::vector<Match> matches = Matches(texts[i]);
    ASSERT_FALSE(matches.empty()) << texts[i];
    bool found = false;  // others may say just the same
    for (const Match& match : matches) {
      found |= match.is_same_text && match.id == "c" + std::to_string(i);
    }
    EXPECT_TRUE(found) << texts[i];
    EXPECT_TRUE(matches[0].is_same_text);
    EXPECT_EQ(matches[0].likelihood, 1);
  }
}

TEST_F(MatcherTest, OtherFiguresAndDenials) {
  Put("users", "en", "DeepSeek had 163 million monthly users in May 2025.");
  Put("failed", "en", "Huawei engineers failed to complete a training run.");
  Put("other", "en", "The moon is made of cheese.");
  Commit();
  std::vector<Match> matches = Matches("DeepSeek had 194 million monthly users.", "en");
  ASSERT_FALSE(matches.empty());
  EXPECT_EQ(matches[0].id, "users");
  EXPECT_EQ(matches[0].agreement.figures, Figures::kDiffer);
  EXPECT_THAT(matches[0].agreement.query_figures, ElementsAre("194000000"));
  EXPECT_FALSE(matches[0].agreement.is_negation_other);
  matches = Matches("DeepSeek had 163.000.000 monthly users in May 2025", "de");
  EXPECT_EQ(matches[0].agreement.figures, Figures::kAgree);
  matches = Matches("DeepSeek did not have 163 million monthly users", "en");
  EXPECT_TRUE(matches[0].agreement.is_negation_other);
  EXPECT_EQ(matches[0].agreement.figures, Figures::kPartly);
  EXPECT_THAT(Matches("entirely unrelated words"), IsEmpty());
}

TEST_F(MatcherTest, WordsOfABylineWeighLess) {
  Put("tagged", "en", "An actor insulted Jane Doe in a tweet tagged @realjanedoe.");
  Put("other", "en", "The moon is made of cheese.");
  Commit();
  const auto by = WeightsOf("The moon. \u2014 Jane Doe (@realjanedoe) August 26, 2019");
  const auto of = WeightsOf("The moon, Jane Doe (@realjanedoe) August 26, 2019");
  EXPECT_EQ(by.at("moon"), of.at("moon"));
  EXPECT_GT(by.at("doe"), 0);
  EXPECT_LT(by.at("doe"), of.at("doe"));
  EXPECT_LT(by.at("@realjanedoe"), of.at("@realjanedoe") / 2);
  EXPECT_LT(by.at("2019"), of.at("2019"));
  // What the post says itself counts in full.
  const auto both = WeightsOf("Doe, the moon. \u2014 Jane Doe (@realjanedoe) August 26, 2019");
  EXPECT_GE(both.at("doe"), of.at("doe"));
}

TEST_F(MatcherTest, WordsJoinedAndApart) {
  Put("bugs", "en", "The resort was sued over bed bugs");
  Put("tv", "en", "DirecTV refunds subscribers of the league");
  Put("bugs2", "en", "A bed of bugs");
  Commit();
  EXPECT_EQ(Matches("bedbugs!", "en")[0].id, "bugs");
  EXPECT_EQ(Matches("#DirecTV", "en")[0].id, "tv");
}

TEST_F(MatcherTest, JoinedWordsWeighNoMoreThanTheirParts) {
  // Of a store in which "joe" and "biden" are common and the two as one are not.
  for (int i = 0; i < 30; ++i) Put("joe" + std::to_string(i), "en", "Joe Biden has a debt");
  Put("site", "en", "A campaign runs the site joebiden.info");
  Commit();
  const auto weights = WeightsOf("Joe Biden and the debt");
  ASSERT_EQ(weights.count("joebiden"), 1U);
  EXPECT_EQ(weights.at("joebiden"), std::max(weights.at("joe"), weights.at("biden")));
  EXPECT_GT(WeightsOf("joebiden").at("joebiden"), weights.at("joebiden"));
}

}  // namespace
}  // namespace headwater::search
