#include "database/write_request.h"

#include "absl/strings/ascii.h"

namespace headwater::database {
namespace {

const google::protobuf::FieldDescriptor* ResourceField(keys::Kind kind,
                                                       const records::Message& request) {
  return request.GetDescriptor()->FindFieldByName(absl::AsciiStrToLower(KindName(kind)));
}

}  // namespace

std::unique_ptr<records::Message> TakeResource(keys::Kind kind, records::Message* request) {
  std::unique_ptr<records::Message> resource = records::NewResource(kind);
  records::Message* there =
      request->GetReflection()->MutableMessage(request, ResourceField(kind, *request));
  resource->GetReflection()->Swap(resource.get(), there);
  return resource;
}

std::string IdIn(keys::Kind kind, const records::Message& request) {
  const std::string field = absl::StrCat(absl::AsciiStrToLower(KindName(kind)), "_id");
  return records::StringField(request, field.c_str());
}

}  // namespace headwater::database
