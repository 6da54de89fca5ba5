#include "stores.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"

namespace headwater::model {

MemoryStore::MemoryStore() : engine_(kv::NewMemoryEngine()) {}

RocksDbStore::RocksDbStore(uint64_t number)
    : directory_(absl::StrCat(::testing::TempDir(), "headwater_model_", getpid(), "_", number)) {}

RocksDbStore::~RocksDbStore() { std::filesystem::remove_all(directory_); }

std::shared_ptr<kv::Engine> RocksDbStore::Open() {
  kv::RocksDbOptions options;
  options.directory = directory_;
  absl::StatusOr<std::unique_ptr<kv::Engine>> engine = kv::OpenRocksDb(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return engine.ok() ? *std::move(engine) : nullptr;
}

}  // namespace headwater::model
