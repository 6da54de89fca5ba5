#include "request/message_shape.h"

#include <map>
#include <memory>
#include <mutex>

namespace headwater::request {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// All shapes made so far. A shape stands here before it is filled, so that messages that hold one
// another end.
struct MessageShape::Registry {
  std::mutex mutex;
  std::map<const Descriptor*, std::unique_ptr<MessageShape>> shapes;  // guarded by mutex

  // Requires mutex.
  const MessageShape* Find(const Descriptor* descriptor) {
    std::unique_ptr<MessageShape>& shape = shapes[descriptor];
    if (shape == nullptr) {
      shape.reset(new MessageShape);
      shape->Fill(descriptor, this);
    }
    return shape.get();
  }
};

namespace {

WireType WireTypeOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return WireType::kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return WireType::kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
      return WireType::kBytes;
    default:
      return WireType::kVarint;
  }
}

}  // namespace

const MessageShape& MessageShape::Of(const Descriptor* descriptor) {
  static Registry& registry = *new Registry;  // never destroyed: threads may outlive main
  const std::lock_guard lock(registry.mutex);
  return *registry.Find(descriptor);
}

void MessageShape::Fill(const Descriptor* descriptor, Registry* registry) {
  name_ = descriptor->full_name();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* const field = descriptor->field(i);
    const bool is_message = field->type() == FieldDescriptor::TYPE_MESSAGE;
    fields_.push_back({.descriptor = field,
                       .message = is_message ? registry->Find(field->message_type()) : nullptr,
                       .wire_type = WireTypeOf(*field),
                       .is_string = field->type() == FieldDescriptor::TYPE_STRING,
                       .packable = field->is_packable()});
    const auto number = static_cast<size_t>(field->number());
    if (places_.size() <= number) places_.resize(number + 1);
    places_[number] = static_cast<uint16_t>(i + 1);
  }
}

}  // namespace headwater::request
