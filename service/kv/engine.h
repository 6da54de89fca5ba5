// The engine seam: ordered, durable rows in a few keyspaces, read through snapshots and changed by
// atomic batches. Everything that Headwater knows about storage is said here; no engine's own words
// appear above this folder.
//
// Concurrency contract
//  - Engine and Snapshot may be used from any number of threads at once. A Cursor and a Batch are
//    one thread's at a time.
//  - There is one writer:
//    Commit, Sync and Recover are never called concurrently with one another. Reads run beside them
//    freely.
//  - A Snapshot shows exactly the state after one Commit: all of its batch or none of it, and
//    never a later one. It stays valid, whatever is committed meanwhile, until it is destroyed, and
//    must be destroyed before its Engine.
//  - A call with Patience::kCacheOnly never waits for a file, a lock held across file access or a
//    network: what it cannot answer from memory it refuses with WouldBlock(). So it may do with an
//    empty value, which an engine may not be able to tell from one that it has not read. Every
//    other call may wait.
#ifndef HEADWATER_KV_ENGINE_H_
#define HEADWATER_KV_ENGINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "kv/batch.h"
#include "kv/keyspace.h"

namespace headwater::kv {

// The row of Keyspace::kMeta in which an engine keeps its head: eight bytes, big-endian. Only
// Commit writes it; a batch that names it is refused.
inline constexpr absl::string_view kHeadKey = "head";

// Whether a read may wait for a file.
enum class Patience { kCacheOnly, kMayWait };

// The refusal of a kCacheOnly read that memory alone cannot answer; nothing else returns it.
absl::Status WouldBlock();
bool IsWouldBlock(const absl::Status& status);

// One row, copied out of the engine.
struct Row {
  std::string key;
  std::string value;
};

// Walks the rows of one keyspace in ascending byte order of their keys. Made positioned on its
// first row. Destroy it before its Snapshot.
class Cursor {
 public:
  virtual ~Cursor() = default;

  // False at the end of the range and after an error: check status() to tell one from the other.
  virtual bool Valid() const = 0;
  // The current row. Requires Valid(); the views live until the next Next(), Seek() or destruction.
  virtual absl::string_view key() const = 0;
  virtual absl::string_view value() const = 0;
  // Requires Valid().
  virtual void Next() = 0;
  // Goes to the first row at or after `key`, within the range.
  virtual void Seek(absl::string_view key) = 0;
  // OK, WouldBlock(), or kDataLoss when a file is damaged or unreadable.
  virtual absl::Status status() const = 0;
};

// A frozen state of the whole store. Errors of every method: WouldBlock() (kCacheOnly only),
// kDataLoss when a file is damaged or unreadable, kUnavailable when the engine lost its backing
// store.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // The head that the last Commit in this snapshot set; 0 for a store never written.
  virtual uint64_t head() const = 0;

  // The row's value, or nullopt where there is no such row.
  virtual absl::StatusOr<std::optional<std::string>> Get(Keyspace keyspace, absl::string_view key,
                                                         Patience patience) const = 0;

  // The values of `keys` (in any order, repeats allowed), each in its key's place.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Keyspace keyspace, absl::Span<const std::string> keys, Patience patience) const = 0;

  // Of the rows whose key is `name` followed by exactly eight bytes, the first whose last eight
  // bytes are at or after `from` (eight bytes, else kInvalidArgument), or nullopt. Only for
  // keyspaces of versioned names (kNames, kEdges, kStandings).
  //
  // Right for any bytes. Cheapest, above all where there is no such name, if no other name stands
  // between: let names end in 0x00 and hold none before, or be text and `from` begin with 0xff, as
  // descending sequences do (so ask for the newest with the head's own version rather than eight
  // zeros).
  virtual absl::StatusOr<std::optional<Row>> Version(Keyspace keyspace, absl::string_view name,
                                                     absl::string_view from,
                                                     Patience patience) const = 0;

  // The rows with begin <= key < end in order. Never null; an error shows in status().
  virtual std::unique_ptr<Cursor> Range(Keyspace keyspace, absl::string_view begin,
                                        absl::string_view end, Patience patience) const = 0;
};

// Whether Commit returns before or after its batch survives a power cut.
enum class Durability {
  kSynced,    // on stable storage when Commit returns
  kBuffered,  // after the next Sync() or kSynced Commit; a crash loses a suffix of commits, never a
              // part of one
};

// What an engine can do, for those who choose or report.
struct Features {
  std::string name;         // "rocksdb", "memory"
  bool persistent = false;  // outlives the process
  bool checkpoints = false;
};

// What an engine holds, for metrics. Bytes.
struct Usage {
  uint64_t disk_bytes = 0;
  uint64_t block_cache_bytes = 0;
  uint64_t memtable_bytes = 0;
  uint64_t index_and_filter_bytes = 0;
};

// An open store. Each engine has a function of its own that opens one; whichever it is, it refuses
// with
//   kFailedPrecondition  another server uses the store.
//   kUnimplemented       the store holds what this version does not know: another version's, which
//                        is to be used. Nothing was changed.
class Engine {
 public:
  virtual ~Engine() = default;

  // The state after the last Commit that succeeded. What a failed one may have left behind shows
  // once Recover() has made it last, and never before: whoever answers by what a snapshot shows
  // answers by what is as durable as the last commit was told to be. kUnavailable while Recover()
  // is due and the store is closed.
  virtual absl::StatusOr<std::shared_ptr<const Snapshot>> TakeSnapshot() = 0;

  // Applies `batch` and sets the head to `new_head`, all or nothing, if the head is still
  // `expected_head`. Nothing was applied, and the next Commit may do, after
  //   kFailedPrecondition  the head is another: someone else wrote.
  //   kInvalidArgument     the batch writes kHeadKey, or new_head < expected_head.
  // Every further Commit fails likewise until Recover() has succeeded after
  //   kResourceExhausted   the store is full: nothing was applied.
  //   kUnavailable         the write failed under way: whether it was applied is not known.
  virtual absl::Status Commit(const Batch& batch, uint64_t expected_head, uint64_t new_head,
                              Durability durability) = 0;

  // Makes every earlier kBuffered Commit durable. Errors as the last two of Commit.
  virtual absl::Status Sync() = 0;

  // After a failed write: finds out what is there and makes the store writable again, so that a new
  // snapshot's head() tells whether the failed commit landed. Waits at most some seconds for
  // snapshots of before to be released. OK when there was nothing to recover from;
  // kResourceExhausted while the store is still full, kUnavailable for other reasons: call it again
  // later. Reads go on meanwhile.
  virtual absl::Status Recover() = 0;

  // Writes an openable copy of the whole store into `directory`, which must not exist. Writers go
  // on. kUnimplemented where Features::checkpoints is false, kAlreadyExists, kResourceExhausted,
  // kUnavailable.
  virtual absl::Status Checkpoint(const std::string& directory) = 0;

  virtual Features features() const = 0;
  virtual Usage usage() const = 0;

  // How many blocks this thread has read from files so far, in any engine of this kind; 0 where
  // there are no files. For tests and metrics of what a read cost.
  virtual uint64_t BlocksReadByThisThread() const = 0;
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_ENGINE_H_
