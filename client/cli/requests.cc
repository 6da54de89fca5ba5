#include "cli/requests.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "headwater/client.h"

namespace headwater::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;

// The file of the kind's service. Named one by one, so that the linker keeps them.
const FileDescriptor& ServiceFile(const Kind& kind) {
  for (const Descriptor* type :
       {v1::GetSourceRequest::descriptor(), v1::GetDocumentRequest::descriptor(),
        v1::GetClaimRequest::descriptor(), v1::GetAttributionRequest::descriptor(),
        v1::GetRelationRequest::descriptor(), v1::GetReviewRequest::descriptor()}) {
    if (type->name() == absl::StrCat("Get", kind.type, "Request")) return *type->file();
  }
  return *v1::GetClaimRequest::descriptor()->file();
}

const FieldDescriptor* Find(const Message& message, absl::string_view field) {
  return message.GetDescriptor()->FindFieldByName(std::string(field));
}

}  // namespace

const Descriptor* RequestType(const Kind& kind, absl::string_view verb) {
  std::string name;
  if (verb == "ListRevisions") {
    name = absl::StrCat("List", kind.type, "RevisionsRequest");
  } else {
    const bool plural = verb == "List" || absl::StartsWith(verb, "Batch");
    name = absl::StrCat(verb, kind.type, plural ? "s" : "", "Request");
  }
  return ServiceFile(kind).FindMessageTypeByName(name);
}

MessagePtr NewMessage(const Descriptor& type) {
  return MessagePtr(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

MessagePtr NewRequest(const Kind& kind, absl::string_view verb) {
  return NewMessage(*RequestType(kind, verb));
}

MessagePtr NewResponse(const Message& request) {
  return NewMessage(*MethodFor(*request.GetDescriptor())->output_type());
}

void SetField(Message* message, absl::string_view field, const std::string& value) {
  if (const FieldDescriptor* found = Find(*message, field); found != nullptr) {
    message->GetReflection()->SetString(message, found, value);
  }
}

void SetField(Message* message, absl::string_view field, bool value) {
  if (const FieldDescriptor* found = Find(*message, field); found != nullptr) {
    message->GetReflection()->SetBool(message, found, value);
  }
}

void SetField(Message* message, absl::string_view field, int value) {
  if (const FieldDescriptor* found = Find(*message, field); found != nullptr) {
    message->GetReflection()->SetInt32(message, found, value);
  }
}

void SetReadPoint(Message* request, const v1::ReadOptions& read) {
  if (const FieldDescriptor* found = Find(*request, "read"); found != nullptr) {
    request->GetReflection()->MutableMessage(request, found)->CopyFrom(read);
  }
}

Message* MutableResource(Message* request, const Kind& kind) {
  return request->GetReflection()->MutableMessage(request, Find(*request, kind.word));
}

const FieldDescriptor& ItemsField(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  int i = 0;
  while (!type.field(i)->is_repeated()) ++i;
  return *type.field(i);
}

}  // namespace headwater::cli
