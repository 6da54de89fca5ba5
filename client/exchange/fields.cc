#include "exchange/fields.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "exchange/message_json.h"

namespace headwater::exchange {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// Timestamps and the like are values, not messages to look into.
bool IsWellKnown(const FieldDescriptor& field) {
  return IsMessage(field) && field.message_type()->file()->package() == "google.protobuf";
}

bool IsSet(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0
                             : reflection.HasField(message, &field);
}

void CollectStrings(const Message& message, const FieldDescriptor& field,
                    std::vector<std::string>* found) {
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    found->push_back(reflection.GetString(message, &field));
    return;
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    found->push_back(reflection.GetRepeatedString(message, &field, i));
  }
}

void CollectReferences(const Message& message, std::vector<std::string>* found) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (RuleOf(*field).reference_size() > 0) {
      CollectStrings(message, *field, found);
    } else if (IsMessage(*field) && !field->is_repeated()) {
      CollectReferences(reflection.GetMessage(message, field), found);
    } else if (IsMessage(*field)) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        CollectReferences(reflection.GetRepeatedMessage(message, field, i), found);
      }
    }
  }
}

void CollectDifferences(const Message& before, const Message& after, const std::string& prefix,
                        std::vector<Difference>* found) {
  const google::protobuf::Descriptor& type = *before.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsServerMade(field)) continue;
    const std::string path = absl::StrCat(prefix, field.name());
    const bool both = IsSet(before, field) && IsSet(after, field);
    if (both && IsMessage(field) && !field.is_repeated() && !IsWellKnown(field)) {
      CollectDifferences(before.GetReflection()->GetMessage(before, &field),
                         after.GetReflection()->GetMessage(after, &field), path + ".", found);
      continue;
    }
    Difference difference{path, FieldAsJson(before, field), FieldAsJson(after, field)};
    if (difference.before != difference.after) found->push_back(std::move(difference));
  }
}

}  // namespace

const v1::FieldRule& RuleOf(const FieldDescriptor& field) {
  return field.options().GetExtension(v1::rule);
}

bool IsServerMade(const FieldDescriptor& field) {
  return RuleOf(field).output_only() || field.name() == "etag";
}

void ClearServerMade(Message* resource) {
  const google::protobuf::Descriptor& type = *resource->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (IsServerMade(*type.field(i))) {
      resource->GetReflection()->ClearField(resource, type.field(i));
    }
  }
}

std::vector<std::string> ReferencesIn(const Message& message) {
  std::vector<std::string> found;
  CollectReferences(message, &found);
  return found;
}

std::vector<Difference> Differences(const Message& before, const Message& after) {
  std::vector<Difference> found;
  CollectDifferences(before, after, "", &found);
  return found;
}

std::string FieldAsJson(const Message& message, const FieldDescriptor& field) {
  if (!IsSet(message, field)) return "";
  // Printed alone in a message of its own, then taken out of its braces: {"name":VALUE}.
  const std::unique_ptr<Message> alone(message.New());
  alone->CopyFrom(message);
  std::vector<const FieldDescriptor*> fields;
  alone->GetReflection()->ListFields(*alone, &fields);
  for (const FieldDescriptor* other : fields) {
    if (other != &field) alone->GetReflection()->ClearField(alone.get(), other);
  }
  const std::string json = MessageJson(*alone);
  const size_t begin = json.find(':') + 1;
  return json.substr(begin, json.size() - 1 - begin);
}

}  // namespace headwater::exchange
