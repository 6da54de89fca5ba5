// Queries as they are typed, what they find, and how it is shown.
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kv/memory_engine.h"
#include "search/index/index_writer.h"
#include "search/query/evaluate.h"
#include "search/query/parse.h"
#include "search/query/snippet.h"

namespace headwater::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr keys::Corpus kCorpus = keys::Corpus::kClaims;

TEST(Parse, Words) {
  const auto query = ParseQuery(
      "huawei \"training run\" -rumour -\"not so\" deep* source:ft -tag:\"old news\" after:2025-08 "
      "http://x.org/a before:2026 “Größe”");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(query->text, "huawei training run http://x.org/a Größe");
  EXPECT_THAT(query->phrases, ElementsAre("training run", "Größe"));
  EXPECT_THAT(query->excluded, ElementsAre("rumour", "not so"));
  EXPECT_THAT(query->prefixes, ElementsAre("deep"));
  EXPECT_THAT(query->filters, ElementsAre(QueryFilter{FilterField::kSource, "ft", false},
                                          QueryFilter{FilterField::kTag, "old news", true}));
  EXPECT_EQ(query->after, "2025-08");
  EXPECT_EQ(query->before, "2026");
}

TEST(Parse, WhatIsOdd) {
  EXPECT_EQ(ParseQuery("- \"open").value().text, "- open");
  EXPECT_EQ(ParseQuery("").value().text, "");
  EXPECT_FALSE(ParseQuery("").value().has_words());
  EXPECT_EQ(ParseQuery("tag:").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ParseQuery("\xff").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ParseQuery(std::string(kMaxQueryBytes + 1, 'a')).status().code(),
            absl::StatusCode::kInvalidArgument);
  std::string many;
  for (size_t i = 0; i <= kMaxQueryParts; ++i) many += "a ";
  EXPECT_EQ(ParseQuery(many).status().code(), absl::StatusCode::kInvalidArgument);
}

class EvaluateTest : public ::testing::Test {
 protected:
  EvaluateTest() : engine_(kv::NewMemoryEngine()) {
    const auto snapshot = *engine_->TakeSnapshot();
    IndexWriter writer(*snapshot, kCorpus);
    Put("failed", "en", "Huawei engineers failed to complete a training run", &writer);
    Put("built", "en", "Huawei built a run of training chips for engineers", &writer);
    Put("vi", "vi", "Các kỹ sư của Huawei không hoàn thành việc huấn luyện", &writer);
    Put("other", "en", "Deepseek has 163 million users", &writer);
    kv::Batch batch;
    EXPECT_TRUE(writer.Finish(&batch).ok());
    EXPECT_TRUE(engine_->Commit(batch, 0, 1, kv::Durability::kSynced).ok());
    snapshot_ = *engine_->TakeSnapshot();
  }

  void Put(const std::string& id, const std::string& language, const std::string& text,
           IndexWriter* writer) {
    IndexedText indexed;
    indexed.id = id;
    indexed.fields = {{Field::kStatement, language, text}};
    indexed.filters = {"lang:" + language};
    writer->Put(TakeApart(indexed, &analyzer_));
  }

  SearchResult Search(const std::string& typed, SearchOptions options = {}) {
    options.language = "en";
    const auto query = ParseQuery(typed);
    EXPECT_TRUE(query.ok());
    auto result =
        Evaluate(*snapshot_, kCorpus, *query, options, &analyzer_, kv::Patience::kMayWait);
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  std::vector<std::string> Found(const std::string& typed, const SearchOptions& options = {}) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(typed, options).hits) ids.push_back(hit.id);
    return ids;
  }

  Analyzer analyzer_;
  std::unique_ptr<kv::Engine> engine_;
  std::shared_ptr<const kv::Snapshot> snapshot_;
};

TEST_F(EvaluateTest, WordsPhrasesAndWhatMustNotBe) {
  EXPECT_THAT(Found("huawei training"), UnorderedElementsAre("failed", "built", "vi"));
  EXPECT_THAT(Found("\"training run\""), ElementsAre("failed"));
  EXPECT_THAT(Found("\"run of training\""), ElementsAre("built"));
  EXPECT_THAT(Found("huawei -chips"), UnorderedElementsAre("failed", "vi"));
  EXPECT_THAT(Found("huawei -\"training run\""), UnorderedElementsAre("built", "vi"));
  EXPECT_THAT(Found("deep*"), ElementsAre("other"));
  EXPECT_THAT(Found("huawei -engin*"), ElementsAre("vi"));
  EXPECT_THAT(Found("163,000,000"), ElementsAre("other"));
  EXPECT_THAT(Found("ky su"), ElementsAre("vi"));
  EXPECT_THAT(Found("nowhere"), IsEmpty());
  EXPECT_THAT(Found("huawei \"nowhere\""), IsEmpty());
}

TEST_F(EvaluateTest, FiltersFacetsAndPages) {
  SearchOptions options;
  options.filters = {{"lang:vi"}};
  EXPECT_THAT(Found("huawei", options), ElementsAre("vi"));
  options.filters = {{"lang:vi", "lang:en"}};
  options.facet_hits = 10;
  options.most = 1;
  SearchResult page = Search("huawei engineers", options);
  EXPECT_THAT(page.facets, UnorderedElementsAre(Pair("lang:en", 2), Pair("lang:vi", 1)));
  std::vector<std::string> ids;
  while (!page.hits.empty()) {
    ASSERT_LE(ids.size(), 3u);
    ids.push_back(page.hits[0].id);
    EXPECT_EQ(page.is_complete, ids.size() == 3);
    options.behind = page.last_examined;
    page = Search("huawei engineers", options);
  }
  EXPECT_THAT(ids, UnorderedElementsAre("failed", "built", "vi"));
  options = SearchOptions();
  options.may_be_hit = [](const std::string& id) { return id != "failed"; };
  EXPECT_THAT(Found("huawei", options), UnorderedElementsAre("built", "vi"));
}

TEST(Snippet, ShowsWhatWasFound) {
  Analyzer analyzer;
  const std::string text =
      "One two three. A long way from here the engineers of Huawei failed to complete it, they "
      "say.";
  const Snippet snippet = MakeSnippet(text, "en", {"engin", "huawei"}, 40, &analyzer);
  EXPECT_LE(snippet.text.size(), 40u);
  EXPECT_TRUE(snippet.is_cut_before);
  EXPECT_TRUE(snippet.is_cut_behind);
  std::vector<std::string> shown;
  for (const Span& span : snippet.highlights) {
    shown.push_back(snippet.text.substr(span.first, span.second - span.first));
  }
  EXPECT_THAT(shown, ElementsAre("engineers", "Huawei"));
  const Snippet whole = MakeSnippet("short", "en", {"x"}, 40, &analyzer);
  EXPECT_EQ(whole.text, "short");
  EXPECT_THAT(whole.highlights, IsEmpty());
  EXPECT_FALSE(whole.is_cut_before || whole.is_cut_behind);
}

}  // namespace
}  // namespace headwater::search
