#include "records/resource.h"

#include <array>

#include <utility>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace headwater::records {
namespace {

const Message& Prototype(keys::Kind kind) {
  switch (kind) {
    case keys::Kind::kSource:
      return v1::Source::default_instance();
    case keys::Kind::kDocument:
      return v1::Document::default_instance();
    case keys::Kind::kClaim:
      return v1::Claim::default_instance();
    case keys::Kind::kAttribution:
      return v1::Attribution::default_instance();
    case keys::Kind::kRelation:
      return v1::Relation::default_instance();
    case keys::Kind::kReview:
      return v1::Review::default_instance();
  }
  return v1::Source::default_instance();
}

}  // namespace

const google::protobuf::Descriptor* DescriptorOf(keys::Kind kind) {
  return Prototype(kind).GetDescriptor();
}

std::unique_ptr<Message> NewResource(keys::Kind kind) {
  return std::unique_ptr<Message>(Prototype(kind).New());
}

std::optional<keys::Kind> KindOf(const google::protobuf::Descriptor* descriptor) {
  static const auto* const descriptors = [] {
    auto* all = new std::array<const google::protobuf::Descriptor*, keys::kAllKinds.size()>;
    for (size_t i = 0; i < all->size(); ++i) (*all)[i] = DescriptorOf(keys::kAllKinds[i]);
    return all;
  }();
  for (size_t i = 0; i < descriptors->size(); ++i) {
    if ((*descriptors)[i] == descriptor) return keys::kAllKinds[i];
  }
  return std::nullopt;
}

std::unique_ptr<Message> ParseResource(keys::Kind kind, absl::string_view bytes) {
  std::unique_ptr<Message> message = NewResource(kind);
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return nullptr;
  return message;
}

std::string Serialized(const Message& message) {
  std::string bytes;
  bytes.reserve(message.ByteSizeLong());
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  coded.Trim();
  return bytes;
}

std::string StringField(const Message& message, const char* field) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

void SetStringField(const char* field, std::string value, Message* message) {
  message->GetReflection()->SetString(message, message->GetDescriptor()->FindFieldByName(field),
                                      std::move(value));
}

}  // namespace headwater::records
