// How the store is laid out in RocksDB. Private to kv/.
#ifndef HEADWATER_KV_ROCKSDB_OPTIONS_H_
#define HEADWATER_KV_ROCKSDB_OPTIONS_H_

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/write_buffer_manager.h>

#include <memory>

#include "kv/keyspace.h"
#include "kv/rocksdb_engine.h"

namespace headwater::kv {

// What outlives a reopening: the cache stays warm, the bounds hold across it.
struct RocksDbResources {
  std::shared_ptr<rocksdb::Cache> block_cache;
  std::shared_ptr<rocksdb::Cache> row_cache;
  std::shared_ptr<rocksdb::WriteBufferManager> memtables;
  rocksdb::Env* env;
};

RocksDbResources MakeResources(const RocksDbOptions& options, rocksdb::Env* env);
rocksdb::DBOptions MakeDbOptions(const RocksDbOptions& options, const RocksDbResources& resources);
rocksdb::ColumnFamilyOptions MakeColumnOptions(Keyspace keyspace,
                                               const RocksDbResources& resources);

// Whether the keyspace's filters know NamePrefixSize() prefixes rather than whole keys.
bool HasPrefixFilter(Keyspace keyspace);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_OPTIONS_H_
