// An import whose progress is kept on disk, row by row. Internal to Database.
#ifndef HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_
#define HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_

#include <memory>
#include <string>
#include <vector>

#include "database/exchange/import.h"
#include "database/exchange/import_rows.h"
#include "database/exchange/import_state.h"
#include "database/impl.h"

namespace headwater::database {

class KeptImport final : public ImportSession, public std::enable_shared_from_this<KeptImport> {
 public:
  // `impl` must outlive its steps.
  KeptImport(Database::Impl* impl, const v1::ImportConfig& config, const Caller& caller);

  void Begin(ImportDone done) override;
  void Take(ImportChunk chunk, ImportDone done) override;
  void More(ImportDone done) override;

 private:
  // A group of rows, worked out and ready to be committed.
  struct Group {
    Prepared prepared;
    kv::Batch rows;
    ImportState state;            // once it is committed
    v1::ImportResponse response;  // its errors alone
    size_t end = 0;               // of the chunk's rows, or of groups_
    std::vector<uint32_t> left;   // of the group at `end`: the others are in this one
  };

  // Begins a step: counts it in, and reads the state. False where the step has ended already.
  bool Enter(ImportDone done);
  bool Load();
  void TakeChunk();
  void End(absl::StatusOr<v1::ImportResponse> response);
  // Ends the step with what was gathered.
  enum class Last { kMore, kAnswered, kDone };
  void Answer(Last last);

  absl::Status LoadState(const View& view);
  absl::Status CheckChunk() const;

  // Works the next rows out, and commits them; once they all are, goes on to what follows.
  void Proceed();
  absl::StatusOr<Group> PrepareNext();
  absl::StatusOr<Group> PrepareRows(const View& view);
  void NoteRow(const ReadyRow& row, absl::string_view record, const Outcome& outcome,
               Group* group) const;
  void Commit(Group group);
  void AfterCommit();

  // What waits, once all rows have come.
  void Complete();
  absl::Status WorkOutOrder(const View& view);
  absl::StatusOr<Group> PrepareSettling(const View& view);
  absl::StatusOr<std::vector<ReadyRow>> LoadRows(const View& view,
                                                 const std::vector<uint32_t>& places) const;
  void NoteSettled(const ReadyRow& row, Outcome outcome, Group* group) const;

  // Appends errors of rows from `from` up to `end`; where the next would be told, or `end`.
  absl::StatusOr<uint64_t> Retell(uint64_t from, uint64_t end, bool waited);
  void RetellAsTheyCame();
  void RetellSettled();

  void PutState(ImportState* state, kv::Batch* rows) const;
  // Runs `then` on the pool; ends the step where that takes no more.
  void Hop(void (KeptImport::*then)());

  Database::Impl* const impl_;
  const v1::ImportConfig config_;
  const Caller caller_;
  const std::string hash_;

  // What More() goes on with.
  enum class Next { kNothing, kTellComing, kTellSettled, kSettle };
  Next next_ = Next::kNothing;
  uint64_t told_ = 0;  // rows before it have been told of

  // Of the step under way.
  ImportDone done_;
  ImportState state_;
  v1::ImportResponse response_;
  ImportChunk chunk_;
  std::vector<ReadyRow> ready_;
  size_t place_ = 0;  // the first of ready_ that is not committed
  Group group_;       // being committed

  // Of the settling: rows by number, and the order of their places.
  bool settling_ = false;
  std::vector<uint64_t> waiting_;
  std::vector<std::vector<uint32_t>> groups_;
  size_t group_place_ = 0;
  size_t settled_ = 0;  // in this step
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_KEPT_IMPORT_H_
