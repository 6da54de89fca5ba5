// Holds the database against a plain model of it (model.h): every change, random and often wrong,
// is answered as the model says, and whatever is read, now or as of before, page by page while
// others write, is what the model holds.
//
// HEADWATER_SEED=n repeats the round that failed; HEADWATER_LONG=1 goes on for ten minutes with
// seeds never tried before.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"
#include "seeds.h"
#include "trial.h"

namespace headwater::model {
namespace {

class MemoryStore final : public Store {
 public:
  std::shared_ptr<kv::Engine> Open() override { return engine_; }
  bool can_crash() const override { return true; }

 private:
  const std::shared_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
};

// In a directory that is gone with it.
class RocksDbStore final : public Store {
 public:
  explicit RocksDbStore(uint64_t seed)
      : directory_(absl::StrCat(::testing::TempDir(), "headwater_model_", seed, "_", getpid())) {}
  ~RocksDbStore() override { std::filesystem::remove_all(directory_); }

  std::shared_ptr<kv::Engine> Open() override {
    kv::RocksDbOptions options;
    options.directory = directory_;
    absl::StatusOr<std::unique_ptr<kv::Engine>> engine = kv::OpenRocksDb(options);
    EXPECT_TRUE(engine.ok()) << engine.status();
    return engine.ok() ? *std::move(engine) : nullptr;
  }
  bool can_crash() const override { return false; }

 private:
  const std::string directory_;
};

TEST(ModelTest, InMemory) {
  ForEachSeed([](uint64_t seed) {
    MemoryStore store;
    Trial(&store, seed).Run(400);
  });
}

TEST(ModelTest, InRocksDb) {
  ForEachSeed([](uint64_t seed) {
    RocksDbStore store(seed);
    Trial(&store, seed).Run(400);
  });
}

}  // namespace
}  // namespace headwater::model
