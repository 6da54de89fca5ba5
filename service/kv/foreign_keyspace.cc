#include "kv/foreign_keyspace.h"

#include <rocksdb/db.h>

#include <memory>
#include <vector>

namespace headwater::kv::testing {

absl::Status AddForeignKeyspace(const std::string& directory, const std::string& name) {
  std::vector<std::string> there;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies({}, directory, &there);
  if (!status.ok()) return absl::UnknownError(status.ToString());
  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  for (const std::string& one : there) columns.emplace_back(one, rocksdb::ColumnFamilyOptions());
  rocksdb::DB* opened = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  status = rocksdb::DB::Open({}, directory, columns, &handles, &opened);
  if (!status.ok()) return absl::UnknownError(status.ToString());
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::ColumnFamilyHandle* made = nullptr;
  status = db->CreateColumnFamily({}, name, &made);
  if (made != nullptr) handles.push_back(made);
  for (rocksdb::ColumnFamilyHandle* handle : handles)
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  return status.ok() ? absl::OkStatus() : absl::UnknownError(status.ToString());
}

}  // namespace headwater::kv::testing
