// The RocksDB engine itself: the writer's side, snapshots' making, recovery. Private to kv/;
// OpenRocksDb() makes it.
#ifndef HEADWATER_KV_ROCKSDB_STORE_H_
#define HEADWATER_KV_ROCKSDB_STORE_H_

#include <rocksdb/write_batch.h>

#include <memory>
#include <mutex>
#include <string>

#include "kv/directory_lock.h"
#include "kv/engine.h"
#include "kv/rocksdb_engine.h"
#include "kv/rocksdb_instance.h"
#include "kv/rocksdb_options.h"
#include "kv/rocksdb_snapshot.h"
#include "kv/space_guard.h"

namespace headwater::kv {

class RocksDbStore final : public Engine {
 public:
  // `env` must outlive it; tests pass one that fails.
  static absl::StatusOr<std::unique_ptr<RocksDbStore>> Open(const RocksDbOptions& options,
                                                            rocksdb::Env* env);

  absl::StatusOr<std::shared_ptr<const Snapshot>> TakeSnapshot() override;
  absl::Status Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                      Durability durability) override;
  absl::Status Sync() override;
  absl::Status Recover() override;
  absl::Status Checkpoint(const std::string& directory) override;
  Features features() const override { return Features{"rocksdb", true, true}; }
  Usage usage() const override;
  uint64_t BlocksReadByThisThread() const override;

 private:
  RocksDbStore(const RocksDbOptions& options, rocksdb::Env* env,
               std::unique_ptr<DirectoryLock> lock);

  // Opens the database and shows its state. What stood open must be closed.
  absl::Status OpenInstance();
  // Closes the database once nobody reads it; false, and all is as before, if somebody still does
  // in the end.
  bool CloseInstance();
  // Shows the state of now to those who take snapshots from here on.
  void Publish();
  // Remembers why nothing may be written until Recover(). `written`: the failed write may have left
  // something.
  absl::Status Fail(absl::Status why, bool written);
  // What a call beside the writer works on, or null while there is none.
  std::shared_ptr<RocksDbInstance> Instance() const;

  const RocksDbOptions options_;
  const RocksDbResources resources_;
  const std::unique_ptr<DirectoryLock> lock_;

  // The writer's alone.
  SpaceGuard space_;
  rocksdb::WriteBatch write_batch_;  // kept for its buffer
  uint64_t head_ = 0;
  absl::Status failure_;
  bool outcome_unknown_ = false;

  // Held for a few instructions only, never across a call of RocksDB.
  mutable std::mutex mutex_;
  std::shared_ptr<RocksDbInstance> instance_;
  std::shared_ptr<const RocksDbSnapshot> current_;  // null while Recover() closes and opens
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_STORE_H_
