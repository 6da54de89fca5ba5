#include "daemon/rebuild_store.h"

#include <unistd.h>

#include <cstdio>
#include <functional>
#include <utility>

#include "daemon/failure.h"
#include "database/rebuild.h"
#include "kv/rocksdb_engine.h"

namespace headwater::daemon {
namespace {

std::function<void(uint64_t, uint64_t)> Progress() {
  if (isatty(STDERR_FILENO) == 0) return nullptr;
  return [](uint64_t done, uint64_t all) {
    std::fprintf(stderr, "\rworked off %llu of %llu log entries%s",
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
                 done >= all ? "\n" : "");
  };
}

}  // namespace

ExitCode RebuildStore(const RebuildFlags& flags) {
  kv::RocksDbOptions options;
  options.directory = flags.data_dir;
  options.block_cache_bytes = flags.block_cache_mib << 20;
  options.create_if_missing = false;
  auto engine = kv::OpenRocksDb(options);
  if (!engine.ok()) return CannotOpen(engine.status());
  const bool is_search = flags.what == "search";
  const absl::Status status =
      is_search
          ? database::RebuildIndex(*std::move(engine), flags.vector_memory_mib << 20, Progress())
          : database::RebuildStandings(*std::move(engine), Progress());
  if (!status.ok()) return CannotOpen(status);
  std::printf(is_search ? "the search index was rebuilt\n" : "standings were rebuilt\n");
  return kStopped;
}

}  // namespace headwater::daemon
