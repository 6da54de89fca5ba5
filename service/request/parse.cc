#include "request/parse.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "database/errors.h"
#include "request/wire_check.h"

namespace headwater::request {
namespace {

// So few can't become much, whatever they hold.
constexpr size_t kSmallBytes = 64 << 10;

}  // namespace

absl::Status Parse(absl::string_view bytes, const MessageShape& shape,
                   google::protobuf::Message* message) {
  if (bytes.size() > kSmallBytes) {
    const std::optional<WireFault> fault = CheckBeforeParsing(bytes, shape);
    if (fault.has_value()) return database::InvalidField(fault->path, fault->what);
  }
  const bool parsed = message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  const std::optional<WireFault> fault =
      CheckWire(bytes, shape, parsed ? WireCheck::kUnknownFields : WireCheck::kEverything);
  if (fault.has_value()) return database::InvalidField(fault->path, fault->what);
  if (parsed) return absl::OkStatus();
  return database::InvalidField("", absl::StrCat("is not a valid ", shape.name()));
}

}  // namespace headwater::request
