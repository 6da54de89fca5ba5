#include "database/rebuild.h"

#include <chrono>
#include <utility>

#include "base/status_macros.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "database/format.h"
#include "database/standings/watermark.h"

namespace headwater::database {
namespace {

constexpr auto kTellEvery = std::chrono::milliseconds(500);

}  // namespace

absl::Status DropStandings(kv::Engine* engine) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine->TakeSnapshot());
  HW_ASSIGN_OR_RETURN(const bool founded, CheckFormat(*snapshot));
  if (!founded) return absl::OkStatus();
  kv::Batch batch;
  AddWatermark({.stale = true}, &batch);
  return engine->Commit(batch, snapshot->head(), snapshot->head(), kv::Durability::kSynced);
}

absl::Status RebuildStandings(std::unique_ptr<kv::Engine> engine,
                              const std::function<void(uint64_t, uint64_t)>& progress) {
  HW_RETURN_IF_ERROR(DropStandings(engine.get()));
  WorkerPool pool(1, 100);
  HW_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database,
                      Database::Open(std::move(engine), {.pool = &pool}));
  const int64_t head = database->head();
  bool done = head == 0;
  while (!done) {
    done = database->WaitForStandings(head, kTellEvery);
    if (progress) {
      progress(static_cast<uint64_t>(database->standings().watermark), static_cast<uint64_t>(head));
    }
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
