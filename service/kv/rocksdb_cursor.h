// A range read of the RocksDB engine. Private to kv/.
#ifndef HEADWATER_KV_ROCKSDB_CURSOR_H_
#define HEADWATER_KV_ROCKSDB_CURSOR_H_

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>

#include <memory>
#include <string>

#include "kv/engine.h"

namespace headwater::kv {

class RocksDbCursor final : public Cursor {
 public:
  // `options` carries the snapshot and the patience; the bounds are set here. `db` and `column`
  // must outlive it.
  RocksDbCursor(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* column, rocksdb::ReadOptions options,
                absl::string_view begin, absl::string_view end);

  bool Valid() const override { return iterator_->Valid(); }
  absl::string_view key() const override;
  absl::string_view value() const override;
  void Next() override { iterator_->Next(); }
  void Seek(absl::string_view key) override;
  absl::Status status() const override;

 private:
  const std::string begin_;
  const std::string end_;
  const rocksdb::Slice lower_;  // the iterator points at these
  const rocksdb::Slice upper_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ROCKSDB_CURSOR_H_
