// RocksDB's words for errors, in ours. Private to kv/.
#ifndef HEADWATER_KV_ROCKSDB_STATUS_H_
#define HEADWATER_KV_ROCKSDB_STATUS_H_

#include <rocksdb/status.h>

#include <string>

#include "absl/status/status.h"

namespace headwater::kv {

// A read that failed (not NotFound, which is no error): WouldBlock(), kDataLoss or kUnavailable.
absl::Status ReadError(const rocksdb::Status& status);

// A write that failed: kResourceExhausted or kUnavailable.
absl::Status WriteError(const rocksdb::Status& status);

// An opening of `directory` that failed: as OpenRocksDb() documents.
absl::Status OpenError(const rocksdb::Status& status, const std::string& directory);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_STATUS_H_
