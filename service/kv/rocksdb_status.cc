#include "kv/rocksdb_status.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kv/engine.h"

namespace headwater::kv {

absl::Status ReadError(const rocksdb::Status& status) {
  if (status.IsIncomplete()) return WouldBlock();
  if (status.IsCorruption() || status.IsIOError()) {
    return absl::DataLossError(
        absl::StrCat("a file of the store cannot be read: ", status.ToString()));
  }
  return absl::UnavailableError(absl::StrCat("the store cannot be read: ", status.ToString()));
}

absl::Status WriteError(const rocksdb::Status& status) {
  if (status.IsNoSpace()) {
    return absl::ResourceExhaustedError(absl::StrCat("the disk is full: ", status.ToString()));
  }
  return absl::UnavailableError(absl::StrCat("the store cannot be written: ", status.ToString()));
}

absl::Status OpenError(const rocksdb::Status& status, const std::string& directory) {
  const std::string what =
      absl::StrCat("data directory ", directory, " cannot be opened: ", status.ToString());
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(what);
  if (status.IsCorruption()) return absl::DataLossError(what);
  // Our own lock stands before RocksDB's, so this one is held by a tool of RocksDB's.
  if (absl::StrContains(status.ToString(), "/LOCK")) return absl::FailedPreconditionError(what);
  // A file that the manifest names and that is gone.
  if (status.IsPathNotFound()) return absl::DataLossError(what);
  return absl::UnavailableError(what);
}

}  // namespace headwater::kv
