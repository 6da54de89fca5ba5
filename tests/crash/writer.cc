#include "writer.h"

#include <chrono>
#include <utility>

#include "grpcpp/client_context.h"
#include "headwater/v1/claim_service.grpc.pb.h"

namespace headwater::crash {
namespace {

constexpr int kShared = 4;  // claims that all writers update
constexpr int kBatch = 20;
constexpr auto kPatience = std::chrono::seconds(10);

template <class Method, class Request, class Response>
grpc::Status Call(v1::ClaimService::Stub* stub, Method method, const Request& request,
                  Response* response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  return (stub->*method)(&context, request, response);
}

bool IsDeath(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
}

v1::Claim ClaimOf(const std::string& text) {
  v1::Claim claim;
  claim.set_text(text);
  claim.set_language("en");
  claim.set_nature(v1::CLAIM_NATURE_FACT);
  claim.add_tags("crash");
  return claim;
}

using Service = v1::ClaimService::Stub;

}  // namespace

std::string Writer::NewText() {
  return "Statement " + std::to_string(++made_) + " of writer " + std::to_string(number_) + ".";
}

std::string Writer::NewRequestId() {
  return "w" + std::to_string(number_) + "-" + std::to_string(++made_);
}

void Writer::Acknowledge(const v1::Claim& claim) {
  ++acknowledged_count_;
  round_.push_back({claim.name(), claim.sequence(), claim.text(), claim.has_delete_time()});
}

void Writer::WriteUntilDeath(const std::shared_ptr<grpc::Channel>& channel) {
  const Stub stub = v1::ClaimService::NewStub(channel);
  while (WriteOnce(stub.get())) {
  }
}

bool Writer::WriteOnce(Service* stub) {
  const unsigned choice = random_() % 10;
  if (choice < 4 || live_.empty()) return Create(stub);
  if (choice < 5) return CreateBatch(stub);
  if (choice < 9) return Update(stub);
  return Delete(stub);
}

bool Writer::Create(Service* stub) {
  v1::CreateClaimRequest request;
  request.set_claim_id("w" + std::to_string(number_) + "-c" + std::to_string(++made_));
  *request.mutable_claim() = ClaimOf(NewText());
  request.set_request_id(NewRequestId());
  v1::Claim claim;
  const grpc::Status status = Call(stub, &Service::CreateClaim, request, &claim);
  if (!status.ok()) return !IsDeath(status);
  Acknowledge(claim);
  live_.push_back(claim.name());
  return true;
}

bool Writer::CreateBatch(Service* stub) {
  v1::BatchCreateClaimsRequest request;
  const uint64_t batch = ++made_;
  for (int i = 0; i < kBatch; ++i) {
    v1::CreateClaimRequest* one = request.add_requests();
    one->set_claim_id("w" + std::to_string(number_) + "-b" + std::to_string(batch) + "-" +
                      std::to_string(i));
    *one->mutable_claim() = ClaimOf(NewText());
  }
  request.set_request_id(NewRequestId());
  v1::BatchCreateClaimsResponse response;
  const grpc::Status status = Call(stub, &Service::BatchCreateClaims, request, &response);
  if (!status.ok()) {
    if (IsDeath(status)) doubtful_batch_ = std::move(request);
    return !IsDeath(status);
  }
  for (const v1::Claim& claim : response.claims()) Acknowledge(claim);
  return true;
}

bool Writer::Update(Service* stub) {
  v1::UpdateClaimRequest request;
  const bool shared = random_() % 4 == 0;
  *request.mutable_claim() = ClaimOf(NewText());
  request.mutable_claim()->set_name(shared ? "claims/shared-" + std::to_string(random_() % kShared)
                                           : live_[random_() % live_.size()]);
  // A fact stands somewhere, an opinion nowhere: what the follower keeps changes too.
  if (random_() % 2 == 0) request.mutable_claim()->set_nature(v1::CLAIM_NATURE_OPINION);
  request.set_request_id(NewRequestId());
  v1::Claim claim;
  const grpc::Status status = Call(stub, &Service::UpdateClaim, request, &claim);
  if (!status.ok()) return !IsDeath(status);
  Acknowledge(claim);
  return true;
}

bool Writer::Delete(Service* stub) {
  v1::DeleteClaimRequest request;
  const size_t place = random_() % live_.size();
  request.set_name(live_[place]);
  request.set_reason("to see whether it stays deleted");
  request.set_request_id(NewRequestId());
  v1::Claim claim;
  const grpc::Status status = Call(stub, &Service::DeleteClaim, request, &claim);
  // Whether or not it came through, this writer does not touch it again.
  live_.erase(live_.begin() + static_cast<std::ptrdiff_t>(place));
  if (!status.ok()) return !IsDeath(status);
  Acknowledge(claim);
  return true;
}

std::vector<std::string> Writer::Verify(const std::shared_ptr<grpc::Channel>& channel) {
  const Stub stub = v1::ClaimService::NewStub(channel);
  std::vector<std::string> wrong;
  VerifyHistory(stub.get(), &wrong);
  VerifyDoubtfulBatch(stub.get(), &wrong);
  round_.clear();
  doubtful_batch_.Clear();
  return wrong;
}

void Writer::VerifyHistory(Service* stub, std::vector<std::string>* wrong) {
  for (const Acknowledged& write : round_) {
    v1::ListClaimRevisionsRequest request;
    request.set_name(write.name);
    request.set_page_size(1000);
    bool found = false;
    do {
      v1::ListClaimRevisionsResponse response;
      const grpc::Status status = Call(stub, &Service::ListClaimRevisions, request, &response);
      if (!status.ok()) {
        wrong->push_back(write.name + ": " + status.error_message());
        break;
      }
      for (const v1::Revision& revision : response.revisions()) {
        found = found || (revision.sequence() == write.sequence &&
                          revision.record().claim().text() == write.text &&
                          revision.record().claim().has_delete_time() == write.deleted);
      }
      request.set_page_token(response.next_page_token());
    } while (!found && !request.page_token().empty());
    if (!found)
      wrong->push_back(write.name + " was acknowledged at " + std::to_string(write.sequence) +
                       " and is lost");
  }
}

void Writer::VerifyDoubtfulBatch(Service* stub, std::vector<std::string>* wrong) {
  if (doubtful_batch_.requests_size() == 0) return;
  int there = 0;
  for (const v1::CreateClaimRequest& one : doubtful_batch_.requests()) {
    v1::GetClaimRequest request;
    request.set_name("claims/" + one.claim_id());
    v1::Claim claim;
    if (Call(stub, &Service::GetClaim, request, &claim).ok()) ++there;
  }
  if (there != 0 && there != doubtful_batch_.requests_size()) {
    wrong->push_back("of a batch of " + std::to_string(doubtful_batch_.requests_size()) + " only " +
                     std::to_string(there) + " are there");
  }
  v1::BatchCreateClaimsResponse response;
  const grpc::Status status = Call(stub, &Service::BatchCreateClaims, doubtful_batch_, &response);
  if (!status.ok())
    wrong->push_back("a batch sent again with its request id: " + status.error_message());
}

}  // namespace headwater::crash
