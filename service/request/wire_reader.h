// Steps through the encoding of a message, a field at a time, without knowing its type.
#ifndef HEADWATER_REQUEST_WIRE_READER_H_
#define HEADWATER_REQUEST_WIRE_READER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "request/message_shape.h"

namespace headwater::request {

class WireReader {
 public:
  // `bytes` must outlive the reader.
  explicit WireReader(absl::string_view bytes) : bytes_(bytes) {}

  bool AtEnd() const { return place_ == bytes_.size(); }
  // Where the next read begins, in bytes.
  size_t place() const { return place_; }

  // Each reads one thing, or returns false where the bytes hold none.
  bool ReadVarint(uint64_t* value) {
    *value = 0;
    for (unsigned shift = 0; shift < 70 && place_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[place_++]);
      *value |= uint64_t{byte & 0x7Fu} << (shift & 63);
      if (byte < 0x80) return true;
    }
    return false;
  }

  // A field's number (1 to 2^29 - 1) and the wire type as it stands (0 to 7).
  bool ReadTag(uint32_t* number, unsigned* wire_type) {
    uint64_t tag;
    if (!ReadVarint(&tag) || tag > UINT32_MAX || tag < 8) return false;
    *number = static_cast<uint32_t>(tag >> 3);
    *wire_type = static_cast<unsigned>(tag & 7);
    return true;
  }

  // The value after a tag. `content` becomes that of kBytes, and is left alone for other types.
  // False for the wire types that no field of a proto3 message has.
  bool ReadValue(unsigned wire_type, absl::string_view* content) {
    uint64_t size;
    switch (static_cast<WireType>(wire_type)) {
      case WireType::kVarint:
        return ReadVarint(&size);
      case WireType::kFixed64:
        return Skip(8, nullptr);
      case WireType::kFixed32:
        return Skip(4, nullptr);
      case WireType::kBytes:
        return ReadVarint(&size) && Skip(size, content);
    }
    return false;
  }

 private:
  bool Skip(uint64_t size, absl::string_view* content) {
    if (size > bytes_.size() - place_) return false;
    if (content != nullptr) *content = bytes_.substr(place_, size);
    place_ += size;
    return true;
  }

  const absl::string_view bytes_;
  size_t place_ = 0;
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_WIRE_READER_H_
