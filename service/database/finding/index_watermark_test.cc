#include "database/finding/index_watermark.h"

#include <memory>

#include "base/sha256.h"
#include "gtest/gtest.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "kv/memory_engine.h"
#include "search/index/indexed.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using kv::Patience;

class IndexWatermarkTest : public ::testing::Test {
 protected:
  absl::StatusOr<IndexWatermark> Stored(const kv::Batch& batch) {
    EXPECT_TRUE(engine_->Commit(batch, 0, 0, kv::Durability::kSynced).ok());
    return ReadIndexWatermark(**engine_->TakeSnapshot(), Patience::kMayWait);
  }
  absl::StatusOr<IndexWatermark> StoredBytes(absl::string_view bytes) {
    kv::Batch batch;
    batch.Put(Keyspace::kPostings, keys::IndexWatermarkKey(), bytes);
    return Stored(batch);
  }
  static std::string Rules() {
    std::string rules;
    keys::AppendVarint(search::kSearchRules, &rules);
    return rules;
  }

  const std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
};

TEST_F(IndexWatermarkTest, AStoreWithoutOneHasEverythingBeforeIt) {
  const IndexWatermark watermark =
      *ReadIndexWatermark(**engine_->TakeSnapshot(), Patience::kMayWait);
  EXPECT_EQ(watermark.sequence, 0u);
  EXPECT_EQ(watermark.last, 0u);
  EXPECT_EQ(watermark.version, 0u);
  EXPECT_TRUE(watermark.built.empty());
  EXPECT_FALSE(watermark.is_stale);
}

TEST_F(IndexWatermarkTest, TestVector) {
  kv::Batch batch;
  AddIndexWatermark({.sequence = 5, .last = 300, .version = 7, .built = "\x03x"}, &batch);
  EXPECT_EQ(ToHex(batch[0].value), ToHex(Rules()) + "05ac02070378");
  const IndexWatermark watermark = *Stored(batch);
  EXPECT_EQ(watermark.sequence, 5u);
  EXPECT_EQ(watermark.last, 300u);
  EXPECT_EQ(watermark.version, 7u);
  EXPECT_EQ(watermark.built, "\x03x");
}

TEST_F(IndexWatermarkTest, RowsOfOtherRulesAreStale) {
  kv::Batch batch;
  AddIndexWatermark({.is_stale = true}, &batch);
  EXPECT_TRUE(Stored(batch)->is_stale);
  const IndexWatermark newer = *StoredBytes("\x7f\x05\x05 and what not");
  EXPECT_TRUE(newer.is_stale);
  EXPECT_EQ(newer.sequence, 0u);
}

TEST_F(IndexWatermarkTest, DamageIsTold) {
  EXPECT_TRUE(absl::IsDataLoss(StoredBytes("").status()));
  for (const absl::string_view rest : {"", "\x05", "\x05\x06", "\x05\x04\x01"})
    EXPECT_TRUE(absl::IsDataLoss(StoredBytes(Rules() + std::string(rest)).status())) << ToHex(rest);
}

}  // namespace
}  // namespace headwater::database
