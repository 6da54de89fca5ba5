// For the integration tests: a client of every service, over generated stubs or over bytes.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_CLIENT_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_CLIENT_H_

#include <google/protobuf/text_format.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "headwater/v1/attribution_service.grpc.pb.h"
#include "headwater/v1/claim_service.grpc.pb.h"
#include "headwater/v1/document_service.grpc.pb.h"
#include "headwater/v1/provenance_service.grpc.pb.h"
#include "headwater/v1/relation_service.grpc.pb.h"
#include "headwater/v1/review_service.grpc.pb.h"
#include "headwater/v1/source_service.grpc.pb.h"

namespace headwater::integration {

using Sources = v1::SourceService::Stub;
using Documents = v1::DocumentService::Stub;
using Claims = v1::ClaimService::Stub;
using Attributions = v1::AttributionService::Stub;
using Relations = v1::RelationService::Stub;
using Reviews = v1::ReviewService::Stub;
using Provenance = v1::ProvenanceService::Stub;

// A message from protobuf's text format; the test fails where it is none.
template <class Message>
Message From(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

// What came with an error.
google::rpc::Status DetailsOf(const grpc::Status& status);
// The detail of that type; empty where there is none.
template <class Detail>
Detail DetailOf(const grpc::Status& status) {
  Detail detail;
  const google::rpc::Status details = DetailsOf(status);
  for (const google::protobuf::Any& any : details.details()) {
    if (any.UnpackTo(&detail)) break;
  }
  return detail;
}
// The fields that a BadRequest names.
std::vector<std::string> BadFields(const grpc::Status& status);
// ErrorInfo's reason.
std::string ReasonOf(const grpc::Status& status);
// "INVALID_ARGUMENT claim.text: claim.text is required", for messages of failures.
std::string Show(const grpc::Status& status);

template <class Response>
struct Answer {
  grpc::Status status;
  Response message;

  bool ok() const { return status.ok(); }
  grpc::StatusCode code() const { return status.error_code(); }
};

// One channel with a connection of its own. Any thread.
class Client {
 public:
  // What a call is sent with.
  using Prepare = std::function<void(grpc::ClientContext*)>;

  explicit Client(const std::string& address);

  // One call through a generated stub: Call(&Claims::GetClaim, request).
  template <class Stub, class Request, class Response>
  Answer<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request, const Prepare& prepare = {}) const {
    grpc::ClientContext context;
    if (prepare) prepare(&context);
    Answer<Response> answer;
    answer.status = (stub<Stub>()->*method)(&context, request, &answer.message);
    return answer;
  }

  // One call over bytes: "/headwater.v1.ClaimService/GetClaim".
  grpc::Status CallRaw(const std::string& path, const std::string& request,
                       std::string* response = nullptr, const Prepare& prepare = {}) const;

  template <class Stub>
  Stub* stub() const {
    return std::get<std::unique_ptr<Stub>>(*stubs_).get();
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  using Stubs =
      std::tuple<std::unique_ptr<Sources>, std::unique_ptr<Documents>, std::unique_ptr<Claims>,
                 std::unique_ptr<Attributions>, std::unique_ptr<Relations>,
                 std::unique_ptr<Reviews>, std::unique_ptr<Provenance>>;

  std::shared_ptr<grpc::Channel> channel_;
  std::shared_ptr<Stubs> stubs_;
};

// Every list of the server with all its pages and deleted ones, and its trace of each claim, as
// text: what a client can see.
std::string DumpAll(const Client& client);

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_CLIENT_H_
