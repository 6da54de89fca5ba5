#include "kv/rocksdb_instance.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kv/engine.h"
#include "kv/head.h"
#include "kv/rocksdb_status.h"

namespace headwater::kv {
namespace {

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Rows without the file that says which of them count: never take that for a new store.
bool HoldsRowsWithoutRoot(const std::string& directory) {
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(directory, error)) {
    const std::string extension = file.path().extension();
    if (extension == ".sst" || extension == ".blob" || extension == ".log") return true;
  }
  return false;
}

// Refuses what is no store of ours. An unknown column family is a newer version's; opened without
// it, its rows would fall out of step with ours.
// Sets `found` to those that are there; none of a store that is yet to be made.
absl::Status CheckColumns(const RocksDbOptions& options, const rocksdb::DBOptions& db_options,
                          std::vector<std::string>* found) {
  const std::string& directory = options.directory;
  if (!std::filesystem::exists(directory + "/CURRENT")) {
    if (HoldsRowsWithoutRoot(directory)) {
      return absl::DataLossError(
          absl::StrCat("data directory ", directory, " has rows but no file CURRENT"));
    }
    if (options.create_if_missing && !options.read_only) return absl::OkStatus();
    return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  }
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(db_options, directory, found);
  if (!listed.ok()) return OpenError(listed, directory);
  for (const std::string& name : *found) {
    const bool known =
        name == rocksdb::kDefaultColumnFamilyName ||
        std::any_of(kAllKeyspaces.begin(), kAllKeyspaces.end(),
                    [&](Keyspace keyspace) { return KeyspaceName(keyspace) == name; });
    if (!known) {
      return absl::UnimplementedError(absl::StrCat("data directory ", directory,
                                                   " has a keyspace \"", name,
                                                   "\" that this version does not know; use the "
                                                   "version that wrote it. Nothing was changed"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<RocksDbInstance>> RocksDbInstance::Open(
    const RocksDbOptions& options, const RocksDbResources& resources) {
  const rocksdb::DBOptions db_options = MakeDbOptions(options, resources);
  std::vector<std::string> found;
  if (absl::Status status = CheckColumns(options, db_options, &found); !status.ok()) return status;
  // An older store lacks a keyspace: it is made, or, where nothing may be, read as an empty one.
  const auto is_missing = [&](Keyspace keyspace) {
    return options.read_only &&
           std::find(found.begin(), found.end(), KeyspaceName(keyspace)) == found.end();
  };
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  for (const Keyspace keyspace : kAllKeyspaces) {
    if (is_missing(keyspace)) continue;
    descriptors.emplace_back(std::string(KeyspaceName(keyspace)),
                             MakeColumnOptions(keyspace, resources));
  }
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const rocksdb::Status status =
      options.read_only
          ? rocksdb::DB::OpenForReadOnly(db_options, options.directory, descriptors, &handles, &db)
          : rocksdb::DB::Open(db_options, options.directory, descriptors, &handles, &db);
  if (!status.ok()) return OpenError(status, options.directory);
  std::shared_ptr<RocksDbInstance> instance(new RocksDbInstance);
  instance->db_.reset(db);
  instance->default_column_ = handles[0];
  size_t next = 1;
  for (const Keyspace keyspace : kAllKeyspaces) {
    // Nothing was ever written to the default column.
    instance->columns_[static_cast<size_t>(keyspace)] =
        is_missing(keyspace) ? instance->default_column_ : handles[next++];
  }
  return instance;
}

RocksDbInstance::~RocksDbInstance() {
  for (rocksdb::ColumnFamilyHandle* column : columns_) {
    if (column != default_column_) db_->DestroyColumnFamilyHandle(column);
  }
  db_->DestroyColumnFamilyHandle(default_column_);
  // What closing could not do, the next opening finds in the log.
  db_->Close().PermitUncheckedError();
}

absl::StatusOr<uint64_t> RocksDbInstance::ReadHead() const {
  std::string value;
  const rocksdb::Status status =
      db_->Get(rocksdb::ReadOptions(), column(Keyspace::kMeta), ToSlice(kHeadKey), &value);
  if (status.IsNotFound()) return 0;
  if (!status.ok()) return ReadError(status);
  return DecodeHead(value);
}

uint64_t RocksDbInstance::Property(const std::string& name) const {
  uint64_t sum = 0;
  return db_->GetAggregatedIntProperty(name, &sum) ? sum : 0;
}

}  // namespace headwater::kv
