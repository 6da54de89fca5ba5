#include "search/vectors/vector_graph.h"

#include <algorithm>
#include <numeric>

#include "gtest/gtest.h"
#include "search/vectors/testing.h"

namespace headwater::search {
namespace {

constexpr size_t kDimensions = 48;
constexpr size_t kNodes = 3000;

// The slow, obvious way.
std::vector<uint32_t> NearestOf(const std::vector<std::string>& vectors, const std::string& to,
                                size_t most) {
  std::vector<uint32_t> order(vectors.size());
  std::iota(order.begin(), order.end(), 0u);
  std::vector<double> cosines;
  for (const std::string& vector : vectors) cosines.push_back(PackedCosine(vector, to));
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return cosines[a] > cosines[b]; });
  order.resize(std::min(order.size(), most));
  return order;
}

class VectorGraphTest : public ::testing::Test {
 protected:
  VectorGraphTest() : clusters_(kDimensions, 40, 5), graph_(kDimensions) {}

  void Fill(size_t nodes) {
    ASSERT_TRUE(graph_.Reserve(nodes).ok());
    std::set<uint32_t> changed;
    while (vectors_.size() < nodes) {
      vectors_.push_back(clusters_.Packed());
      const auto node = static_cast<uint32_t>(vectors_.size() - 1);
      ASSERT_TRUE(graph_.Put(node, vectors_.back(), &changed).ok());
    }
  }

  // Of the ten nearest the share that is found among as many.
  double Recall() {
    size_t found = 0;
    size_t all = 0;
    for (int i = 0; i < 200; ++i) {
      const std::string to = clusters_.Packed();
      // As many as a search asks for; its first ten.
      std::vector<uint32_t> nearest = graph_.Nearest(to, 100);
      nearest.resize(std::min<size_t>(nearest.size(), 10));
      for (const uint32_t node : NearestOf(vectors_, to, 10)) {
        found += std::count(nearest.begin(), nearest.end(), node) > 0 ? 1 : 0;
        ++all;
      }
    }
    return static_cast<double>(found) / static_cast<double>(all);
  }

  testing::Clusters clusters_;
  VectorGraph graph_;
  std::vector<std::string> vectors_;
};

TEST_F(VectorGraphTest, FindsNearlyAllOfTheNearest) {
  Fill(kNodes);
  const double recall = Recall();
  RecordProperty("recall", std::to_string(recall));
  std::printf("recall@10 %.4f\n", recall);
  EXPECT_GE(recall, 0.95);
}

TEST_F(VectorGraphTest, StaysGoodWhenAllNodesHaveMovedTwice) {
  Fill(kNodes);
  std::set<uint32_t> changed;
  std::vector<uint32_t> order(kNodes);
  std::iota(order.begin(), order.end(), 0u);
  for (int i = 0; i < 2; ++i) {
    std::shuffle(order.begin(), order.end(), clusters_.random());
    for (const uint32_t node : order) {
      vectors_[node] = clusters_.Packed();
      ASSERT_TRUE(graph_.Put(node, vectors_[node], &changed).ok());
      EXPECT_EQ(graph_.Vector(node), vectors_[node]);
    }
  }
  EXPECT_EQ(graph_.size(), kNodes);
  const double recall = Recall();
  std::printf("recall@10 after moves %.4f\n", recall);
  EXPECT_GE(recall, 0.95);
}

// A shadow that is given only what is said to have changed stays the same.
TEST_F(VectorGraphTest, TellsEveryNodeWhoseLinksChange) {
  ASSERT_TRUE(graph_.Reserve(600).ok());
  std::vector<std::string> links;
  for (int i = 0; i < 1500; ++i) {
    const bool is_new = graph_.size() < 600 && clusters_.random()() % 2 == 0;
    const auto size = static_cast<uint32_t>(graph_.size());
    const uint32_t node = is_new || size == 0 ? size : clusters_.random()() % size;
    std::set<uint32_t> changed;
    ASSERT_TRUE(graph_.Put(node, clusters_.Packed(), &changed).ok());
    links.resize(graph_.size());
    for (const uint32_t each : changed) links[each] = graph_.Links(each);
    if (i % 50 != 0) continue;
    for (uint32_t each = 0; each < graph_.size(); ++each)
      ASSERT_EQ(links[each], graph_.Links(each)) << "node " << each << " in step " << i;
  }
}

TEST_F(VectorGraphTest, ComesBackNodeByNode) {
  Fill(1000);
  VectorGraph again(kDimensions);
  ASSERT_TRUE(again.Reserve(2000).ok());
  for (uint32_t node = 0; node < graph_.size(); ++node)
    ASSERT_TRUE(again.Restore(graph_.Vector(node), graph_.Links(node)).ok());
  ASSERT_TRUE(again.Restored().ok());
  ASSERT_TRUE(graph_.Reserve(2000).ok());
  for (int i = 0; i < 50; ++i) {
    const std::string to = clusters_.Packed();
    EXPECT_EQ(again.Nearest(to, 20), graph_.Nearest(to, 20));
  }
  // And grows on as if nothing had been.
  std::set<uint32_t> changed;
  for (uint32_t node = 1000; node < 1200; ++node) {
    const std::string vector = clusters_.Packed();
    ASSERT_TRUE(again.Put(node, vector, &changed).ok());
    ASSERT_TRUE(graph_.Put(node, vector, &changed).ok());
  }
  for (const uint32_t node : changed) EXPECT_EQ(again.Links(node), graph_.Links(node));
}

TEST_F(VectorGraphTest, RefusesWhatCannotHaveBeenAGraph) {
  Fill(50);
  const auto restore = [&](const std::string& vector, const std::string& links) {
    VectorGraph again(kDimensions);
    EXPECT_TRUE(again.Reserve(10).ok());
    const absl::Status status = again.Restore(vector, links);
    return status.ok() ? again.Restored() : status;
  };
  const std::string vector = graph_.Vector(0);
  EXPECT_TRUE(restore(vector, std::string("\0\0", 2)).ok());
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, "")));
  EXPECT_TRUE(absl::IsDataLoss(restore("short", std::string("\0\0", 2))));
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, std::string("\0\1\1", 3))));    // no node 1
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, std::string("\0\1\0", 3))));    // itself
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, std::string("\0\x21\0", 3))));  // too many
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, std::string("\x7f\0", 2))));    // too high
  EXPECT_TRUE(absl::IsDataLoss(restore(vector, std::string("\0\0\0", 3))));    // something behind
  VectorGraph empty(kDimensions);
  EXPECT_TRUE(empty.Nearest(vector, 5).empty());
  std::set<uint32_t> changed;
  EXPECT_FALSE(empty.Put(1, vector, &changed).ok());
}

}  // namespace
}  // namespace headwater::search
