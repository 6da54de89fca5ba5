// Reads of the RocksDB engine. Private to kv/.
#ifndef HEADWATER_KV_ROCKSDB_SNAPSHOT_H_
#define HEADWATER_KV_ROCKSDB_SNAPSHOT_H_

#include <rocksdb/options.h>
#include <rocksdb/snapshot.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kv/engine.h"
#include "kv/rocksdb_instance.h"

namespace headwater::kv {

// Made once a commit and shared by all readers until the next, so that a read pays for no more than
// a reference.
class RocksDbSnapshot final : public Snapshot {
 public:
  // Shows the state of now, whose head is `head`: to be called by the writer, between commits.
  RocksDbSnapshot(std::shared_ptr<const RocksDbInstance> instance, uint64_t head);
  ~RocksDbSnapshot() override;

  uint64_t head() const override { return head_; }
  absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                 Patience patience) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const override;
  absl::StatusOr<std::optional<Row>> Version(Keyspace keyspace, absl::string_view name,
                                             absl::string_view from,
                                             Patience patience) const override;
  std::unique_ptr<Cursor> Range(Keyspace keyspace, absl::string_view begin, absl::string_view end,
                                Patience patience) const override;

 private:
  // The options of a read are some 200 bytes with a std::function: made once, not for each.
  struct Reads {
    rocksdb::ReadOptions ordered;  // points and whole ranges
    rocksdb::ReadOptions by_name;  // within one name, asking the filters
  };
  const Reads& reads(Patience patience) const {
    return patience == Patience::kCacheOnly ? cache_only_ : may_wait_;
  }

  const std::shared_ptr<const RocksDbInstance> instance_;
  const rocksdb::Snapshot* const snapshot_;
  const uint64_t head_;
  Reads cache_only_;
  Reads may_wait_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_SNAPSHOT_H_
