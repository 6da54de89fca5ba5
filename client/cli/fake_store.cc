#include "cli/fake_store.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "headwater/v1/exchange_service.pb.h"

namespace headwater::cli {
namespace {

using google::protobuf::Message;

constexpr int kPage = 2;

grpc::Status Refuse(grpc::StatusCode code, const std::string& message, const Message& detail) {
  google::rpc::Status details;
  details.set_code(code);
  details.set_message(message);
  details.add_details()->PackFrom(detail);
  return grpc::Status(code, message, details.SerializeAsString());
}

grpc::Status Missing(const std::string& name) {
  google::rpc::ResourceInfo info;
  info.set_resource_name(name);
  return Refuse(grpc::StatusCode::NOT_FOUND, "there is no " + name, info);
}

std::string Text(const Message& message, const char* field) {
  const auto* found = message.GetDescriptor()->FindFieldByName(field);
  return found == nullptr ? "" : message.GetReflection()->GetString(message, found);
}

const Message& Inside(const Message& request, const Kind& kind) {
  return request.GetReflection()->GetMessage(request,
                                             request.GetDescriptor()->FindFieldByName(kind.word));
}

}  // namespace

std::vector<internal::FakeServer::Call> FakeStore::calls() {
  const std::lock_guard lock(mutex_);
  return calls_;
}

int FakeStore::CountCalls(const std::string& method) {
  const auto all = calls();
  return static_cast<int>(std::count_if(all.begin(), all.end(),
                                        [&](const auto& call) { return call.method == method; }));
}

grpc::Status FakeStore::Answer(internal::FakeServer::Call& call) {
  const std::lock_guard lock(mutex_);
  calls_.push_back(call);
  if (call.method == "Export") return Export(&call.response);
  if (const auto given = answers_.find(call.method); given != answers_.end()) {
    call.response = given->second.front();
    if (given->second.size() > 1) given->second.pop_front();
    return grpc::Status::OK;
  }
  for (const Kind& kind : exchange::Kinds()) {
    for (const char* verb : {"Get", "List", "Create", "Update"}) {
      const MessagePtr request = NewRequest(kind, verb);
      if (request->GetDescriptor()->name() != call.method + "Request") continue;
      request->ParseFromString(call.request);
      const MessagePtr response = NewResponse(*request);
      grpc::Status status;
      if (absl::StartsWith(verb, "Get")) status = Get(*request, response.get());
      if (absl::StartsWith(verb, "List")) status = List(kind, *request, response.get());
      if (absl::StartsWith(verb, "Create")) status = Create(kind, *request, response.get());
      call.response = response->SerializeAsString();
      return status;
    }
  }
  return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, call.method);
}

grpc::Status FakeStore::Get(const Message& request, Message* response) {
  const auto found = records_.find(Text(request, "name"));
  if (found == records_.end()) return Missing(Text(request, "name"));
  response->CopyFrom(exchange::ResourceIn(found->second, *exchange::KindOf(found->second)));
  return grpc::Status::OK;
}

grpc::Status FakeStore::List(const Kind& kind, const Message& request, Message* response) {
  const std::string after = Text(request, "page_token");
  int count = 0;
  for (const auto& [name, record] : records_) {
    if (exchange::KindOf(record) != &kind || name <= after) continue;
    if (count == kPage) {
      const auto& items = ItemsField(*response);
      SetField(response, "next_page_token",
               exchange::NameOf(
                   response->GetReflection()->GetRepeatedMessage(*response, &items, kPage - 1)));
      break;
    }
    response->GetReflection()
        ->AddMessage(response, &ItemsField(*response))
        ->CopyFrom(exchange::ResourceIn(record, kind));
    ++count;
  }
  response->GetReflection()->SetInt64(
      response, response->GetDescriptor()->FindFieldByName("read_sequence"), 42);
  return grpc::Status::OK;
}

grpc::Status FakeStore::Export(std::string* response) {
  v1::ExportResponse piece;
  for (const Kind& kind : exchange::Kinds()) {
    for (const auto& [name, record] : records_) {
      if (exchange::KindOf(record) == &kind) *piece.add_records() = record;
    }
  }
  piece.set_read_sequence(42);
  *response = piece.SerializeAsString();
  return grpc::Status::OK;
}

grpc::Status FakeStore::Create(const Kind& kind, const Message& request, Message* response) {
  response->CopyFrom(Inside(request, kind));
  const std::string parent = Text(request, "parent");
  const std::string id = Text(request, absl::StrCat(kind.word, "_id").c_str());
  SetField(response, "name",
           absl::StrCat(parent, parent.empty() ? "" : "/", kind.collection, "/", id));
  v1::Record record;
  exchange::MutableResourceIn(&record, kind)->CopyFrom(*response);
  records_[exchange::NameOf(*response)] = record;
  return grpc::Status::OK;
}

}  // namespace headwater::cli
