// What can be done to any resource by the rules of its fields.
#ifndef HEADWATER_EXCHANGE_FIELDS_H_
#define HEADWATER_EXCHANGE_FIELDS_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/v1/rules.pb.h"

namespace headwater::exchange {

// The field's rule; an empty one where it has none.
const v1::FieldRule& RuleOf(const google::protobuf::FieldDescriptor& field);

// Whether the server makes it: an output_only field, or the etag.
bool IsServerMade(const google::protobuf::FieldDescriptor& field);

// Clears what the server makes: what is left is the resource as somebody wrote it.
void ClearServerMade(google::protobuf::Message* resource);

// The names in all reference fields of the message, those inside others included.
std::vector<std::string> ReferencesIn(const google::protobuf::Message& message);

// One field that two resources of a kind do not agree on.
struct Difference {
  std::string path;    // "quote.cue", "aliases"
  std::string before;  // its value as JSON; empty where it is not set
  std::string after;
};

// Where two messages of one type differ, field by field in the order of their declaration, messages
// inside them too; lists are compared whole. Server-made fields are left out.
std::vector<Difference> Differences(const google::protobuf::Message& before,
                                    const google::protobuf::Message& after);

// The value of a field as JSON, `"Financial Times"` or `["FT"]`; empty where it is not set.
std::string FieldAsJson(const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FIELDS_H_
