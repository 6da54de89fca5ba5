#include "daemon/check_store.h"

#include <unistd.h>

#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "daemon/failure.h"
#include "database/check.h"
#include "kv/rocksdb_engine.h"

namespace headwater::daemon {
namespace {

using database::CheckReport;

void PrintJson(const CheckReport& report) {
  const nlohmann::ordered_json json = {{"sound", report.sound()},
                                       {"entries", report.entries},
                                       {"resources", report.resources},
                                       {"rows", report.rows},
                                       {"texts", report.texts},
                                       {"requests", report.requests},
                                       {"standings", report.standings},
                                       {"standingsWatermark", report.standings_watermark},
                                       {"indexed", report.indexed},
                                       {"postings", report.postings},
                                       {"vectors", report.vectors},
                                       {"indexWatermark", report.index_watermark},
                                       {"problemCount", report.problem_count},
                                       {"problems", report.problems}};
  std::printf("%s\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void PrintText(const CheckReport& report) {
  using Long = unsigned long long;
  std::printf(
      "%llu log entries of %llu resources; %llu rows of names, edges and indexes compared; %llu "
      "texts; %llu request ids; %llu rows of how claims stand up to sequence %llu; %llu resources "
      "and %llu postings and %llu vectors of the search index up to sequence %llu\n",
      Long{report.entries}, Long{report.resources}, Long{report.rows}, Long{report.texts},
      Long{report.requests}, Long{report.standings}, Long{report.standings_watermark},
      Long{report.indexed}, Long{report.postings}, Long{report.vectors},
      Long{report.index_watermark});
  for (const std::string& problem : report.problems) std::printf("wrong: %s\n", problem.c_str());
  if (report.problem_count > report.problems.size()) {
    std::printf("wrong: %llu more\n", Long{report.problem_count - report.problems.size()});
  }
  std::printf(
      report.sound()
          ? "sound: every row is what the log makes\n"
          : "NOT SOUND: restore a backup, and keep this directory for whoever looks into it\n");
}

std::function<void(uint64_t, uint64_t)> Progress() {
  if (isatty(STDERR_FILENO) == 0) return nullptr;
  return [](uint64_t done, uint64_t all) {
    std::fprintf(stderr, "\rchecked %llu of %llu log entries%s",
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
                 done == all ? "\n" : "");
  };
}

}  // namespace

ExitCode CheckStore(const CheckFlags& flags) {
  kv::RocksDbOptions options;
  options.directory = flags.data_dir;
  options.block_cache_bytes = flags.block_cache_mib << 20;
  options.read_only = true;
  options.create_if_missing = false;
  auto engine = kv::OpenRocksDb(options);
  if (!engine.ok()) return CannotOpen(engine.status());
  const absl::StatusOr<CheckReport> report = database::Check(engine->get(), Progress());
  if (!report.ok()) return CannotOpen(report.status());
  flags.output == "json" ? PrintJson(*report) : PrintText(*report);
  return report->sound() ? kStopped : kBadData;
}

}  // namespace headwater::daemon
