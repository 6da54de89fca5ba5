#include "kv/rocksdb_cursor.h"

#include <algorithm>

#include "kv/rocksdb_status.h"

namespace headwater::kv {

RocksDbCursor::RocksDbCursor(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* column,
                             rocksdb::ReadOptions options, absl::string_view begin,
                             absl::string_view end)
    : begin_(begin), end_(std::max(begin, end)), lower_(begin_), upper_(end_) {
  options.iterate_lower_bound = &lower_;
  options.iterate_upper_bound = &upper_;
  iterator_.reset(db.NewIterator(options, column));
  iterator_->Seek(lower_);
}

absl::string_view RocksDbCursor::key() const {
  const rocksdb::Slice key = iterator_->key();
  return {key.data(), key.size()};
}

absl::string_view RocksDbCursor::value() const {
  const rocksdb::Slice value = iterator_->value();
  return {value.data(), value.size()};
}

void RocksDbCursor::Seek(absl::string_view key) {
  iterator_->Seek(rocksdb::Slice(key.data(), key.size()));  // the lower bound holds it in the range
}

// An iterator that may not wait just stops where it would have to: only its status tells that from
// the end.
absl::Status RocksDbCursor::status() const {
  const rocksdb::Status status = iterator_->status();
  return status.ok() ? absl::OkStatus() : ReadError(status);
}

}  // namespace headwater::kv
