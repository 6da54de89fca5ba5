// The engine for one machine: RocksDB in a directory of its own.
#ifndef HEADWATER_KV_ROCKSDB_ENGINE_H_
#define HEADWATER_KV_ROCKSDB_ENGINE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "kv/engine.h"

namespace headwater::kv {

struct RocksDbOptions {
  // Where the store lives; one engine at a time. Made if missing, its parents too.
  std::string directory;

  // What blocks of files may take in memory, in bytes. Indexes and filters are charged to it and
  // are pinned: they grow with the store (about 1.3 bytes a key, and an index entry per block) and
  // are kept even where they are more than this. A quarter is for rows that were read by point. It
  // bounds rows in memory, not what can be stored: answers are complete with any size, only slower.
  uint64_t block_cache_bytes = uint64_t{512} << 20;

  // What rows not yet in a file may take beside the cache, in bytes: full memtables are flushed
  // before their sum passes this. Not charged to the block cache, so that an import does not drive
  // out what is read.
  uint64_t memtable_bytes = uint64_t{192} << 20;

  // Files held open at once; 0 takes half of what the process may open (RLIMIT_NOFILE). A file that
  // had to be closed must be opened again to be read, which a kCacheOnly read refuses.
  int max_open_files = 0;

  bool create_if_missing = true;

  // For looking at a store that no server uses: nothing in the directory is changed, every Commit
  // is refused with kFailedPrecondition.
  bool read_only = false;

  // Commit refuses with kResourceExhausted once the file system has less free than this, in bytes,
  // so that what runs beside it (flushes, compactions, checkpoints' links) can still end and reads
  // go on.
  uint64_t free_space_reserve_bytes = uint64_t{64} << 20;

  // How much is free for `directory`, in bytes; null asks the file system. Called by the writer at
  // most once a second or every 4 MiB written. For tests.
  std::function<absl::StatusOr<uint64_t>(const std::string& directory)> free_space;

  // How long Recover() waits for snapshots of before to be released.
  std::chrono::milliseconds recover_patience{5000};
};

// Opens the store in options.directory, or makes a new one.
//   kFailedPrecondition  another process or engine uses the directory
//   kUnimplemented       it holds a keyspace that this version does not know
//   kNotFound            there is no store, and it is not to be made
//   kDataLoss            a file is damaged or missing
//   kResourceExhausted   the disk is full
//   kUnavailable         anything else that the system refused
absl::StatusOr<std::unique_ptr<Engine>> OpenRocksDb(const RocksDbOptions& options);

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_ENGINE_H_
