// The six kinds of resource, in the order in which one can be built on another.
#ifndef HEADWATER_EXCHANGE_KINDS_H_
#define HEADWATER_EXCHANGE_KINDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

struct Kind {
  std::string word;        // "claim": as in Record and on the command line
  std::string collection;  // "claims": as in names
  std::string type;        // "Claim": as in messages and rules
  bool in_claim;           // whether it belongs to a claim: claims/{claim}/{collection}/{id}
  const google::protobuf::FieldDescriptor* record_field;  // its place in v1::Record

  const google::protobuf::Descriptor& resource() const { return *record_field->message_type(); }
};

// All kinds: sources, documents, claims, attributions, relations, reviews. A resource refers to
// resources of earlier kinds and of its own, never of later ones.
const std::vector<Kind>& Kinds();

// The kind of that word ("claim") or type ("Claim"); null for others.
const Kind* FindKind(absl::string_view word_or_type);

// The kind that a full name is of: "claims/x/reviews/y" is a review. Null where it is no name.
const Kind* KindOfName(absl::string_view name);

// The kind in a record, and its resource; null where it is empty.
const Kind* KindOf(const v1::Record& record);
const google::protobuf::Message& ResourceIn(const v1::Record& record, const Kind& kind);
google::protobuf::Message* MutableResourceIn(v1::Record* record, const Kind& kind);

// A resource's name.
std::string NameOf(const google::protobuf::Message& resource);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_KINDS_H_
