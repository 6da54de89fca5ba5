// For the integration tests: an engine around another that counts what each kind of read cost in
// blocks of files.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_COUNTING_ENGINE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_COUNTING_ENGINE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "kv/engine.h"

namespace headwater::integration {

struct ReadCosts {
  std::atomic<uint64_t> answered_on_the_spot{0};  // kCacheOnly reads that were not refused
  std::atomic<uint64_t> refused{0};               // with WouldBlock()
  std::atomic<uint64_t> blocks_on_the_spot{0};    // read for answers on the spot
  // Read for refusals: RocksDB takes a partition of an index from its file, whatever the read's
  // tier says, before it sees that the rows are not in memory.
  std::atomic<uint64_t> blocks_before_refusal{0};
  std::atomic<uint64_t> blocks_patiently{0};  // that kMayWait reads read
};

// Any thread; what it wraps is shared.
class CountingEngine final : public kv::Engine {
 public:
  explicit CountingEngine(std::shared_ptr<kv::Engine> within) : within_(std::move(within)) {}

  const ReadCosts& costs() const { return *costs_; }

  absl::StatusOr<std::shared_ptr<const kv::Snapshot>> TakeSnapshot() override;
  absl::Status Commit(const kv::Batch& batch, uint64_t expected_head, uint64_t new_head,
                      kv::Durability durability) override {
    return within_->Commit(batch, expected_head, new_head, durability);
  }
  absl::Status Sync() override { return within_->Sync(); }
  absl::Status Recover() override { return within_->Recover(); }
  absl::Status Checkpoint(const std::string& directory) override {
    return within_->Checkpoint(directory);
  }
  kv::Features features() const override { return within_->features(); }
  kv::Usage usage() const override { return within_->usage(); }
  uint64_t BlocksReadByThisThread() const override { return within_->BlocksReadByThisThread(); }

 private:
  const std::shared_ptr<kv::Engine> within_;
  const std::shared_ptr<ReadCosts> costs_ = std::make_shared<ReadCosts>();
};

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_COUNTING_ENGINE_H_
