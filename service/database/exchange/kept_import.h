// An import whose progress is kept on disk, row by row. Internal to Database.
#ifndef HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_
#define HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "database/exchange/import.h"
#include "database/exchange/import_limits.h"
#include "database/exchange/import_rows.h"
#include "database/exchange/import_state.h"
#include "database/impl.h"
#include "database/writing/preparation.h"

namespace headwater::database {

// While the committer has one group of rows, the next is worked out on the pool, as if the first
// were committed. Where that first one must be worked out again, so must the next.
class KeptImport final : public ImportSession, public std::enable_shared_from_this<KeptImport> {
 public:
  // `impl` must outlive its steps.
  KeptImport(Database::Impl* impl, const v1::ImportConfig& config, const Caller& caller);

  void Begin(ImportDone done) override;
  void Take(ImportChunk chunk, ImportDone done) override;
  void More(ImportDone done) override;

 private:
  // A chunk on its way.
  struct Chunk {
    ImportChunk chunk;
    std::vector<ReadyRow> rows;
    ImportDone done;
    bool placed = false;   // what was acknowledged before is passed over
    size_t prepared = 0;   // the first row that is in no group
    size_t committed = 0;  // the first row that is not committed
  };

  // A group of rows, worked out and ready to be committed.
  struct Group {
    Prepared prepared;
    std::shared_ptr<const Made> made;
    kv::Batch rows;
    ImportState state;            // once it is committed
    v1::ImportResponse response;  // its errors alone
    Chunk* chunk = nullptr;       // whose rows they are; null for rows that waited
    size_t end = 0;               // of the chunk's rows, or of groups_
    std::vector<uint32_t> left;   // of the group at `end`: the others are in this one
    bool empty = false;           // its first row must wait until all before it are committed
  };

  // What an event leads to once the lock is given back.
  using Calls = std::vector<std::function<void()>>;

  // The functions from here to Answer want the mutex held.
  // Goes on with whatever can be done now.
  void Advance(Calls* calls);
  void AdvanceChunks(Calls* calls);
  void AdvanceSettling(Calls* calls);
  // Has the next group worked out, unless one is, or is held.
  void PrepareAhead(Calls* calls);
  void CommitAhead();
  void Committed(const absl::StatusOr<uint64_t>& last, Calls* calls);
  void Stale();
  void Settle();
  bool Idle() const { return !preparing_ && !committing_ && !ahead_; }
  // Ends the step under way with what was gathered.
  enum class Last { kMore, kAnswered, kDone };
  void Answer(Last last, Calls* calls);
  // Ends all steps there are, once nothing is under way.
  void Fail(absl::Status status, Calls* calls);
  void EndAll(Calls* calls);

  // Runs `event` with the mutex, and then what it leads to without.
  void On(absl::FunctionRef<void(Calls* calls)> event);
  // Runs `work` on the pool; false where that takes no more.
  bool Hop(std::function<void()> work);

  // Counts the import in and reads its state, on the caller's thread.
  absl::Status Enter();
  // Counts it out. The database may be gone once the step under way has ended.
  void Leave();
  absl::Status LoadState(const View& view);
  absl::Status CheckChunk(const Chunk& chunk) const;

  absl::StatusOr<Group> PrepareRows(Chunk* chunk, const ImportState& state,
                                    std::shared_ptr<const Made> before) const;
  void NoteRow(const ReadyRow& row, absl::string_view record, const Outcome& outcome,
               Group* group) const;

  // What waits, once all rows have come. Complete and Retell… run outside of the mutex, while
  // nothing else is under way.
  void Complete();
  absl::Status WorkOutOrder(const View& view);
  absl::StatusOr<Group> PrepareSettling(size_t place, const ImportState& state,
                                        std::shared_ptr<const Made> before) const;
  absl::StatusOr<std::vector<ReadyRow>> LoadRows(const View& view,
                                                 const std::vector<uint32_t>& places) const;
  void NoteSettled(const ReadyRow& row, Outcome outcome, Group* group) const;

  // Appends errors of rows from `from` up to `end`; where the next would be told, or `end`.
  absl::StatusOr<uint64_t> Retell(uint64_t from, uint64_t end, bool waited);
  void RetellAsTheyCame();
  void RetellSettled();

  void PutState(ImportState* state, kv::Batch* rows) const;

  // Of the next group.
  GroupBounds Bounds() const;

  Database::Impl* const impl_;
  const v1::ImportConfig config_;
  const Caller caller_;
  const std::string hash_;

  std::mutex mutex_;
  // Guarded by mutex_, but where the step that is under way is alone.
  bool entered_ = false;                       // counted in
  bool bulk_;                                  // large groups
  bool alone_ = false;                         // a step is under way beside which nothing else is
  std::deque<std::unique_ptr<Chunk>> chunks_;  // taken and not answered
  ImportDone done_;                            // of the step under way where that is no chunk
  v1::ImportResponse response_;                // of the step under way
  absl::Status failure_;

  ImportState state_;     // of what is committed
  ImportState prepared_;  // of what is in groups
  std::optional<Group> committing_;
  std::optional<Group> ahead_;
  bool preparing_ = false;
  bool must_drain_ = false;     // nothing is worked out before all is committed
  uint64_t generation_ = 0;     // what was begun in an earlier one is worked out again
  uint64_t last_sequence_ = 0;  // of the group committed last

  // What More() goes on with.
  enum class Next { kNothing, kTellComing, kTellSettled, kSettle };
  Next next_ = Next::kNothing;
  uint64_t told_ = 0;  // rows before it have been told of

  // Of the settling: rows by number, and the order of their places. Changed only while nothing is
  // worked out.
  bool settling_ = false;
  std::vector<uint64_t> waiting_;
  std::vector<std::vector<uint32_t>> groups_;
  size_t group_place_ = 0;      // the first of groups_ that is not committed
  size_t prepared_groups_ = 0;  // the first that is in no group
  size_t settled_ = 0;          // in this step
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_
