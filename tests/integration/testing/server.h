// For the integration tests: the whole server in this process, on loopback, over an engine that
// fails and waits when told to.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_SERVER_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_SERVER_H_

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "kv/rocksdb_engine.h"
#include "rpc/server.h"
#include "testing/client.h"

namespace headwater::integration {

struct Setup {
  size_t threads = 4;        // of the pool
  size_t max_queued = 8192;  // tasks
  size_t max_queued_writes = 4096;
  // Whether how claims stand and the search index are kept. Not where commits and reads are counted
  // or made to fail.
  bool follow = false;
  database::FollowLimits follow_limits;
  database::IndexLimits index_limits;
  bool suggest = false;  // which claims are the same; only where `follow` is set
  database::SuggestLimits suggest_limits;
  // What serves; null for one in memory.
  std::shared_ptr<kv::Engine> engine;
};

class TestServer {
 public:
  explicit TestServer(Setup setup = {});
  ~TestServer();

  const std::string& address() const { return server_->address(); }
  const Client& client() const { return *client_; }
  Client NewClient() const { return Client(address()); }
  kv::FaultEngine& faults() { return *faults_; }
  database::Database& database() { return *database_; }
  rpc::Server& server() { return *server_; }
  int64_t head() const { return database_->head(); }
  // Every row of every keyspace.
  std::string Rows() const;

  // Ends the server as SIGTERM does, and starts it again on the same store, without faults.
  void Restart(absl::Duration grace = absl::Seconds(5));

 private:
  void Start();
  void Stop(absl::Duration grace);

  const Setup setup_;
  const std::shared_ptr<kv::Engine> store_;
  std::unique_ptr<WorkerPool> pool_;
  kv::FaultEngine* faults_ = nullptr;  // owned by the database
  std::unique_ptr<database::Database> database_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Client> client_;
};

// A directory that is gone with it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A RocksDB in `directory`, with what else `options` say.
std::shared_ptr<kv::Engine> OpenStore(const TemporaryDirectory& directory,
                                      kv::RocksDbOptions options = {});

// Waits up to half a minute for `condition`; whether it came true.
bool Eventually(const std::function<bool()>& condition);

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_SERVER_H_
