#include "gateway/json.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/text.h"
#include "database/errors.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/type_resolver.h"
#include "google/protobuf/util/type_resolver_util.h"

namespace headwater::gateway {
namespace {

namespace pb = google::protobuf;

constexpr char kTypePrefix[] = "type.googleapis.com";

// Kept for ever; it may be asked from any thread.
pb::util::TypeResolver& Resolver() {
  static pb::util::TypeResolver* const resolver =
      pb::util::NewTypeResolverForDescriptorPool(kTypePrefix, pb::DescriptorPool::generated_pool());
  return *resolver;
}

constexpr size_t kMostWords = 300;

// protobuf's words, which show the value that is wrong, made short and one line.
std::string Short(absl::string_view words) {
  words = words.substr(0, std::min(words.find('\n'), kMostWords));
  return IsValidUtf8(words) ? std::string(words) : absl::CHexEscape(words);
}

// protobuf says "(claim.create_time): invalid value …", "(claim) nonsense: Cannot find field." or,
// at the top, "nonsense: Cannot find field."; and of what is no JSON in many ways what it expected.
absl::Status Refusal(absl::string_view words) {
  absl::string_view unknown = words;
  std::string place;
  if (absl::ConsumePrefix(&unknown, "(")) {
    const size_t end = unknown.find(')');
    if (end != absl::string_view::npos) {
      place = std::string(unknown.substr(0, end));
      unknown.remove_prefix(end + 1);
    }
  }
  if (absl::ConsumeSuffix(&unknown, ": Cannot find field.")) {
    const absl::string_view name = absl::StripLeadingAsciiWhitespace(unknown);
    return database::InvalidField(Short(absl::StrCat(place, place.empty() ? "" : ".", name)),
                                  "is not a field that this server knows");
  }
  if (!place.empty()) {
    absl::ConsumePrefix(&unknown, ": ");
    const bool is_value = absl::StartsWith(unknown, "invalid value");
    return database::InvalidField(
        Short(place), absl::StrCat(is_value ? "has an " : "is wrong: ", Short(unknown)));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the request is no message in JSON: ", Short(words)));
}

}  // namespace

absl::StatusOr<std::string> JsonOf(const pb::Descriptor& type, absl::string_view bytes) {
  // Parsed first: where a field comes twice in the bytes, as it may, JSON would have it twice.
  const std::unique_ptr<pb::Message> message(
      pb::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  std::string json;
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InternalError(absl::StrCat("an answer is no ", type.full_name()));
  }
  const auto status = pb::util::MessageToJsonString(*message, &json);
  if (!status.ok()) {
    return absl::InternalError(
        absl::StrCat("an answer could not be told in JSON: ",
                     absl::string_view(status.message().data(), status.message().size())));
  }
  return json;
}

absl::StatusOr<std::string> WireOf(const pb::Descriptor& type, absl::string_view json) {
  if (json.empty()) {
    return absl::InvalidArgumentError("the request has no body; the least is {}");
  }
  std::string bytes;
  const auto status =
      pb::util::JsonToBinaryString(&Resolver(), absl::StrCat(kTypePrefix, "/", type.full_name()),
                                   pb::StringPiece(json.data(), json.size()), &bytes);
  if (!status.ok()) {
    return Refusal(absl::string_view(status.message().data(), status.message().size()));
  }
  return bytes;
}

}  // namespace headwater::gateway
