// Makes a store one that this version does not know. For tests.
#ifndef HEADWATER_KV_FOREIGN_KEYSPACE_H_
#define HEADWATER_KV_FOREIGN_KEYSPACE_H_

#include <string>

#include "absl/status/status.h"

namespace headwater::kv::testing {

// Adds an empty keyspace of that name to the RocksDB store in `directory`, which nobody may have
// open. kUnknown with RocksDB's words where that fails.
absl::Status AddForeignKeyspace(const std::string& directory, const std::string& name);

// Takes that keyspace away, as if the store were of a version that had none. Likewise.
absl::Status RemoveKeyspace(const std::string& directory, const std::string& name);

}  // namespace headwater::kv::testing

#endif  // HEADWATER_KV_FOREIGN_KEYSPACE_H_
