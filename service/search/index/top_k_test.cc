// Long lists, over many windows and blocks: what is found is what adding up everything finds.
#include "search/index/top_k.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "kv/memory_engine.h"
#include "search/index/joined_search.h"
#include "search/index/term_edit.h"
#include "search/rank/query_words.h"

namespace headwater::search {
namespace {

constexpr keys::Corpus kCorpus = keys::Corpus::kClaims;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr uint32_t kNumbers = 60'000;

using List = std::map<uint32_t, uint8_t>;  // impacts by number

class TopKTest : public ::testing::Test {
 protected:
  // Terms from one in thousands to nearly everywhere; every third is a filter.
  void Fill() {
    static constexpr uint32_t kOneIn[] = {1, 2, 3, 9, 30, 31, 200, 1000, 9000};
    std::map<std::string, std::vector<PostingChange>> changes;
    for (size_t i = 0; i < std::size(kOneIn); ++i) {
      const std::string term = "w" + std::to_string(i);
      for (uint32_t number = random_() % kOneIn[i]; number < kNumbers;
           number += 1 + static_cast<uint32_t>(random_() % (2 * kOneIn[i]))) {
        const auto impact = static_cast<uint8_t>(i % 3 == 2 ? 0 : 1 + random_() % 60);
        lists_[term][number] = impact;
        changes[term].push_back({{number, impact}, false});
      }
    }
    // In steps, as an index grows.
    for (uint32_t end = 900; end < kNumbers + 7000; end += 7000) {
      kv::Batch batch;
      const auto snapshot = *engine_->TakeSnapshot();
      for (auto& [term, all] : changes) {
        const auto split = std::find_if(all.begin(), all.end(), [&](const PostingChange& each) {
          return each.posting.number >= end;
        });
        const std::vector<PostingChange> some(all.begin(), split);
        all.erase(all.begin(), split);
        if (some.empty()) continue;
        const std::string head = HeadOf(*snapshot, term);
        const auto before = head.empty() ? std::nullopt : std::optional<std::string>(head);
        ASSERT_TRUE(EditTerm(*snapshot, kCorpus, term, before, some, &batch).ok());
      }
      ASSERT_TRUE(
          engine_->Commit(batch, snapshot->head(), snapshot->head() + 1, kv::Durability::kSynced)
              .ok());
    }
    snapshot_ = *engine_->TakeSnapshot();
  }

  static std::string HeadOf(const kv::Snapshot& snapshot, const std::string& term) {
    return (*ReadHeads(snapshot, kCorpus, std::vector<std::string>{term}, kMayWait))[0];
  }

  FoundTerm Find(const std::string& term) const { return {term, HeadOf(*snapshot_, term)}; }

  std::string AnyTerm() { return "w" + std::to_string(random_() % lists_.size()); }

  static bool HasOne(const std::map<std::string, List>& lists, const std::vector<FoundTerm>& group,
                     uint32_t number) {
    return std::any_of(group.begin(), group.end(),
                       [&](const FoundTerm& each) { return lists.at(each.term).contains(number); });
  }

  std::vector<Scored> SlowBest(const std::vector<WeightedTerm>& terms,
                               const Restriction& restriction, size_t k) const {
    std::map<uint32_t, uint64_t> scores;
    for (const WeightedTerm& term : terms) {
      for (const auto& [number, impact] : lists_.at(term.found.term)) {
        scores[number] += uint64_t{term.weight} * impact;
      }
    }
    std::vector<Scored> all;
    for (const auto& [number, score] : scores) {
      const bool is_let_through =
          score > 0 && !HasOne(lists_, restriction.excluded, number) &&
          std::all_of(restriction.groups.begin(), restriction.groups.end(),
                      [&](const auto& group) { return HasOne(lists_, group, number); });
      if (is_let_through) all.push_back({number, score});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Scored& a, const Scored& b) { return a.score > b.score; });
    if (restriction.behind) {
      const auto at = std::find(all.begin(), all.end(), *restriction.behind);
      all.erase(all.begin(), at == all.end() ? at : at + 1);
    }
    if (all.size() > k) all.resize(k);
    return all;
  }

  std::mt19937_64 random_{5};
  std::map<std::string, List> lists_;
  const std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  std::shared_ptr<const kv::Snapshot> snapshot_;
};

TEST_F(TopKTest, FindsWhatAddingUpFinds) {
  Fill();
  size_t joined = 0;
  for (int i = 0; i < 60; ++i) {
    std::map<std::string, uint32_t> weights;
    for (uint64_t t = 0; t <= random_() % 5; ++t) weights[AnyTerm()] = 1 + random_() % 3000;
    std::vector<WeightedTerm> terms;
    for (const auto& [term, weight] : weights) terms.push_back({Find(term), weight});
    Restriction restriction;
    for (uint64_t g = random_() % 4; g > 0; --g) {
      std::vector<FoundTerm>& group = restriction.groups.emplace_back();
      for (uint64_t t = 0; t <= random_() % 6 / 2; ++t) group.push_back(Find(AnyTerm()));
    }
    if (random_() % 3 == 0) restriction.excluded.push_back(Find(AnyTerm()));
    const size_t k = 1 + random_() % 120;
    joined += !restriction.groups.empty() && IsBetterJoined(terms, restriction);
    for (int page = 0; page < 2; ++page) {
      const auto best = FindBest(*snapshot_, kCorpus, terms, restriction, k, kMayWait);
      ASSERT_TRUE(best.ok()) << best.status();
      ASSERT_EQ(*best, SlowBest(terms, restriction, k)) << i;
      if (best->empty()) break;
      if (!restriction.groups.empty()) {
        const auto led = FindBestJoined(*snapshot_, kCorpus, terms, restriction, k, kMayWait);
        ASSERT_TRUE(led.ok()) << led.status();
        ASSERT_EQ(*led, *best) << i;
      }
      restriction.behind = best->back();
    }
  }
  EXPECT_GT(joined, 10u);
  EXPECT_LT(joined, 50u);
}

}  // namespace
}  // namespace headwater::search
