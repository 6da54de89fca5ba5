// An import that is made all or nothing, or only validated: nothing of it is kept before its end.
// Internal to Database.
#ifndef HEADWATER_DATABASE_EXCHANGE_WHOLE_IMPORT_H_
#define HEADWATER_DATABASE_EXCHANGE_WHOLE_IMPORT_H_

#include <memory>
#include <string>
#include <vector>

#include "database/exchange/import.h"
#include "database/exchange/import_rows.h"
#include "database/impl.h"

namespace headwater::database {

class WholeImport final : public ImportSession, public std::enable_shared_from_this<WholeImport> {
 public:
  // `impl` must outlive its steps.
  WholeImport(Database::Impl* impl, const v1::ImportConfig& config, const Caller& caller);
  ~WholeImport() override;

  void Begin(ImportDone done) override;
  void Take(ImportChunk chunk, ImportDone done) override;
  void More(ImportDone done) override;

 private:
  // Every row's outcome, and what is to be committed.
  struct Judged {
    Prepared prepared;
    v1::ImportResponse response;
  };

  absl::Status Gather(ImportChunk chunk);
  // Runs `then` on the pool; ends the step where that takes no more.
  void Hop(void (*then)(WholeImport* import));
  void Complete();
  absl::StatusOr<Judged> Judge();
  absl::Status JudgeWaiting(const std::vector<size_t>& waiting, Preparation* to, Judged* judged);
  void Note(const ReadyRow& row, Outcome outcome, Judged* judged) const;
  void Committed(const absl::Status& status);
  void End(absl::StatusOr<v1::ImportResponse> response);
  void Leave();

  Database::Impl* const impl_;
  const v1::ImportConfig config_;
  const Caller caller_;
  const std::string hash_;
  bool entered_ = false;

  std::vector<ReadyRow> rows_;
  size_t bytes_ = 0;
  // Of the step under way.
  ImportDone done_;
  v1::ImportResponse response_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_EXCHANGE_WHOLE_IMPORT_H_
