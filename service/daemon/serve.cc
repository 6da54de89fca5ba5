#include "daemon/serve.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/worker_pool.h"
#include "daemon/failure.h"
#include "daemon/logging.h"
#include "daemon/ready_file.h"
#include "daemon/signals.h"
#include "database/database.h"
#include "gateway/server.h"
#include "kv/memory_engine.h"
#include "kv/rocksdb_engine.h"
#include "request/door/address.h"
#include "request/door/admission.h"
#include "request/methods.h"
#include "rpc/server.h"

// Read by jemalloc before main(). What was freed goes back to the system within some seconds, by a
// thread of jemalloc's own where nobody asks for memory any more; by default it is kept for ten,
// and longer where nobody asks.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:2000,muzzy_decay_ms:0";
}

namespace headwater::daemon {
namespace {

namespace fs = std::filesystem;

// More reads than this in the queue of the pool would only be late.
constexpr size_t kMaxQueuedTasks = 8192;

// Each connection is a file descriptor, and shells grant 1,024 by default though more are allowed.
void RaiseFileLimit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string WrongWithAddress(const std::string& listen, const ServeFlags& flags) {
  const absl::StatusOr<request::Address> address = request::ParseAddress(listen);
  if (!address.ok()) return std::string(address.status().message());
  if (!request::IsLoopback(*address) && !flags.allow_remote) {
    return absl::StrCat(
        "refusing to listen on ", listen,
        ": other machines could connect, and without authentication whoever reaches the port can "
        "read and change everything; use a loopback address, or say --allow-remote to do it "
        "nevertheless");
  }
  return "";
}

// The line that tells what is wrong with the flags together; empty if nothing is.
std::string WrongWith(const ServeFlags& flags) {
  if (flags.engine == "rocksdb" && flags.data_dir.empty()) {
    return "say where the data is kept: --data-dir DIR";
  }
  std::string wrong = WrongWithAddress(flags.listen, flags);
  if (wrong.empty() && !flags.http_listen.empty()) {
    wrong = WrongWithAddress(flags.http_listen, flags);
  }
  return wrong;
}

absl::StatusOr<std::unique_ptr<kv::Engine>> OpenEngine(const ServeFlags& flags) {
  if (flags.engine == "memory") return kv::NewMemoryEngine();
  kv::RocksDbOptions options;
  options.directory = flags.data_dir;
  options.block_cache_bytes = flags.block_cache_mib << 20;
  return kv::OpenRocksDb(options);
}

// The doors of the server. Either may be null.
struct Doors {
  std::unique_ptr<rpc::Server> grpc;
  std::unique_ptr<gateway::Server> http;

  // One NAME=HOST:PORT a line.
  std::string Addresses() const {
    return absl::StrCat("grpc=", grpc->address(), "\n",
                        http == nullptr ? "" : absl::StrCat("http=", http->address(), "\n"));
  }
  // They share what drains, so `grace` passes once.
  void Shutdown(absl::Duration grace) {
    std::thread shutdown;
    if (http != nullptr) shutdown = std::thread([&] { http->Shutdown(grace); });
    grpc->Shutdown(grace);
    if (shutdown.joinable()) shutdown.join();
  }
};

// The directory of the page. Where none is named: beside the program, as it is installed (bin/ and
// share/) or built (bin/ and web/); empty where it is at neither.
std::string WebRoot(const ServeFlags& flags) {
  if (!flags.web_root.empty()) return flags.web_root;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const char* const place : {"share/headwater/web", "web"}) {
    const fs::path directory = program.parent_path().parent_path() / place;
    if (!error && fs::exists(directory / "index.html", error)) return directory;
  }
  return "";
}

absl::StatusOr<Doors> OpenDoors(const ServeFlags& flags, database::Database* database,
                                WorkerPool* pool) {
  const auto admission = std::make_shared<request::Admission>(request::AdmissionLimits{
      .request_memory = static_cast<size_t>(flags.request_memory_mib) << 20});
  Doors doors;
  HW_ASSIGN_OR_RETURN(doors.grpc,
                      rpc::Server::Start(request::AllMethods(database), pool,
                                         {.listen = flags.listen, .admission = admission}));
  if (flags.http_listen.empty()) return doors;
  HW_ASSIGN_OR_RETURN(doors.http,
                      gateway::Server::Start(request::AllMethods(database), pool,
                                             {.listen = flags.http_listen,
                                              .web_root = WebRoot(flags),
                                              .names = {.hosts = flags.http_allow_hosts,
                                                        .origins = flags.http_allow_origins},
                                              .admission = admission}));
  return doors;
}

// Null where none is wanted.
absl::StatusOr<std::unique_ptr<ReadyFile>> WriteReadyFile(const ServeFlags& flags,
                                                          const Doors& doors) {
  if (flags.ready_file.empty()) return nullptr;
  return ReadyFile::Write(flags.ready_file, doors.Addresses());
}

// Serves until told to stop. The database is closed by the caller, after the last call has ended.
ExitCode ServeDatabase(const ServeFlags& flags, database::Database* database, WorkerPool* pool) {
  absl::StatusOr<Doors> doors = OpenDoors(flags, database, pool);
  if (absl::IsInvalidArgument(doors.status())) return Fail(kUsage, doors.status().message());
  if (!doors.ok()) return Fail(kCannotListen, doors.status().message());
  auto ready_file = WriteReadyFile(flags, *doors);
  if (!ready_file.ok()) return Fail(kFailed, ready_file.status().message());
  spdlog::info("serving gRPC on {}, HTTP on {}, engine {}, head {}", doors->grpc->address(),
               doors->http == nullptr ? "no address" : doors->http->address(), flags.engine,
               database->head());
  spdlog::info("{}: stopping, calls in flight have {} s", WaitForStopSignal(), flags.grace_seconds);
  ready_file->reset();
  doors->Shutdown(absl::Seconds(flags.grace_seconds));
  return kStopped;
}

}  // namespace

ExitCode Serve(const ServeFlags& flags) {
  if (const std::string wrong = WrongWith(flags); !wrong.empty()) return Fail(kUsage, wrong);
  RaiseFileLimit();
  SetUpLogging(flags.log_level);
  HoldStopSignals();
  auto engine = OpenEngine(flags);
  if (!engine.ok()) return CannotOpen(engine.status());
  WorkerPool pool(flags.threads,
                  kMaxQueuedTasks);  // closed last: the database ends its writes on it
  auto database = database::Database::Open(
      *std::move(engine),
      {.pool = &pool,
       .suggest = flags.suggest_same_as == "on",
       .vector_memory_bytes = flags.vector_memory_mib << 20,
       .vectors_left_out = [mib = flags.vector_memory_mib] {
         spdlog::warn(
             "vectors no longer fit into {} MiB (--vector-memory-mib): what "
             "comes now is found by words alone, until the search index is made "
             "anew with more",
             mib);
       }});
  if (!database.ok()) return CannotOpen(database.status());
  const ExitCode code = ServeDatabase(flags, database->get(), &pool);
  const int64_t head = (*database)->head();
  database->reset();
  if (code == kStopped) spdlog::info("stopped, head {}", head);
  return code;
}

}  // namespace headwater::daemon
