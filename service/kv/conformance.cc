#include "kv/conformance.h"

#include <unistd.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"

namespace headwater::kv::testing {

ScratchDirectory::ScratchDirectory() {
  static std::atomic<int> count{0};
  path_ = std::filesystem::temp_directory_path() /
          absl::StrCat("headwater-kv-", getpid(), "-", count.fetch_add(1));
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

std::unique_ptr<Engine> OpenRocks(const std::string& directory) {
  RocksDbOptions options;
  options.directory = directory;
  options.block_cache_bytes = uint64_t{1} << 20;
  auto engine = OpenRocksDb(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return engine.ok() ? *std::move(engine) : nullptr;
}

}  // namespace

std::vector<EngineKind> AllEngineKinds() {
  return {
      EngineKind{"memory", [](const std::string&) { return NewMemoryEngine(); }},
      EngineKind{"rocksdb", OpenRocks},
      EngineKind{
          "faulty_memory",
          [](const std::string&) { return std::make_unique<FaultEngine>(NewMemoryEngine()); }},
      EngineKind{"faulty_rocksdb",
                 [](const std::string& directory) -> std::unique_ptr<Engine> {
                   std::unique_ptr<Engine> within = OpenRocks(directory);
                   if (within == nullptr) return nullptr;
                   return std::make_unique<FaultEngine>(std::move(within));
                 }},
  };
}

void Conformance::SetUp() {
  engine_ = OpenAt(scratch_.path("store"));
  ASSERT_NE(engine_, nullptr);
}

void Conformance::Reopen() {
  if (!engine_->features().persistent) return;
  engine_.reset();
  engine_ = OpenAt(scratch_.path("store"));
  ASSERT_NE(engine_, nullptr);
}

std::shared_ptr<const Snapshot> Conformance::Take() {
  absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot = engine_->TakeSnapshot();
  if (!snapshot.ok()) throw std::runtime_error(snapshot.status().ToString());
  return *snapshot;
}

void Conformance::MustCommit(const Batch& batch, Durability durability) {
  const uint64_t head = Head();
  const absl::Status status = engine_->Commit(batch, head, head + 1, durability);
  ASSERT_TRUE(status.ok()) << status;
}

void Conformance::MustPut(Keyspace keyspace, const std::string& key, const std::string& value) {
  Batch batch;
  batch.Put(keyspace, key, value);
  MustCommit(batch);
}

void Conformance::MustDelete(Keyspace keyspace, const std::string& key) {
  Batch batch;
  batch.Delete(keyspace, key);
  MustCommit(batch);
}

std::optional<std::string> Conformance::Get(const Snapshot& snapshot, Keyspace keyspace,
                                            absl::string_view key) {
  absl::StatusOr<std::optional<std::string>> value =
      snapshot.Get(keyspace, key, Patience::kMayWait);
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *std::move(value) : std::nullopt;
}

std::optional<std::string> Conformance::VersionKey(const Snapshot& snapshot, Keyspace keyspace,
                                                   absl::string_view name, absl::string_view from) {
  absl::StatusOr<std::optional<Row>> row =
      snapshot.Version(keyspace, name, from, Patience::kMayWait);
  EXPECT_TRUE(row.ok()) << row.status();
  if (!row.ok() || !row->has_value()) return std::nullopt;
  return (*row)->key;
}

Conformance::Rows Conformance::Scan(const Snapshot& snapshot, Keyspace keyspace,
                                    absl::string_view begin, absl::string_view end) {
  Rows rows;
  const std::unique_ptr<Cursor> cursor = snapshot.Range(keyspace, begin, end, Patience::kMayWait);
  for (; cursor->Valid(); cursor->Next()) {
    rows.emplace_back(std::string(cursor->key()), std::string(cursor->value()));
  }
  EXPECT_TRUE(cursor->status().ok()) << cursor->status();
  return rows;
}

}  // namespace headwater::kv::testing
