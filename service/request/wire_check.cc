#include "request/wire_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "request/wire_reader.h"

namespace headwater::request {
namespace {

// protobuf's own bound.
constexpr int kMaxDepth = 100;

std::optional<WireFault> BrokenAt(const MessageShape& shape, size_t place) {
  return WireFault{"", absl::StrCat("is not a valid ", shape.name(),
                                    ": its encoding breaks off, or "
                                    "makes no sense, at byte ",
                                    place)};
}

std::optional<WireFault> Unknown(uint32_t number) {
  return WireFault{"", absl::StrCat("has a field ", number,
                                    " that this server does not know: the "
                                    "client is newer than the server")};
}

std::optional<WireFault> OtherType(const FieldShape& field, unsigned wire_type) {
  return WireFault{
      field.descriptor->name(),
      absl::StrCat("is encoded as wire type ", wire_type, " where this server expects ",
                   static_cast<int>(field.wire_type), ": the client has another schema")};
}

// How many values of the field `number` stand in `bytes`, which must be whole fields.
int CountOf(uint32_t number, absl::string_view bytes) {
  int count = 0;
  uint32_t found;
  unsigned wire_type;
  absl::string_view content;
  for (WireReader reader(bytes); !reader.AtEnd();) {
    if (!reader.ReadTag(&found, &wire_type) || !reader.ReadValue(wire_type, &content)) break;
    if (found == number) ++count;
  }
  return count;
}

// `fault`, found in the value of `field`, as its message sees it. `before` are the message's bytes
// before the field: only now that something is wrong does anyone ask for the place in a list.
WireFault Within(const FieldShape& field, absl::string_view before, WireFault fault) {
  std::string path = field.descriptor->name();
  if (field.descriptor->is_repeated()) {
    const auto number = static_cast<uint32_t>(field.descriptor->number());
    absl::StrAppend(&path, "[", CountOf(number, before), "]");
  }
  if (!fault.path.empty()) absl::StrAppend(&path, ".", fault.path);
  fault.path = std::move(path);
  return fault;
}

bool IsPackedSound(const FieldShape& field, absl::string_view content) {
  if (field.wire_type == WireType::kFixed64) return content.size() % 8 == 0;
  if (field.wire_type == WireType::kFixed32) return content.size() % 4 == 0;
  uint64_t value;
  for (WireReader reader(content); !reader.AtEnd();) {
    if (!reader.ReadVarint(&value)) return false;
  }
  return true;
}

std::optional<WireFault> CheckMessage(absl::string_view bytes, const MessageShape& shape,
                                      WireCheck check, int depth);

// Checks the content of a field that came as kBytes.
std::optional<WireFault> CheckContent(absl::string_view content, const FieldShape& field,
                                      WireCheck check, int depth) {
  if (field.message != nullptr) return CheckMessage(content, *field.message, check, depth + 1);
  if (check == WireCheck::kUnknownFields) return std::nullopt;
  if (field.is_string && !IsValidUtf8(content)) return WireFault{"", "is not UTF-8"};
  if (field.packable && !IsPackedSound(field, content)) {
    return WireFault{"", "is not a valid list of packed numbers"};
  }
  return std::nullopt;
}

std::optional<WireFault> CheckMessage(absl::string_view bytes, const MessageShape& shape,
                                      WireCheck check, int depth) {
  if (depth > kMaxDepth) return WireFault{"", "is nested too deeply"};
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    const size_t start = reader.place();
    uint32_t number;
    unsigned wire_type;
    if (!reader.ReadTag(&number, &wire_type)) return BrokenAt(shape, start);
    const FieldShape* const field = shape.Find(number);
    if (field == nullptr) return Unknown(number);
    const bool packed = field->packable && wire_type == static_cast<unsigned>(WireType::kBytes);
    if (!packed && wire_type != static_cast<unsigned>(field->wire_type)) {
      return OtherType(*field, wire_type);
    }
    absl::string_view content;
    if (!reader.ReadValue(wire_type, &content)) return BrokenAt(shape, start);
    if (wire_type != static_cast<unsigned>(WireType::kBytes)) continue;
    std::optional<WireFault> fault = CheckContent(content, *field, check, depth);
    if (fault.has_value()) return Within(*field, bytes.substr(0, start), *std::move(fault));
  }
  return std::nullopt;
}

// Takes the strings and messages in `bytes` off `left`. False where there are more, or where the
// bytes are not those of such a message.
bool CountValues(absl::string_view bytes, const MessageShape& shape, int depth, size_t* left) {
  if (depth > kMaxDepth) return false;
  for (WireReader reader(bytes); !reader.AtEnd();) {
    uint32_t number;
    unsigned wire_type;
    absl::string_view content;
    if (!reader.ReadTag(&number, &wire_type) || !reader.ReadValue(wire_type, &content))
      return false;
    const FieldShape* const field = shape.Find(number);
    if (field == nullptr) return false;
    if (wire_type != static_cast<unsigned>(WireType::kBytes)) continue;
    if (*left == 0) return false;
    --*left;
    const bool sound =
        field->message == nullptr || CountValues(content, *field->message, depth + 1, left);
    if (!sound) return false;
  }
  return true;
}

}  // namespace

std::optional<WireFault> CheckBeforeParsing(absl::string_view bytes, const MessageShape& shape) {
  size_t left = kMostValues;
  if (CountValues(bytes, shape, 0, &left)) return std::nullopt;
  if (left > 0) return CheckWire(bytes, shape, WireCheck::kEverything);
  return WireFault{"", absl::StrCat("holds more than ", kMostValues,
                                    " strings and messages; send less at a time")};
}

std::optional<WireFault> CheckWire(absl::string_view bytes, const MessageShape& shape,
                                   WireCheck check) {
  return CheckMessage(bytes, shape, check, 0);
}

}  // namespace headwater::request
