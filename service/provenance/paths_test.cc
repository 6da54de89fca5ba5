#include "provenance/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>

namespace headwater::provenance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Builder {
 public:
  Index Node(Index label, bool begins = false, bool ends = false) {
    graph_.label.push_back(label);
    graph_.begins.push_back(begins);
    graph_.ends.push_back(ends);
    if (label != kNone) graph_.labels = std::max(graph_.labels, label + 1);
    return static_cast<Index>(graph_.label.size()) - 1;
  }
  void Edge(Index from, Index to) { edges_.push_back({from, {to}}); }
  PathGraph Build() {
    graph_.edges = Graph(graph_.label.size(), edges_);
    return graph_;
  }

 private:
  PathGraph graph_;
  std::vector<std::pair<Index, Graph::Edge>> edges_;
};

// By trying everything.
class Exhaustive {
 public:
  explicit Exhaustive(const PathGraph& graph) : graph_(graph), on_(graph.label.size(), false) {
    for (Index n = 0; n < graph.label.size(); ++n) {
      if (graph.begins[n]) Walk(n, {});
    }
  }
  size_t Most() const { return Most(sets_.begin(), {}); }
  const std::set<std::set<Index>>& sets() const { return sets_; }

 private:
  void Walk(Index node, std::set<Index> labels) {
    if (on_[node]) return;
    on_[node] = true;
    if (graph_.label[node] != kNone) labels.insert(graph_.label[node]);
    if (graph_.ends[node]) sets_.insert(labels);
    for (const Graph::Edge& edge : graph_.edges[node]) Walk(edge.to, labels);
    on_[node] = false;
  }
  size_t Most(std::set<std::set<Index>>::const_iterator from, std::set<Index> used) const {
    size_t most = 0;
    for (auto i = from; i != sets_.end(); ++i) {
      const bool free = std::none_of(i->begin(), i->end(), [&](Index l) { return used.count(l); });
      if (!free) continue;
      std::set<Index> more = used;
      more.insert(i->begin(), i->end());
      most = std::max(most, 1 + Most(std::next(i), more));
    }
    return most;
  }

  const PathGraph& graph_;
  std::vector<bool> on_;
  std::set<std::set<Index>> sets_;
};

void ExpectPathsAreThere(const PathGraph& graph, const Packing& packing) {
  std::set<Index> used;
  for (const std::vector<Index>& path : packing.paths) {
    EXPECT_TRUE(graph.begins[path.front()]);
    EXPECT_TRUE(graph.ends[path.back()]);
    std::set<Index> labels;
    for (size_t i = 0; i < path.size(); ++i) {
      if (graph.label[path[i]] != kNone) labels.insert(graph.label[path[i]]);
      if (i == 0) continue;
      const auto edges = graph.edges[path[i - 1]];
      EXPECT_TRUE(std::any_of(edges.begin(), edges.end(),
                              [&](const Graph::Edge& edge) { return edge.to == path[i]; }));
    }
    for (Index label : labels) EXPECT_TRUE(used.insert(label).second) << "shared: " << label;
  }
}

TEST(PathsTest, NobodyMakesNoPath) {
  const PathGraph graph = Builder().Build();
  const Packing packing = PackPaths(graph);
  EXPECT_EQ(0u, packing.bound);
  EXPECT_THAT(packing.paths, IsEmpty());
}

// Two begin, two ends, and all pass the label 2.
TEST(PathsTest, AChokepointLetsOnePass) {
  Builder builder;
  const Index a = builder.Node(0, true);
  const Index b = builder.Node(1, true);
  const Index through = builder.Node(2);
  const Index c = builder.Node(3, false, true);
  const Index d = builder.Node(4, false, true);
  for (Index begin : {a, b}) builder.Edge(begin, through);
  for (Index end : {c, d}) builder.Edge(through, end);
  const PathGraph graph = builder.Build();
  const Packing packing = PackPaths(graph);
  EXPECT_EQ(1u, packing.bound);
  ASSERT_EQ(1u, packing.paths.size());
  EXPECT_THAT(LabelsOnEveryPath(graph, packing.paths[0]), ElementsAre(2u));
}

// Label 1 speaks twice: one of its nodes is reached, the other leads on. Over labels there is a
// path, in the graph there is none.
TEST(PathsTest, APathDoesNotJumpBetweenNodesOfALabel) {
  Builder builder;
  const Index a = builder.Node(0, true);
  const Index reached = builder.Node(1);
  const Index b = builder.Node(2, true);
  const Index leads_on = builder.Node(1);
  const Index end = builder.Node(3, false, true);
  builder.Edge(a, reached);
  builder.Edge(b, leads_on);
  builder.Edge(leads_on, end);
  const PathGraph graph = builder.Build();
  const Packing packing = PackPaths(graph);
  EXPECT_EQ(1u, packing.bound);
  EXPECT_THAT(packing.paths, ElementsAre(ElementsAre(b, leads_on, end)));
}

// As in the files of several documents: few labels, several nodes each.
TEST(PathsTest, AgreesWithTryingEverything) {
  std::mt19937 random(7);
  const auto pick = [&](uint32_t below) { return static_cast<Index>(random() % below); };
  int searched = 0;
  for (int round = 0; round < 20'000; ++round) {
    Builder builder;
    const Index nodes = 3 + pick(9);
    const Index labels = 2 + pick(6);
    for (Index n = 0; n < nodes; ++n) {
      const bool passes = pick(8) == 0;
      builder.Node(passes ? kNone : pick(labels), !passes && pick(3) == 0, !passes && pick(3) == 0);
    }
    for (Index i = pick(2 * nodes); i > 0; --i) {
      const Index from = pick(nodes);
      const Index to = pick(nodes);
      if (from != to) builder.Edge(from, to);
    }
    const PathGraph graph = builder.Build();
    const Exhaustive truth(graph);
    const Packing packing = PackPaths(graph);
    ASSERT_EQ(truth.Most(), packing.bound) << "round " << round;
    ASSERT_TRUE(packing.exact()) << "round " << round;
    ExpectPathsAreThere(graph, packing);
    if (HasFailure()) FAIL() << "round " << round;
    if (packing.bound == 0) continue;
    std::vector<Index> every;
    for (Index label : *truth.sets().begin()) {
      const bool on_all = std::all_of(truth.sets().begin(), truth.sets().end(),
                                      [&](const auto& set) { return set.count(label) > 0; });
      if (on_all) every.push_back(label);
    }
    EXPECT_EQ(every, LabelsOnEveryPath(graph, packing.paths[0])) << "round " << round;
    searched += packing.bound > 1;
  }
  EXPECT_GT(searched, 1000);
}

}  // namespace
}  // namespace headwater::provenance
