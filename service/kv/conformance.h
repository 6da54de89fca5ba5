// What the conformance suite shares: each engine it runs on, and how one opens and reopens it. For
// tests.
#ifndef HEADWATER_KV_CONFORMANCE_H_
#define HEADWATER_KV_CONFORMANCE_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "kv/engine.h"

namespace headwater::kv::testing {

// A directory of its own, removed with all that is in it.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  std::string path(const std::string& file) const { return (path_ / file).string(); }

 private:
  std::filesystem::path path_;
};

// An engine under test. Opening twice the same directory opens the same store, if the engine is
// persistent.
struct EngineKind {
  std::string name;
  std::function<std::unique_ptr<Engine>(const std::string& directory)> open;

  friend void PrintTo(const EngineKind& kind, std::ostream* out) { *out << kind.name; }
};

std::vector<EngineKind> AllEngineKinds();

// The fixture of every conformance test: one empty store.
class Conformance : public ::testing::TestWithParam<EngineKind> {
 protected:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  void SetUp() override;

  Engine& engine() { return *engine_; }
  // Closes and opens the store again where it is persistent; else leaves it as it is, so that what
  // must hold after it is checked everywhere.
  void Reopen();
  std::unique_ptr<Engine> OpenAt(const std::string& directory) {
    return GetParam().open(directory);
  }
  const ScratchDirectory& scratch() const { return scratch_; }

  std::shared_ptr<const Snapshot> Take();
  uint64_t Head() { return Take()->head(); }
  // Commits at the head, sets it one higher.
  void MustCommit(const Batch& batch, Durability durability = Durability::kSynced);
  void MustPut(Keyspace keyspace, const std::string& key, const std::string& value);
  void MustDelete(Keyspace keyspace, const std::string& key);

  static std::optional<std::string> Get(const Snapshot& snapshot, Keyspace keyspace,
                                        absl::string_view key);
  // The key of what Version() finds, or nullopt.
  static std::optional<std::string> VersionKey(const Snapshot& snapshot, Keyspace keyspace,
                                               absl::string_view name, absl::string_view from);
  static Rows Scan(const Snapshot& snapshot, Keyspace keyspace, absl::string_view begin,
                   absl::string_view end);

 private:
  ScratchDirectory scratch_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace headwater::kv::testing

#endif  // HEADWATER_KV_CONFORMANCE_H_
