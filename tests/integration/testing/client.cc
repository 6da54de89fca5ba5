#include "testing/client.h"

#include <grpcpp/generic/generic_stub.h>

#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace headwater::integration {
namespace {

std::shared_ptr<grpc::Channel> NewChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToString(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

template <class Stub, class Request, class Response>
std::string DumpList(const Client& client,
                     grpc::Status (Stub::*list)(grpc::ClientContext*, const Request&, Response*)) {
  Request request;
  request.set_page_size(1000);
  request.set_show_deleted(true);
  if constexpr (requires { request.set_parent(""); }) request.set_parent("claims/-");
  std::string dump;
  do {
    const Answer<Response> page = client.Call(list, request);
    if (!page.ok()) return Show(page.status);
    absl::StrAppend(&dump, page.message.DebugString());
    request.set_page_token(page.message.next_page_token());
  } while (!request.page_token().empty());
  return dump;
}

}  // namespace

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  return details;
}

std::vector<std::string> BadFields(const grpc::Status& status) {
  std::vector<std::string> fields;
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& violation : bad.field_violations()) {
    fields.push_back(violation.field());
  }
  return fields;
}

std::string ReasonOf(const grpc::Status& status) {
  return DetailOf<google::rpc::ErrorInfo>(status).reason();
}

std::string Show(const grpc::Status& status) {
  return absl::StrCat("code ", static_cast<int>(status.error_code()), " [",
                      absl::StrJoin(BadFields(status), ", "), "] ", status.error_message());
}

Client::Client(const std::string& address)
    : channel_(NewChannel(address)),
      stubs_(std::make_shared<Stubs>(
          v1::SourceService::NewStub(channel_), v1::DocumentService::NewStub(channel_),
          v1::ClaimService::NewStub(channel_), v1::AttributionService::NewStub(channel_),
          v1::RelationService::NewStub(channel_), v1::ReviewService::NewStub(channel_),
          v1::ProvenanceService::NewStub(channel_))) {}

grpc::Status Client::CallRaw(const std::string& path, const std::string& request,
                             std::string* response, const Prepare& prepare) const {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  if (prepare) prepare(&context);
  const grpc::ByteBuffer sent = ToBuffer(request);
  grpc::ByteBuffer received;
  auto done = std::make_shared<std::promise<grpc::Status>>();
  stub.UnaryCall(&context, path, grpc::StubOptions(), &sent, &received,
                 [done](grpc::Status status) { done->set_value(std::move(status)); });
  grpc::Status status = done->get_future().get();
  if (response != nullptr) *response = ToString(received);
  return status;
}

std::string DumpAll(const Client& client) {
  std::string dump = absl::StrCat(
      DumpList(client, &Sources::ListSources), DumpList(client, &Documents::ListDocuments),
      DumpList(client, &Claims::ListClaims), DumpList(client, &Attributions::ListAttributions),
      DumpList(client, &Relations::ListRelations), DumpList(client, &Reviews::ListReviews));
  v1::ListClaimsRequest every;
  every.set_page_size(1000);
  const auto claims = client.Call(&Claims::ListClaims, every);
  for (const v1::Claim& claim : claims.message.claims()) {
    v1::TraceClaimRequest request;
    request.set_name(claim.name());
    absl::StrAppend(&dump, client.Call(&Provenance::TraceClaim, request).message.DebugString());
  }
  return dump;
}

}  // namespace headwater::integration
