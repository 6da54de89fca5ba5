#include "kv/rocksdb_engine.h"

#include <rocksdb/env.h>

#include "kv/rocksdb_store.h"

namespace headwater::kv {

absl::StatusOr<std::unique_ptr<Engine>> OpenRocksDb(const RocksDbOptions& options) {
  return RocksDbStore::Open(options, rocksdb::Env::Default());
}

}  // namespace headwater::kv
