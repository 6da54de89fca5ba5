#include "database/standings/watermark.h"

#include <memory>

#include "base/sha256.h"
#include "gtest/gtest.h"
#include "keys/register.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using kv::Patience;

class WatermarkTest : public ::testing::Test {
 protected:
  absl::StatusOr<Watermark> Stored(const kv::Batch& batch) {
    EXPECT_TRUE(engine_->Commit(batch, 0, 0, kv::Durability::kSynced).ok());
    return ReadWatermark(**engine_->TakeSnapshot(), Patience::kMayWait);
  }
  absl::StatusOr<Watermark> StoredBytes(absl::string_view bytes) {
    kv::Batch batch;
    batch.Put(Keyspace::kStandings, keys::StandingsWatermarkKey(), bytes);
    return Stored(batch);
  }

  const std::unique_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
};

TEST_F(WatermarkTest, AStoreWithoutOneBeginsAtNothing) {
  const Watermark watermark = *ReadWatermark(**engine_->TakeSnapshot(), Patience::kMayWait);
  EXPECT_EQ(watermark.sequence, 0u);
  EXPECT_EQ(watermark.last_row, 0u);
  EXPECT_FALSE(watermark.stale);
}

TEST_F(WatermarkTest, TestVector) {
  kv::Batch batch;
  AddWatermark({.sequence = 5, .last_row = 300}, &batch);
  EXPECT_EQ(ToHex(batch[0].value), "0105ac02");
  const Watermark watermark = *Stored(batch);
  EXPECT_EQ(watermark.sequence, 5u);
  EXPECT_EQ(watermark.last_row, 300u);
  EXPECT_FALSE(watermark.stale);
}

TEST_F(WatermarkTest, RowsOfOtherRulesAreStale) {
  kv::Batch batch;
  AddWatermark({.stale = true}, &batch);
  EXPECT_TRUE(Stored(batch)->stale);
  const Watermark newer = *StoredBytes("\x07\x05\x05 and what not");
  EXPECT_TRUE(newer.stale);
  EXPECT_EQ(newer.sequence, 0u);
}

TEST_F(WatermarkTest, DamageIsTold) {
  for (const absl::string_view bytes : {"", "\x01", "\x01\x05", "\x01\x05\x04", "\x01\x05\x05x"})
    EXPECT_TRUE(absl::IsDataLoss(StoredBytes(bytes).status())) << ToHex(bytes);
}

}  // namespace
}  // namespace headwater::database
