#include "kv/rocksdb_store.h"

#include <rocksdb/perf_context.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kv/head.h"
#include "kv/rocksdb_status.h"

namespace headwater::kv {
namespace {

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

// What an opening may have to write again: the log files.
uint64_t LogBytes(const std::string& directory) {
  uint64_t sum = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(directory, error)) {
    if (file.path().extension() != ".log") continue;
    const uint64_t size = file.file_size(error);
    if (!error) sum += size;
  }
  return sum;
}

// A key's place among others: its first bytes, as numbers, settle nearly every comparison.
struct KeyPlace {
  std::array<uint64_t, 3> begin;
  absl::string_view key;
  uint32_t index;

  KeyPlace(absl::string_view the_key, uint32_t the_index) : key(the_key), index(the_index) {
    std::array<unsigned char, 8 * 3> bytes = {};
    std::memcpy(bytes.data(), key.data(), std::min(key.size(), bytes.size()));
    for (size_t i = 0; i < begin.size(); ++i) {
      uint64_t number = 0;
      for (size_t j = 0; j < 8; ++j) number = number << 8 | bytes[8 * i + j];
      begin[i] = number;
    }
  }

  friend bool operator<(const KeyPlace& a, const KeyPlace& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    const int compared = a.key.compare(b.key);
    return compared != 0 ? compared < 0 : a.index < b.index;
  }
};

// The places of the batch's changes in the order of their keys, those of one key in their own: each
// then goes into a memtable close behind the one before, whose place is the hint where to look.
std::vector<uint32_t> InOrder(const Batch& batch) {
  std::array<std::vector<KeyPlace>, kAllKeyspaces.size()> places;
  for (uint32_t i = 0; i < batch.size(); ++i) {
    const Batch::Change change = batch[i];
    places[static_cast<size_t>(change.keyspace)].emplace_back(change.key, i);
  }
  std::vector<uint32_t> order;
  order.reserve(batch.size());
  for (std::vector<KeyPlace>& some : places) {
    std::sort(some.begin(), some.end());
    for (const KeyPlace& place : some) order.push_back(place.index);
  }
  return order;
}

void Fill(rocksdb::WriteBatch& target, const Batch& batch, const RocksDbInstance& instance) {
  target.Clear();
  for (const uint32_t index : InOrder(batch)) {
    const Batch::Change change = batch[index];
    rocksdb::ColumnFamilyHandle* const column = instance.column(change.keyspace);
    // These fail only for a batch with a size limit, which this one has not.
    if (change.is_put) {
      target.Put(column, ToSlice(change.key), ToSlice(change.value)).PermitUncheckedError();
    } else {
      target.Delete(column, ToSlice(change.key)).PermitUncheckedError();
    }
  }
}

}  // namespace

RocksDbStore::RocksDbStore(const RocksDbOptions& options, rocksdb::Env* env,
                           std::unique_ptr<DirectoryLock> lock)
    : options_(options),
      resources_(MakeResources(options, env)),
      lock_(std::move(lock)),
      space_(options.directory, options.free_space_reserve_bytes, options.free_space) {}

absl::StatusOr<std::unique_ptr<RocksDbStore>> RocksDbStore::Open(const RocksDbOptions& options,
                                                                 rocksdb::Env* env) {
  std::error_code error;
  if (options.create_if_missing && !options.read_only) {
    std::filesystem::create_directories(options.directory, error);
  }
  if (!std::filesystem::is_directory(options.directory)) {
    const std::string what = absl::StrCat("there is no data directory ", options.directory,
                                          error ? ": " : "", error ? error.message() : "");
    if (error) return absl::UnavailableError(what);
    return absl::NotFoundError(what);
  }
  auto lock =
      DirectoryLock::Take(options.directory, options.read_only ? DirectoryLock::Mode::kShared
                                                               : DirectoryLock::Mode::kExclusive);
  if (!lock.ok()) return lock.status();
  std::unique_ptr<RocksDbStore> store(new RocksDbStore(options, env, *std::move(lock)));
  if (absl::Status status = store->OpenInstance(); !status.ok()) return status;
  return store;
}

absl::Status RocksDbStore::OpenInstance() {
  auto instance = RocksDbInstance::Open(options_, resources_);
  if (!instance.ok()) return instance.status();
  const absl::StatusOr<uint64_t> head = (*instance)->ReadHead();
  if (!head.ok()) return head.status();
  head_ = *head;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    instance_ = *std::move(instance);
  }
  Publish();
  return absl::OkStatus();
}

