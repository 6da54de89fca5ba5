// What Headwater is held against: gRPC alone, RocksDB alone, and the two with nothing between.
#ifndef HEADWATER_TESTS_BENCH_BARE_H_
#define HEADWATER_TESTS_BENCH_BARE_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "headwater/v1/attribution_service.grpc.pb.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "keys/name.h"
#include "kv/rocksdb_instance.h"
#include "recorder.h"

namespace headwater::bench {

// Generated callback code on a free port of loopback.
class BareServer {
 public:
  explicit BareServer(grpc::Service* service);
  const std::string& address() const { return address_; }

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

// Answers every GetClaim with the same message.
class Echo final : public v1::ClaimService::CallbackService {
 public:
  // The answer's size, in bytes. Not while calls are under way.
  void SetAnswerBytes(size_t bytes);
  // A request of `bytes` bytes.
  static std::string Request(size_t bytes);

 private:
  grpc::ServerUnaryReactor* GetClaim(grpc::CallbackServerContext* context,
                                     const v1::GetClaimRequest*, v1::Claim* response) override;
  v1::Claim answer_;
};

// RocksDB with Headwater's rows and options, used directly.
class BareStore {
 public:
  // Opens a copy of Headwater's store. Aborts where it cannot.
  explicit BareStore(const std::string& directory);

  // The gets and scans behind GetClaim, ListAttributions and TraceClaim, made and thrown away.
  void GetClaim(const keys::Name& claim) const;
  void ListAttributions(const keys::Name& claim) const;
  void TraceClaim(const keys::Name& claim) const;

  // Puts, by one synced write, the rows of the attributions `names`, as `recorded` shows them for
  // one of the same sizes. One thread at a time.
  void Create(const RecordedWrite& recorded, absl::Span<const keys::Name> names);

 private:
  std::string Get(kv::Keyspace keyspace, const std::string& key) const;
  std::string Latest(const keys::Name& name) const;

  std::shared_ptr<kv::RocksDbInstance> instance_;
  uint64_t sequence_ = uint64_t{1} << 20;
};

// Answers CreateAttribution once its rows are on disk, those of all who wait by one synced write.
class GroupCommitter final : public v1::AttributionService::CallbackService {
 public:
  GroupCommitter(BareStore* store, const RecordedWrite* recorded);
  ~GroupCommitter() override;

 private:
  struct Waiting {
    keys::Name name;
    grpc::ServerUnaryReactor* reactor;
  };
  grpc::ServerUnaryReactor* CreateAttribution(grpc::CallbackServerContext* context,
                                              const v1::CreateAttributionRequest* request,
                                              v1::Attribution* response) override;
  void Run();

  BareStore* const store_;
  const RecordedWrite* const recorded_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::thread thread_;
};

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_BARE_H_
