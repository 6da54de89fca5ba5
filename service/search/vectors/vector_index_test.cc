// The graphs and their rows against what a map says, after any changes, commits that are lost and
// reopenings.
#include "search/vectors/vector_index.h"

#include <algorithm>
#include <map>

#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "keys/vector_keys.h"
#include "kv/memory_engine.h"
#include "search/vectors/testing.h"
#include "search/vectors/vector_graph.h"
#include "search/vectors/vector_rows.h"

namespace headwater::search {
namespace {

constexpr size_t kEnough = size_t{1} << 30;
constexpr size_t kDimensions = 24;

class VectorIndexTest : public ::testing::Test {
 protected:
  VectorIndexTest() : clusters_(kDimensions, 10, 3) { Reopen(); }

  void Reopen(size_t memory = kEnough) {
    index_ = std::make_unique<VectorIndex>(memory, [this] { ++told_; });
    index_->Expect(version_);
  }

  std::shared_ptr<const kv::Snapshot> Now() { return *engine_->TakeSnapshot(); }

  VectorChange Change(uint32_t number, const std::string& packed, const std::string& model = "m") {
    return {number, model, kDimensions, model_.contains({model, number}), packed};
  }

  // Applies, and commits unless it is to be lost.
  void Apply(const std::vector<VectorChange>& changes, bool is_lost = false) {
    kv::Batch batch;
    index_->Expect(version_);
    const absl::Status status = index_->Apply(*Now(), changes, &batch);
    ASSERT_TRUE(status.ok()) << status;
    if (is_lost) return index_->Discard();
    Commit(batch);
    index_->Committed(++version_);
    for (const VectorChange& change : changes) {
      if (change.packed.empty()) {
        model_.erase({change.model, change.number});
      } else {
        model_[{change.model, change.number}] = change.packed;
      }
    }
  }

  void Commit(const kv::Batch& batch) {
    const uint64_t head = Now()->head();
    ASSERT_TRUE(engine_->Commit(batch, head, head, kv::Durability::kBuffered).ok());
  }

  Neighbourhood Nearest(const std::string& packed, size_t most, const std::string& model = "m",
                        std::shared_ptr<const kv::Snapshot> in = nullptr) {
    if (in == nullptr) in = Now();
    auto found = index_->Nearest(
        *in, [this] { return engine_->TakeSnapshot(); }, model, packed, most);
    EXPECT_TRUE(found.ok()) << found.status();
    return *std::move(found);
  }

  // All of a model's vectors, the slow way.
  std::vector<Neighbour> Expected(const std::string& packed, const std::string& model = "m") {
    std::vector<Neighbour> all;
    for (const auto& [key, vector] : model_) {
      if (key.first == model) all.push_back({key.second, PackedCosine(vector, packed)});
    }
    std::sort(all.begin(), all.end(), [](const Neighbour& a, const Neighbour& b) {
      return a.cosine != b.cosine ? a.cosine > b.cosine : a.number < b.number;
    });
    return all;
  }

  size_t Rows(const std::string& prefix) {
    size_t count = 0;
    const auto snapshot = Now();
    for (auto rows = snapshot->Range(kv::Keyspace::kPostings, prefix, keys::PrefixEnd(prefix),
                                     kv::Patience::kMayWait);
         rows->Valid(); rows->Next()) {
      ++count;
    }
    return count;
  }

