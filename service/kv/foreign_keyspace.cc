#include "kv/foreign_keyspace.h"

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <vector>

namespace headwater::kv::testing {

namespace {

// Opens the store with all keyspaces that are there, and closes it after `change`.
absl::Status Change(
    const std::string& directory,
    const std::function<rocksdb::Status(rocksdb::DB*, std::vector<rocksdb::ColumnFamilyHandle*>*)>&
        change) {
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
  status = change(db.get(), &handles);
  for (rocksdb::ColumnFamilyHandle* handle : handles)
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  return status.ok() ? absl::OkStatus() : absl::UnknownError(status.ToString());
}

}  // namespace

absl::Status AddForeignKeyspace(const std::string& directory, const std::string& name) {
  return Change(directory,
                [&](rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*>* handles) {
                  rocksdb::ColumnFamilyHandle* made = nullptr;
                  const rocksdb::Status status = db->CreateColumnFamily({}, name, &made);
                  if (made != nullptr) handles->push_back(made);
                  return status;
                });
}

absl::Status RemoveKeyspace(const std::string& directory, const std::string& name) {
  return Change(directory,
                [&](rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*>* handles) {
                  for (rocksdb::ColumnFamilyHandle* handle : *handles) {
                    if (handle->GetName() == name) return db->DropColumnFamily(handle);
                  }
                  return rocksdb::Status::NotFound(name);
                });
}

}  // namespace headwater::kv::testing
