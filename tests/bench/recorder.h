// Looks at what Headwater writes, so that others can be made to write the same.
#ifndef HEADWATER_TESTS_BENCH_RECORDER_H_
#define HEADWATER_TESTS_BENCH_RECORDER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "keys/name.h"
#include "kv/engine.h"

namespace headwater::bench {

// The rows of one attribution's creation, and where in their keys its ids and sequence stand.
struct RecordedWrite {
  struct Row {
    kv::Keyspace keyspace;
    std::string key;
    std::string value;
    // Places in the key; npos where it is not there.
    size_t claim = std::string::npos;
    size_t id = std::string::npos;
    size_t ascending = std::string::npos;
    size_t descending = std::string::npos;
  };

  // Finds the places: the rows are those of `name`, with its only change at `sequence`.
  void Locate(const keys::Name& name, uint64_t sequence);
  // Sets `*key` to the row's key for an attribution whose ids are as long.
  void KeyFor(const Row& row, const keys::Name& name, uint64_t sequence, std::string* key) const;

  std::vector<Row> rows;
};

// An engine that remembers its last commit.
class RecordingEngine final : public kv::Engine {
 public:
  // `last` must outlive it; the one writer fills it, so look only while nothing is written.
  RecordingEngine(std::unique_ptr<kv::Engine> within, RecordedWrite* last)
      : within_(std::move(within)), last_(*last) {}

  // From now on commits only pass through.
  void Stop() { recording_ = false; }

  absl::StatusOr<std::shared_ptr<const kv::Snapshot>> TakeSnapshot() override {
    return within_->TakeSnapshot();
  }
  absl::Status Commit(const kv::Batch& batch, uint64_t expected_head, uint64_t new_head,
                      kv::Durability durability) override;
  absl::Status Sync() override { return within_->Sync(); }
  absl::Status Recover() override { return within_->Recover(); }
  absl::Status Checkpoint(const std::string& directory) override {
    return within_->Checkpoint(directory);
  }
  kv::Features features() const override { return within_->features(); }
  kv::Usage usage() const override { return within_->usage(); }
  uint64_t BlocksReadByThisThread() const override { return within_->BlocksReadByThisThread(); }

 private:
  const std::unique_ptr<kv::Engine> within_;
  RecordedWrite& last_;
  bool recording_ = true;
};

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_RECORDER_H_
