// Requests for any kind of resource, made by name.
#ifndef HEADWATER_CLI_REQUESTS_H_
#define HEADWATER_CLI_REQUESTS_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "exchange/kinds.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/v1/common.pb.h"

namespace headwater::cli {

using exchange::Kind;
using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// The type of a kind's request: "Get" for a claim gives GetClaimRequest; "List", "BatchGet" and
// "BatchCreate" take the plural, "List…Revisions" is asked for as "ListRevisions". Every kind has
// these, Get, Create, Update, Delete and Undelete; null where a kind has no such method
// ("Withdraw").
const google::protobuf::Descriptor* RequestType(const Kind& kind, absl::string_view verb);

// A new message of a type.
MessagePtr NewMessage(const google::protobuf::Descriptor& type);

// A new request; the kind must have the method.
MessagePtr NewRequest(const Kind& kind, absl::string_view verb);

// A new, empty answer to a request.
MessagePtr NewResponse(const google::protobuf::Message& request);

// Set a field by its name; nothing happens where the message has none.
void SetField(google::protobuf::Message* message, absl::string_view field,
              const std::string& value);
void SetField(google::protobuf::Message* message, absl::string_view field, bool value);
void SetField(google::protobuf::Message* message, absl::string_view field, int value);
void SetReadPoint(google::protobuf::Message* request, const v1::ReadOptions& read);

// The resource inside a Create or Update request.
google::protobuf::Message* MutableResource(google::protobuf::Message* request, const Kind& kind);

// The list in a List or Batch response or a Batch request: its first repeated field.
const google::protobuf::FieldDescriptor& ItemsField(const google::protobuf::Message& message);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_REQUESTS_H_