  testing::Clusters clusters_;
  const std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  uint64_t version_ = 1;
  int told_ = 0;
  std::unique_ptr<VectorIndex> index_;
  std::map<std::pair<std::string, uint32_t>, std::string> model_;  // by model and number
};

TEST_F(VectorIndexTest, IsWhatIsRecordedAfterAnyChanges) {
  std::mt19937& random = clusters_.random();
  for (int step = 0; step < 200; ++step) {
    std::map<std::pair<std::string, uint32_t>, VectorChange> changes;
    for (uint32_t i = 0; i < 1 + random() % 8; ++i) {
      const std::string model = random() % 4 == 0 ? "other" : "m";
      const uint32_t number = random() % 120;
      const bool goes = model_.contains({model, number}) && random() % 3 == 0;
      changes[{model, number}] = Change(number, goes ? "" : clusters_.Packed(), model);
    }
    std::vector<VectorChange> list;
    for (auto& [key, change] : changes) list.push_back(std::move(change));
    Apply(list, /*is_lost=*/random() % 5 == 0);
    if (random() % 7 == 0) Reopen();
    if (step % 10 != 0) continue;
    // So few are found all of them, and with the same cosines.
    for (const char* const model : {"m", "other"}) {
      const std::string to = clusters_.Packed();
      EXPECT_EQ(Nearest(to, 200, model).nearest, Expected(to, model)) << "step " << step;
    }
  }
  const size_t nodes = Rows(keys::VectorPrefix(0)) + Rows(keys::VectorPrefix(1));
  EXPECT_EQ(Rows(keys::VectorLinksPrefix(0)) + Rows(keys::VectorLinksPrefix(1)), nodes);
  EXPECT_EQ(Rows(keys::VectorNodePrefix(0)) + Rows(keys::VectorNodePrefix(1)), model_.size());
  // Nodes are used again: never more than there were vectors at once.
  EXPECT_LE(nodes, 240u);
}

TEST_F(VectorIndexTest, AnswersTheSameAfterAReopening) {
  for (uint32_t i = 0; i < 1500; i += 100) {
    std::vector<VectorChange> changes;
    for (uint32_t j = i; j < i + 100; ++j) changes.push_back(Change(j, clusters_.Packed()));
    Apply(changes);
  }
  std::vector<std::string> to;
  std::vector<std::vector<Neighbour>> before;
  for (int i = 0; i < 30; ++i) {
    to.push_back(clusters_.Packed());
    before.push_back(Nearest(to.back(), 10).nearest);
  }
  Reopen();
  EXPECT_EQ(index_->memory(), 0u);  // until it is used
  for (int i = 0; i < 30; ++i) EXPECT_EQ(Nearest(to[i], 10).nearest, before[i]);
  EXPECT_GT(index_->memory(), 0u);
  size_t found = 0;
  for (int i = 0; i < 30; ++i) {
    std::vector<Neighbour> expected = Expected(to[i]);
    expected.resize(10);
    for (const Neighbour& each : expected)
      found += std::count(before[i].begin(), before[i].end(), each) > 0 ? 1 : 0;
  }
  EXPECT_GE(found, 285u);  // of 300
}

TEST_F(VectorIndexTest, ShowsTheStateOfTheSnapshotThoughTheGraphIsAhead) {
  const std::string first = clusters_.Packed();
  Apply({Change(1, first), Change(2, clusters_.Packed())});
  const auto before = Now();
  const std::vector<Neighbour> shown = Nearest(first, 5, "m", before).nearest;
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[0].number, 1u);
  EXPECT_DOUBLE_EQ(shown[0].cosine, 1);
  Apply({Change(1, clusters_.Packed()), Change(3, first)});
  EXPECT_EQ(Nearest(first, 5, "m", before).nearest, shown);
  EXPECT_EQ(Nearest(first, 5).nearest[0].number, 3u);
  Apply({Change(1, ""), Change(3, "")});
  EXPECT_EQ(Nearest(first, 5).nearest.size(), 1u);
}

// Somebody else's commit, or one of which it was not known whether it landed.
TEST_F(VectorIndexTest, ReadsTheRowsAnewWhereTheyAreOthersThanItsOwn) {
  Apply({Change(1, clusters_.Packed())});
  kv::Batch batch;
  const std::string vector = clusters_.Packed();
  ASSERT_TRUE(index_->Apply(*Now(), {Change(2, vector)}, &batch).ok());
  index_->Discard();
  EXPECT_EQ(Nearest(vector, 5).nearest.size(), 1u);  // reads what was there before
  Commit(batch);                                     // and then it has landed all the same
  index_->Expect(++version_);
  EXPECT_EQ(Nearest(vector, 5).nearest.size(), 2u);
  model_[{"m", 2}] = vector;
  Apply({Change(2, "")});
  EXPECT_EQ(Nearest(vector, 5).nearest.size(), 1u);
}

TEST_F(VectorIndexTest, LeavesOutWhatDoesNotFitAndSaysSoOnce) {
  // Room for the first thousand of one model.
  Reopen(VectorGraph::MemoryFor(1024, kDimensions));
  std::vector<VectorChange> changes;
  for (uint32_t i = 0; i < 1100; ++i) changes.push_back(Change(i, clusters_.Packed()));
  Apply(changes);
  EXPECT_EQ(told_, 1);
  EXPECT_LE(index_->memory(), VectorGraph::MemoryFor(1024, kDimensions));
  EXPECT_EQ(Rows(keys::VectorPrefix(0)), 1024u);
  EXPECT_EQ(Rows(keys::VectorNodePrefix(0)), 1100u);
  Apply({Change(5, clusters_.Packed(), "another model")});
  EXPECT_EQ(told_, 1);
  EXPECT_TRUE(Nearest(clusters_.Packed(), 5, "another model").nearest.empty());
  // A node that comes free is given to the next.
  const std::string vector = clusters_.Packed();
  Apply({Change(3, ""), Change(1090, vector)});
  EXPECT_EQ(Nearest(vector, 1).nearest[0].number, 1090u);
  // With less memory than there is in the rows the graph is left aside, and its rows stay right.
  Reopen(VectorGraph::MemoryFor(10, kDimensions));
  EXPECT_TRUE(Nearest(vector, 5).nearest.empty());
  Apply({Change(1090, ""), Change(4, clusters_.Packed()), Change(2000, clusters_.Packed())});
  EXPECT_EQ(index_->memory(), 0u);
  Reopen();
  EXPECT_NE(Nearest(vector, 1).nearest[0].number, 1090u);
  EXPECT_EQ(Nearest(vector, 2000).nearest.size(), 1022u);  // without 1090 and 4
}

TEST_F(VectorIndexTest, SaysHowCosinesLie) {
  std::vector<VectorChange> changes;
  for (uint32_t i = 0; i < 500; ++i) changes.push_back(Change(i, clusters_.Packed()));
  Apply(changes);
  const std::string to = clusters_.Packed();
  const Neighbourhood found = Nearest(to, 5);
  EXPECT_EQ(found.sampled, 200u);
  double sum = 0;
  for (const Neighbour& each : Expected(to)) sum += each.cosine;
  EXPECT_NEAR(found.mean, sum / 500, 0.1);
  EXPECT_GT(found.deviation, 0.05);
  EXPECT_EQ(Nearest(to, 5, "unknown").sampled, 0u);
}

TEST_F(VectorIndexTest, SaysWhereRowsAreDamaged) {
  Apply({Change(1, clusters_.Packed()), Change(2, clusters_.Packed())});
  kv::Batch batch;
  batch.Delete(kv::Keyspace::kPostings, keys::VectorLinksKey(0, 1));
  Commit(batch);
  Reopen();
  EXPECT_TRUE(absl::IsDataLoss(
      index_
          ->Nearest(
              *Now(), [this] { return engine_->TakeSnapshot(); }, "m", clusters_.Packed(), 5)
          .status()));
  kv::Batch more;
  EXPECT_TRUE(absl::IsDataLoss(index_->Apply(*Now(), {Change(1, "")}, &more)));
}

}  // namespace
}  // namespace headwater::search
