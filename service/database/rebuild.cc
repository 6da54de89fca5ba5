#include "database/rebuild.h"

#include <chrono>
#include <functional>
#include <utility>

#include "base/status_macros.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "database/finding/index_watermark.h"
#include "database/format.h"
#include "database/standings/watermark.h"

namespace headwater::database {
namespace {

constexpr auto kTellEvery = std::chrono::milliseconds(500);

// Commits a watermark that says that the rows are stale.
absl::Status Drop(kv::Engine* engine, const std::function<void(kv::Batch*)>& add_watermark) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine->TakeSnapshot());
  HW_ASSIGN_OR_RETURN(const bool founded, CheckFormat(*snapshot));
  if (!founded) return absl::OkStatus();
  kv::Batch batch;
  add_watermark(&batch);
  return engine->Commit(batch, snapshot->head(), snapshot->head(), kv::Durability::kSynced);
}

// Opens the store, whose followers begin at once, and waits until `wait_for` says that the head was
// reached.
absl::Status Follow(std::unique_ptr<kv::Engine> engine, Options options,
                    const std::function<bool(Database*, int64_t head)>& wait_for,
                    const std::function<int64_t(const Database&)>& watermark,
                    const std::function<void(uint64_t, uint64_t)>& progress) {
  WorkerPool pool(1, 100);
  options.pool = &pool;
  HW_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database,
                      Database::Open(std::move(engine), options));
  const int64_t head = database->head();
  bool done = head == 0;
  while (!done) {
    done = wait_for(database.get(), head);
    if (progress)
      progress(static_cast<uint64_t>(watermark(*database)), static_cast<uint64_t>(head));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status DropStandings(kv::Engine* engine) {
  return Drop(engine, [](kv::Batch* batch) { AddWatermark({.stale = true}, batch); });
}

absl::Status DropIndex(kv::Engine* engine) {
  return Drop(engine, [](kv::Batch* batch) { AddIndexWatermark({.is_stale = true}, batch); });
}

absl::Status RebuildStandings(std::unique_ptr<kv::Engine> engine,
                              const std::function<void(uint64_t, uint64_t)>& progress) {
  HW_RETURN_IF_ERROR(DropStandings(engine.get()));
  return Follow(
      std::move(engine), Options(),
      [](Database* database, int64_t head) { return database->WaitForStandings(head, kTellEvery); },
      [](const Database& database) { return database.standings().watermark; }, progress);
}

absl::Status RebuildIndex(std::unique_ptr<kv::Engine> engine, size_t vector_memory_bytes,
                          const std::function<void(uint64_t, uint64_t)>& progress) {
  HW_RETURN_IF_ERROR(DropIndex(engine.get()));
  Options options;
  options.vector_memory_bytes = vector_memory_bytes;
  return Follow(
      std::move(engine), options,
      [](Database* database, int64_t head) { return database->WaitForIndex(head, kTellEvery); },
      [](const Database& database) { return database.index().watermark; }, progress);
}

}  // namespace headwater::database
