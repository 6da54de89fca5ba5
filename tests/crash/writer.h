// A client that writes until the server dies, and remembers what it was told.
#ifndef HEADWATER_TESTS_CRASH_WRITER_H_
#define HEADWATER_TESTS_CRASH_WRITER_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "headwater/v1/claim_service.grpc.pb.h"

namespace headwater::crash {

// A write that was acknowledged: at this sequence the claim stood so.
struct Acknowledged {
  std::string name;
  int64_t sequence = 0;
  std::string text;
  bool deleted = false;
};

// What the writer knows of the world, over all rounds. One thread at a time.
class Writer {
 public:
  // Writers with different numbers touch different claims, but for a few that they all update.
  explicit Writer(int number) : number_(number), random_(static_cast<uint32_t>(number)) {}

  // Writes to the server until a call fails for its death. Each write has a request id; of the last
  // one the outcome is unknown.
  void WriteUntilDeath(const std::shared_ptr<grpc::Channel>& channel);

  // Checks, against the restarted server: each acknowledged write of this round is in the history
  // as it was acknowledged; the write in doubt, if it was a batch, is there whole or not at all;
  // sent again with its request id it succeeds, once. Returns what is wrong, in words.
  std::vector<std::string> Verify(const std::shared_ptr<grpc::Channel>& channel);

  size_t acknowledged_count() const { return acknowledged_count_; }

 private:
  using Stub = std::unique_ptr<v1::ClaimService::Stub>;

  // One write, of a random sort. False once the server is gone.
  bool WriteOnce(v1::ClaimService::Stub* stub);
  bool Create(v1::ClaimService::Stub* stub);
  bool CreateBatch(v1::ClaimService::Stub* stub);
  bool Update(v1::ClaimService::Stub* stub);
  bool Delete(v1::ClaimService::Stub* stub);
  void Acknowledge(const v1::Claim& claim);
  std::string NewText();
  std::string NewRequestId();

  void VerifyHistory(v1::ClaimService::Stub* stub, std::vector<std::string>* wrong);
  void VerifyDoubtfulBatch(v1::ClaimService::Stub* stub, std::vector<std::string>* wrong);

  const int number_;
  std::mt19937 random_;
  uint64_t made_ = 0;  // claims, texts and request ids so far
  size_t acknowledged_count_ = 0;
  std::vector<std::string> live_;  // names of claims that this writer made and did not delete
  std::vector<Acknowledged> round_;
  v1::BatchCreateClaimsRequest
      doubtful_batch_;  // the batch whose answer never came; empty for none
};

}  // namespace headwater::crash

#endif  // HEADWATER_TESTS_CRASH_WRITER_H_
