#include "daemon/serve.h"

#include <malloc.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/worker_pool.h"
#include "daemon/failure.h"
#include "daemon/logging.h"
#include "daemon/ready_file.h"
#include "daemon/signals.h"
#include "database/database.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"
#include "request/methods.h"
#include "rpc/address.h"
#include "rpc/server.h"

namespace headwater::daemon {
namespace {

// More reads than this in the queue of the pool would only be late.
constexpr size_t kMaxQueuedTasks = 8192;

// By default malloc keeps eight heaps a core, each of which holds on to what one large request of
// its thread took: after twenty of 16 MiB, 900 MB for what 300 do. Our threads are many and few of
// them run at a time.
void KeepFewHeaps() {
  const unsigned cores = std::thread::hardware_concurrency();
  mallopt(M_ARENA_MAX, static_cast<int>(std::clamp(cores, 2u, 8u)));
}

// The line that tells what is wrong with the flags together; empty if nothing is.
std::string WrongWith(const ServeFlags& flags) {
  if (flags.engine == "rocksdb" && flags.data_dir.empty()) {
    return "say where the data is kept: --data-dir DIR";
  }
  const absl::StatusOr<rpc::Address> address = rpc::ParseAddress(flags.listen);
  if (!address.ok()) return std::string(address.status().message());
  if (!rpc::IsLoopback(*address) && !flags.allow_remote) {
    return absl::StrCat(
        "refusing to listen on ", flags.listen,
        ": other machines could connect, and without authentication whoever reaches the port can "
        "read and change everything; use a loopback address, or say --allow-remote to do it "
        "nevertheless");
  }
  return "";
}

absl::StatusOr<std::unique_ptr<kv::Engine>> OpenEngine(const ServeFlags& flags) {
  if (flags.engine == "memory") return kv::NewMemoryEngine();
  kv::RocksDbOptions options;
  options.directory = flags.data_dir;
  options.block_cache_bytes = flags.block_cache_mib << 20;
  return kv::OpenRocksDb(options);
}

// Null where none is wanted.
absl::StatusOr<std::unique_ptr<ReadyFile>> WriteReadyFile(const ServeFlags& flags,
                                                          const std::string& address) {
  if (flags.ready_file.empty()) return nullptr;
  return ReadyFile::Write(flags.ready_file, absl::StrCat("grpc=", address, "\n"));
}

// Serves until told to stop. The database is closed by the caller, after the last call has ended.
ExitCode ServeDatabase(const ServeFlags& flags, database::Database* database, WorkerPool* pool) {
  const rpc::ServerOptions options{
      .listen = flags.listen,
      .request_memory = static_cast<size_t>(flags.request_memory_mib) << 20,
  };
  auto server = rpc::Server::Start(request::AllMethods(database), pool, options);
  if (!server.ok()) return Fail(kCannotListen, server.status().message());
  auto ready_file = WriteReadyFile(flags, (*server)->address());
  if (!ready_file.ok()) return Fail(kFailed, ready_file.status().message());
  spdlog::info("serving gRPC on {}, engine {}, head {}", (*server)->address(), flags.engine,
               database->head());
  spdlog::info("{}: stopping, calls in flight have {} s", WaitForStopSignal(), flags.grace_seconds);
  ready_file->reset();
  (*server)->Shutdown(absl::Seconds(flags.grace_seconds));
  return kStopped;
}

}  // namespace

ExitCode Serve(const ServeFlags& flags) {
  if (const std::string wrong = WrongWith(flags); !wrong.empty()) return Fail(kUsage, wrong);
  KeepFewHeaps();
  SetUpLogging(flags.log_level);
  HoldStopSignals();
  auto engine = OpenEngine(flags);
  if (!engine.ok()) return CannotOpen(engine.status());
  WorkerPool pool(flags.threads,
                  kMaxQueuedTasks);  // closed last: the database ends its writes on it
  auto database = database::Database::Open(*std::move(engine), {.pool = &pool});
  if (!database.ok()) return CannotOpen(database.status());
  const ExitCode code = ServeDatabase(flags, database->get(), &pool);
  const int64_t head = (*database)->head();
  database->reset();
  if (code == kStopped) spdlog::info("stopped, head {}", head);
  return code;
}

}  // namespace headwater::daemon
