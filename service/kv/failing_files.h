// A file system whose log files fail when a test tells them to. For tests of the RocksDB engine.
#ifndef HEADWATER_KV_FAILING_FILES_H_
#define HEADWATER_KV_FAILING_FILES_H_

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>
#include <string>

namespace headwater::kv::testing {

struct LogFaults {
  std::atomic<bool> appends_fail{false};  // as on a full disk: nothing is written
  std::atomic<bool> syncs_fail{false};    // what was appended may or may not be there
  std::atomic<int> syncs{0};
};

class FailingLogFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FailingLogFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, LogFaults& faults)
      : rocksdb::FSWritableFileOwnerWrapper(std::move(file)), faults_(faults) {}

  using rocksdb::FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    if (faults_.appends_fail) return rocksdb::IOStatus::NoSpace("no space, as the test told");
    return rocksdb::FSWritableFileOwnerWrapper::Append(data, options, context);
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo& info,
                           rocksdb::IODebugContext* context) override {
    if (faults_.appends_fail) return rocksdb::IOStatus::NoSpace("no space, as the test told");
    return rocksdb::FSWritableFileOwnerWrapper::Append(data, options, info, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override {
    ++faults_.syncs;
    if (faults_.syncs_fail) return rocksdb::IOStatus::IOError("no sync, as the test told");
    return rocksdb::FSWritableFileOwnerWrapper::Sync(options, context);
  }

 private:
  LogFaults& faults_;
};

class FailingFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit FailingFiles(LogFaults& faults)
      : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}

  const char* Name() const override { return "FailingFiles"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    rocksdb::IOStatus status = target()->NewWritableFile(name, options, file, context);
    if (status.ok() && name.size() > 4 && name.substr(name.size() - 4) == ".log") {
      *file = std::make_unique<FailingLogFile>(std::move(*file), faults_);
    }
    return status;
  }

 private:
  LogFaults& faults_;
};

}  // namespace headwater::kv::testing

#endif  // HEADWATER_KV_FAILING_FILES_H_
