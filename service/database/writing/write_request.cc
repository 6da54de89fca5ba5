#include "database/writing/write_request.h"

#include "absl/strings/ascii.h"

namespace headwater::database::internal {

KindFields::KindFields(keys::Kind kind, const google::protobuf::Descriptor& request) {
  const std::string word = absl::AsciiStrToLower(KindName(kind));
  resource = request.FindFieldByName(word);
  id = request.FindFieldByName(word + "_id");
}

std::unique_ptr<records::Message> TakeResource(keys::Kind kind, const KindFields& fields,
                                               records::Message* request) {
  std::unique_ptr<records::Message> resource(
      request->GetReflection()->ReleaseMessage(request, fields.resource));
  return resource != nullptr ? std::move(resource) : records::NewResource(kind);
}

std::string IdIn(const KindFields& fields, const records::Message& request) {
  return request.GetReflection()->GetString(request, fields.id);
}

}  // namespace headwater::database::internal
