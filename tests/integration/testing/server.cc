#include "testing/server.h"

#include <stdlib.h>

#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "kv/memory_engine.h"
#include "request/methods.h"

namespace headwater::integration {

TestServer::TestServer(Setup setup)
    : setup_(std::move(setup)),
      store_(setup_.engine != nullptr ? setup_.engine
                                      : std::shared_ptr<kv::Engine>(kv::NewMemoryEngine())) {
  Start();
}

TestServer::~TestServer() { Stop(absl::Seconds(5)); }

void TestServer::Start() {
  pool_ = std::make_unique<WorkerPool>(setup_.threads, setup_.max_queued);
  auto faults = std::make_unique<kv::FaultEngine>(store_);
  faults_ = faults.get();
  database_ =
      database::Database::Open(std::move(faults), {.pool = pool_.get(),
                                                   .max_queued_writes = setup_.max_queued_writes,
                                                   .follow = setup_.follow,
                                                   .follow_limits = setup_.follow_limits,
                                                   .index_limits = setup_.index_limits,
                                                   .suggest = setup_.suggest,
                                                   .suggest_limits = setup_.suggest_limits})
          .value();
  server_ = rpc::Server::Start(request::AllMethods(database_.get()), pool_.get(),
                               {.listen = "127.0.0.1:0"})
                .value();
  client_ = std::make_unique<Client>(server_->address());
}

void TestServer::Stop(absl::Duration grace) {
  server_->Shutdown(grace);
  server_.reset();
  database_.reset();
  pool_.reset();
}

void TestServer::Restart(absl::Duration grace) {
  Stop(grace);
  Start();
}

std::string TestServer::Rows() const {
  std::string rows;
  const auto snapshot = store_->TakeSnapshot().value();
  for (const kv::Keyspace keyspace : kv::kAllKeyspaces) {
    absl::StrAppend(&rows, static_cast<int>(keyspace), ":\n");
    auto cursor = snapshot->Range(keyspace, "", std::string(64, '\xff'), kv::Patience::kMayWait);
    for (; cursor->Valid(); cursor->Next()) {
      rows.append(cursor->key().data(), cursor->key().size());
      rows.push_back('=');
      rows.append(cursor->value().data(), cursor->value().size());
      rows.push_back('\n');
    }
    EXPECT_TRUE(cursor->status().ok()) << cursor->status();
  }
  return rows;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = std::filesystem::temp_directory_path() / "headwater-XXXXXX";
  EXPECT_NE(mkdtemp(pattern.data()), nullptr);
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::shared_ptr<kv::Engine> OpenStore(const TemporaryDirectory& directory,
                                      kv::RocksDbOptions options) {
  options.directory = directory.path() / "data";
  return kv::OpenRocksDb(options).value();
}

bool Eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace headwater::integration
