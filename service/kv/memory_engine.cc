#include "kv/memory_engine.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kv/head.h"
#include "kv/memory_tree.h"
#include "kv/version.h"

namespace headwater::kv {
namespace {

size_t Index(Keyspace keyspace) { return static_cast<size_t>(keyspace); }

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(const Tree& tree, absl::string_view begin, absl::string_view end)
      : walk_(tree), begin_(begin), end_(end) {
    walk_.Seek(begin_);
  }

  bool Valid() const override { return walk_.Valid() && walk_.key() < end_; }
  absl::string_view key() const override { return walk_.key(); }
  absl::string_view value() const override { return walk_.value(); }
  void Next() override { walk_.Next(); }
  void Seek(absl::string_view key) override {
    walk_.Seek(std::max(key, absl::string_view(begin_)));
  }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  TreeWalk walk_;
  const std::string begin_;
  const std::string end_;
};

// All that is read is immutable, so there is nothing to lock.
class MemorySnapshot final : public Snapshot {
 public:
  using Trees = std::array<Tree, kAllKeyspaces.size()>;

  MemorySnapshot(Trees trees, uint64_t head) : trees_(std::move(trees)), head_(head) {}

  const Trees& trees() const { return trees_; }
  uint64_t head() const override { return head_; }

  absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                 Patience) const override {
    return Find(keyspace, key);
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) values.push_back(Find(keyspace, key));
    return values;
  }

  absl::StatusOr<std::optional<Row>> Version(Keyspace keyspace, absl::string_view name,
                                             absl::string_view from, Patience) const override {
    if (absl::Status bad = CheckVersionBytes(from); !bad.ok()) return bad;
    TreeWalk walk(trees_[Index(keyspace)]);
    return FirstVersion(walk, name, from);
  }

  std::unique_ptr<Cursor> Range(Keyspace keyspace, absl::string_view begin, absl::string_view end,
                                Patience) const override {
    return std::make_unique<MemoryCursor>(trees_[Index(keyspace)], begin, end);
  }

 private:
  std::optional<std::string> Find(Keyspace keyspace, absl::string_view key) const {
    const Row* row = TreeFind(trees_[Index(keyspace)], key);
    if (row == nullptr) return std::nullopt;
    return row->value;
  }

  const Trees trees_;
  const uint64_t head_;
};

class MemoryEngine final : public Engine {
 public:
  absl::StatusOr<std::shared_ptr<const Snapshot>> TakeSnapshot() override { return Current(); }

  absl::Status Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                      Durability) override {
    const std::shared_ptr<const MemorySnapshot> before = Current();
    absl::Status refusal = CheckCommit(batch, before->head(), expected_head, new_head);
    if (!refusal.ok()) return refusal;
    MemorySnapshot::Trees trees = before->trees();
    for (size_t i = 0; i < batch.size(); ++i) {
      const Batch::Change change = batch[i];
      Tree& tree = trees[Index(change.keyspace)];
      tree = change.is_put ? Put(tree, change.key, change.value) : TreeDelete(tree, change.key);
    }
    Tree& meta = trees[Index(Keyspace::kMeta)];
    meta = Put(meta, kHeadKey, EncodeHead(new_head));
    Publish(std::make_shared<const MemorySnapshot>(std::move(trees), new_head));
    return absl::OkStatus();
  }

  absl::Status Sync() override { return absl::OkStatus(); }
  absl::Status Recover() override { return absl::OkStatus(); }
  absl::Status Checkpoint(const std::string&) override {
    return absl::UnimplementedError("the memory engine writes no checkpoints");
  }
  Features features() const override { return Features{"memory", false, false}; }
  Usage usage() const override { return Usage{}; }
  uint64_t BlocksReadByThisThread() const override { return 0; }

  void Publish(std::shared_ptr<const MemorySnapshot> snapshot) {
    const std::lock_guard<std::mutex> lock(mutex_);
    current_.swap(snapshot);
    // What it replaced is freed by the caller's argument, after the lock.
  }

 private:
  std::shared_ptr<const MemorySnapshot> Current() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return current_;
  }

  Tree Put(const Tree& tree, absl::string_view key, absl::string_view value) {
    auto row = std::make_shared<const Row>(Row{std::string(key), std::string(value)});
    return TreePut(tree, row, NextPriority());
  }

  // SplitMix64: the treap is balanced as long as priorities look random.
  uint64_t NextPriority() {
    uint64_t z = seed_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  uint64_t seed_ = 0;  // the writer's alone
  mutable std::mutex mutex_;
  std::shared_ptr<const MemorySnapshot> current_ =
      std::make_shared<const MemorySnapshot>(MemorySnapshot::Trees{}, 0);
};

}  // namespace

std::unique_ptr<Engine> NewMemoryEngine() { return std::make_unique<MemoryEngine>(); }

bool RevertMemoryEngine(Engine& engine, const Snapshot& snapshot) {
  auto* memory = dynamic_cast<MemoryEngine*>(&engine);
  const auto* state = dynamic_cast<const MemorySnapshot*>(&snapshot);
  if (memory == nullptr || state == nullptr) return false;
  memory->Publish(std::make_shared<const MemorySnapshot>(state->trees(), state->head()));
  return true;
}

}  // namespace headwater::kv
