// One opened RocksDB and its column families; Recover() replaces it by another. Private to kv/.
#ifndef HEADWATER_KV_ROCKSDB_INSTANCE_H_
#define HEADWATER_KV_ROCKSDB_INSTANCE_H_

#include <rocksdb/db.h>

#include <array>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "kv/keyspace.h"
#include "kv/rocksdb_options.h"

namespace headwater::kv {

class RocksDbInstance {
 public:
  // Errors as OpenRocksDb(), but for the lock, which the engine takes before.
  static absl::StatusOr<std::shared_ptr<RocksDbInstance>> Open(const RocksDbOptions& options,
                                                               const RocksDbResources& resources);
  ~RocksDbInstance();
  RocksDbInstance(const RocksDbInstance&) = delete;
  RocksDbInstance& operator=(const RocksDbInstance&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* column(Keyspace keyspace) const {
    return columns_[static_cast<size_t>(keyspace)];
  }
  // The head as it is on disk, 0 where there is none yet. May wait.
  absl::StatusOr<uint64_t> ReadHead() const;
  // The sum of a property over all column families.
  uint64_t Property(const std::string& name) const;

 private:
  RocksDbInstance() = default;

  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* default_column_ = nullptr;  // RocksDB wants one; it stays empty
  std::array<rocksdb::ColumnFamilyHandle*, kAllKeyspaces.size()> columns_{};
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_INSTANCE_H_
