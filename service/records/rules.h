// Checks messages against the rules in their protos (headwater.v1.rule). One walker for every field
// of every resource and request: a field with a rule is a checked field.
#ifndef HEADWATER_RECORDS_RULES_H_
#define HEADWATER_RECORDS_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace headwater::records {

// A field that is wrong: google.rpc.BadRequest.FieldViolation.
struct Violation {
  std::string field;        // path from the request: "claim.translations[2].language"
  std::string description;  // what is wrong and what would be right
};

// The most violations that a check collects; the rest would not help.
inline constexpr size_t kMaxViolations = 20;

// Checks a resource whole: every rule of every field, in depth, unknown fields and enum numbers,
// UTF-8, NFC, references' form. Paths begin with `path` ("claim"; empty for none). Appends what is
// wrong to `violations`, at most up to kMaxViolations.
void CheckResource(const google::protobuf::Message& resource, absl::string_view path,
                   std::vector<Violation>* violations);

// Checks a request, but not the resources in it, which may be partial; that required ones are there
// it does check. A field `parent` may be "claims/-".
void CheckRequest(const google::protobuf::Message& request, std::vector<Violation>* violations);

// Clears every field that the server makes, the etag among them. They all stand at the top of a
// resource.
void ClearServerMade(google::protobuf::Message* resource);

// Whether clients may not change the field by an update.
bool IsServerMade(const google::protobuf::FieldDescriptor* field);
bool IsImmutable(const google::protobuf::FieldDescriptor* field);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_RULES_H_
