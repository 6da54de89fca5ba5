// The rules of a message type, read from its descriptor once and laid out for quick checking.
#ifndef HEADWATER_RECORDS_RULE_PLAN_H_
#define HEADWATER_RECORDS_RULE_PLAN_H_

#include <memory>
#include <optional>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/v1/rules.pb.h"
#include "keys/kind.h"
#include "keys/register.h"

namespace headwater::records {

struct MessagePlan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field = nullptr;
  v1::FieldRule rule;
  std::vector<keys::Kind> targets;  // the kinds that it may refer to
  std::optional<keys::Reference>
      reference;                         // under which its reference is indexed; none in requests
  const MessagePlan* message = nullptr;  // of a field of one of our own message types
  bool is_resource = false;              // that type is a resource
  bool is_timestamp = false;             // google.protobuf.Timestamp
  bool is_server_made = false;           // never taken from a client

  // Whether a reference may stand in it, or deeper.
  bool MayRefer() const;
};

struct MessagePlan {
  const google::protobuf::Descriptor* descriptor = nullptr;
  const google::protobuf::Reflection* reflection = nullptr;  // asking a message is dearer
  std::optional<keys::Kind> kind;                            // of a resource
  std::vector<FieldPlan> fields;
  bool may_refer = false;  // one of them may
};

inline bool FieldPlan::MayRefer() const {
  return reference.has_value() || (message != nullptr && message->may_refer);
}

// The plan of a message type of headwater.v1. Lives forever; any thread.
const MessagePlan& PlanOf(const google::protobuf::Descriptor* descriptor);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_RULE_PLAN_H_
