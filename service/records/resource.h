// What is common to all kinds of resource: their messages, found by kind.
#ifndef HEADWATER_RECORDS_RESOURCE_H_
#define HEADWATER_RECORDS_RESOURCE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/relation.pb.h"
#include "headwater/v1/review.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/name.h"

namespace headwater::records {

// The kind whose message type is Resource.
template <class Resource>
inline constexpr keys::Kind kKindOf = [] {
  static_assert(sizeof(Resource) == 0, "not a resource");
  return keys::Kind::kSource;
}();
template <>
inline constexpr keys::Kind kKindOf<v1::Source> = keys::Kind::kSource;
template <>
inline constexpr keys::Kind kKindOf<v1::Document> = keys::Kind::kDocument;
template <>
inline constexpr keys::Kind kKindOf<v1::Claim> = keys::Kind::kClaim;
template <>
inline constexpr keys::Kind kKindOf<v1::Attribution> = keys::Kind::kAttribution;
template <>
inline constexpr keys::Kind kKindOf<v1::Relation> = keys::Kind::kRelation;
template <>
inline constexpr keys::Kind kKindOf<v1::Review> = keys::Kind::kReview;

using Message = google::protobuf::Message;

// The kind's message type, and a new empty message of it.
const google::protobuf::Descriptor* DescriptorOf(keys::Kind kind);
std::unique_ptr<Message> NewResource(keys::Kind kind);
// The kind of a resource's message type; nullopt for any other message.
std::optional<keys::Kind> KindOf(const google::protobuf::Descriptor* descriptor);

// The kind's message parsed from stored bytes; null where they are damaged.
std::unique_ptr<Message> ParseResource(keys::Kind kind, absl::string_view bytes);

// The message's bytes in the one form in which resources are stored and compared: fields by number,
// no unknown ones.
std::string Serialized(const Message& message);

// The message's field `name`, a string.
std::string StringField(const Message& message, const char* field);
void SetStringField(const char* field, std::string value, Message* message);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_RESOURCE_H_