bool RocksDbStore::CloseInstance() {
  std::shared_ptr<const RocksDbSnapshot> last;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    last = std::move(current_);
  }
  // From here on nobody can take another reference: see Instance().
  const auto end = std::chrono::steady_clock::now() + options_.recover_patience;
  while (instance_ != nullptr && (last.use_count() > 1 || instance_.use_count() > 2)) {
    if (std::chrono::steady_clock::now() >= end) {
      const std::lock_guard<std::mutex> lock(mutex_);
      current_ = std::move(last);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  last.reset();
  std::shared_ptr<RocksDbInstance> closing;  // closes with its end, after the lock's
  const std::lock_guard<std::mutex> lock(mutex_);
  closing.swap(instance_);
  return true;
}

void RocksDbStore::Publish() {
  auto next = std::make_shared<const RocksDbSnapshot>(instance_, head_);
  const std::lock_guard<std::mutex> lock(mutex_);
  current_.swap(next);
}

absl::Status RocksDbStore::Fail(absl::Status why, bool written) {
  failure_ = why;
  outcome_unknown_ = outcome_unknown_ || written;
  return why;
}

std::shared_ptr<RocksDbInstance> RocksDbStore::Instance() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return current_ == nullptr ? nullptr : instance_;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> RocksDbStore::TakeSnapshot() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (current_ == nullptr) {
    return absl::UnavailableError("the store is being opened again after a failed write");
  }
  return current_;
}

absl::Status RocksDbStore::Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                                  Durability durability) {
  if (options_.read_only) {
    return absl::FailedPreconditionError("the store is open for reading only");
  }
  if (!failure_.ok()) return failure_;
  absl::Status refusal = CheckCommit(batch, head_, expected_head, new_head);
  if (!refusal.ok()) return refusal;
  if (absl::Status full = space_.MayWrite(batch.bytes()); !full.ok()) {
    return Fail(std::move(full), /*written=*/false);
  }
  Fill(write_batch_, batch, *instance_);
  write_batch_.Put(instance_->column(Keyspace::kMeta), ToSlice(kHeadKey), EncodeHead(new_head))
      .PermitUncheckedError();
  rocksdb::WriteOptions write;
  write.sync = durability == Durability::kSynced;
  const rocksdb::Status status = instance_->db().Write(write, &write_batch_);
  if (!status.ok()) return Fail(WriteError(status), /*written=*/true);
  head_ = new_head;
  Publish();
  return absl::OkStatus();
}

absl::Status RocksDbStore::Sync() {
  if (options_.read_only) return absl::OkStatus();
  if (!failure_.ok()) return failure_;
  const rocksdb::Status status = instance_->db().SyncWAL();
  return status.ok() ? absl::OkStatus() : Fail(WriteError(status), /*written=*/true);
}

absl::Status RocksDbStore::Recover() {
  if (failure_.ok()) return absl::OkStatus();
  const uint64_t to_write_again = outcome_unknown_ ? LogBytes(options_.directory) : 0;
  if (absl::Status full = space_.Look(to_write_again); !full.ok()) return full;
  if (outcome_unknown_) {
    // RocksDB would go on from its memory, whatever its log has by now; only the files tell what is
    // there.
    if (!CloseInstance()) {
      return absl::UnavailableError("snapshots of before the failed write are still held");
    }
    if (absl::Status status = OpenInstance(); !status.ok()) return status;
  }
  outcome_unknown_ = false;
  failure_ = absl::OkStatus();
  return absl::OkStatus();
}

absl::Status RocksDbStore::Checkpoint(const std::string& directory) {
  if (std::filesystem::exists(directory)) {
    return absl::AlreadyExistsError(absl::StrCat(directory, " exists already"));
  }
  const std::shared_ptr<RocksDbInstance> instance = Instance();
  if (instance == nullptr) return absl::UnavailableError("the store is being opened again");
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&instance->db(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(directory);
  return status.ok() ? absl::OkStatus() : WriteError(status);
}

Usage RocksDbStore::usage() const {
  Usage usage;
  usage.block_cache_bytes = resources_.block_cache->GetUsage() + resources_.row_cache->GetUsage();
  const std::shared_ptr<RocksDbInstance> instance = Instance();
  if (instance == nullptr) return usage;
  usage.disk_bytes = instance->Property(rocksdb::DB::Properties::kTotalSstFilesSize) +
                     instance->Property(rocksdb::DB::Properties::kTotalBlobFileSize);
  usage.memtable_bytes = instance->Property(rocksdb::DB::Properties::kSizeAllMemTables);
  usage.index_and_filter_bytes =
      instance->Property(rocksdb::DB::Properties::kEstimateTableReadersMem);
  return usage;
}

// RocksDB counts by thread and, unless told otherwise, counts but does not time.
uint64_t RocksDbStore::BlocksReadByThisThread() const {
  const rocksdb::PerfContext* const counts = rocksdb::get_perf_context();
  return counts->block_read_count + counts->blob_read_count;
}

}  // namespace headwater::kv
