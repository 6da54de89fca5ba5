// What the bytes of a message may hold, taken from its descriptor once, for walking them fast.
#ifndef HEADWATER_REQUEST_MESSAGE_SHAPE_H_
#define HEADWATER_REQUEST_MESSAGE_SHAPE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace headwater::request {

// The wire types of the protobuf encoding, by their numbers in a tag.
enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

class MessageShape;

struct FieldShape {
  const google::protobuf::FieldDescriptor* descriptor;
  const MessageShape* message;  // of a field that is a message, else null
  WireType wire_type;           // of a single value
  bool is_string;               // must be UTF-8
  bool packable;                // repeated numbers, which may also come packed, as kBytes
};

// Never changes once made; any thread may read it.
class MessageShape {
 public:
  // The shape of `descriptor`, made on first call and kept for ever. From any thread.
  static const MessageShape& Of(const google::protobuf::Descriptor* descriptor);

  // Null where the message has no such field.
  const FieldShape* Find(uint32_t number) const {
    const size_t place = number < places_.size() ? places_[number] : 0;
    return place == 0 ? nullptr : &fields_[place - 1];
  }

  // "headwater.v1.GetClaimRequest"
  const std::string& name() const { return name_; }

 private:
  struct Registry;
  MessageShape() = default;
  void Fill(const google::protobuf::Descriptor* descriptor, Registry* registry);

  std::string name_;
  std::vector<FieldShape> fields_;
  // By field number, one more than the place in fields_, or 0. Numbers are small in our protos.
  std::vector<uint16_t> places_;
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_MESSAGE_SHAPE_H_
