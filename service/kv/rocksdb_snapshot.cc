#include "kv/rocksdb_snapshot.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <utility>

#include "kv/name_prefix.h"
#include "kv/rocksdb_cursor.h"
#include "kv/rocksdb_status.h"
#include "kv/version.h"

namespace headwater::kv {
namespace {

rocksdb::Slice ToSlice(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }
absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// A rocksdb::Iterator as FirstVersion() wants it.
class Walk {
 public:
  explicit Walk(rocksdb::Iterator& iterator) : iterator_(iterator) {}
  bool Valid() const { return iterator_.Valid(); }
  absl::string_view key() const { return ToView(iterator_.key()); }
  absl::string_view value() const { return ToView(iterator_.value()); }
  void Next() { iterator_.Next(); }
  void Seek(absl::string_view key) { iterator_.Seek(ToSlice(key)); }

 private:
  rocksdb::Iterator& iterator_;
};

// In the cache's tier RocksDB answers for a file that it has not open (after a start, or where
// files are more than may be open) that the key may exist: OK, and no value. Rows whose value is
// empty look the same, and are left to those who may wait.
bool MayBeUnread(absl::string_view value, Patience patience) {
  return patience == Patience::kCacheOnly && value.empty();
}

using Values = std::vector<std::optional<std::string>>;

}  // namespace

RocksDbSnapshot::RocksDbSnapshot(std::shared_ptr<const RocksDbInstance> instance, uint64_t head)
    : instance_(std::move(instance)), snapshot_(instance_->db().GetSnapshot()), head_(head) {
  may_wait_.ordered.snapshot = snapshot_;
  may_wait_.ordered.total_order_seek =
      true;  // a plain seek would ask the filters for the start's prefix
  may_wait_.by_name.snapshot = snapshot_;
  may_wait_.by_name.prefix_same_as_start = true;
  // Ranges are never deleted whole here (kv/batch.h). Left to look for such deletions, RocksDB 7.8
  // puts a mark behind a file of the lower levels that cannot be read on, whatever its status is,
  // and loses that status with the mark: a range read from memory alone then lacked rows and said
  // OK (model_test, HEADWATER_SEED=7).
  may_wait_.ordered.ignore_range_deletions = true;
  may_wait_.by_name.ignore_range_deletions = true;
  cache_only_ = may_wait_;
  cache_only_.ordered.read_tier = rocksdb::kBlockCacheTier;
  cache_only_.by_name.read_tier = rocksdb::kBlockCacheTier;
}

RocksDbSnapshot::~RocksDbSnapshot() { instance_->db().ReleaseSnapshot(snapshot_); }

absl::StatusOr<std::optional<std::string>> RocksDbSnapshot::Get(Keyspace keyspace,
                                                                absl::string_view key,
                                                                Patience patience) const {
  std::string value;
  const rocksdb::Status status = instance_->db().Get(
      reads(patience).ordered, instance_->column(keyspace), ToSlice(key), &value);
  if (status.ok() && MayBeUnread(value, patience)) return WouldBlock();
  if (status.ok()) return std::optional<std::string>(std::move(value));
  if (status.IsNotFound()) return std::nullopt;
  return ReadError(status);
}

absl::StatusOr<Values> RocksDbSnapshot::MultiGet(Keyspace keyspace,
                                                 absl::Span<const std::string> keys,
                                                 Patience patience) const {
  rocksdb::ColumnFamilyHandle* const column = instance_->column(keyspace);
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::Status> statuses;
  Values values(keys.size());
  if (patience == Patience::kCacheOnly) {
    // The batched form below reads files whatever it is told; this one does not.
    std::vector<std::string> found;
    statuses = instance_->db().MultiGet(
        reads(patience).ordered, std::vector<rocksdb::ColumnFamilyHandle*>(keys.size(), column),
        slices, &found);
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!statuses[i].ok()) continue;
      if (MayBeUnread(found[i], patience)) return WouldBlock();
      values[i] = std::move(found[i]);
    }
  } else {
    statuses.resize(keys.size());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    // Else RocksDB sorts them, which takes much longer than a look.
    const bool is_sorted = std::is_sorted(keys.begin(), keys.end());
    instance_->db().MultiGet(reads(patience).ordered, column, keys.size(), slices.data(),
                             found.data(), statuses.data(), is_sorted);
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) values[i] = found[i].ToString();
    }
  }
  for (const rocksdb::Status& status : statuses) {
    if (!status.ok() && !status.IsNotFound()) return ReadError(status);
  }
  return values;
}

absl::StatusOr<std::optional<Row>> RocksDbSnapshot::Version(Keyspace keyspace,
                                                            absl::string_view name,
                                                            absl::string_view from,
                                                            Patience patience) const {
  if (absl::Status bad = CheckVersionBytes(from); !bad.ok()) return bad;
  const Reads& options = reads(patience);
  // Of some 3 us in all, making the iterator is 0.6: too little to keep iterators for.
  const bool by_name = HasPrefixFilter(keyspace) && VersionsShareAPrefix(name, from);
  const std::unique_ptr<rocksdb::Iterator> iterator(instance_->db().NewIterator(
      by_name ? options.by_name : options.ordered, instance_->column(keyspace)));
  Walk walk(*iterator);
  std::optional<Row> row = FirstVersion(walk, name, from);
  if (const rocksdb::Status status = iterator->status(); !status.ok()) return ReadError(status);
  return row;
}

std::unique_ptr<Cursor> RocksDbSnapshot::Range(Keyspace keyspace, absl::string_view begin,
                                               absl::string_view end, Patience patience) const {
  return std::make_unique<RocksDbCursor>(instance_->db(), instance_->column(keyspace),
                                         reads(patience).ordered, begin, end);
}

}  // namespace headwater::kv
