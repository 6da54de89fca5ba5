// Requests as they come off the wire: the first byte picks the method, the rest is its request.
#include <memory>
#include <vector>

#include "absl/strings/cord.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/rpc/error_details.pb.h"
#include "records/rules.h"
#include "request/methods.h"
#include "request/parse.h"

namespace headwater::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const std::vector<request::Method>& Methods() {
  static const auto* const methods = new std::vector<request::Method>(request::AllMethods(nullptr));
  return *methods;
}

// Whether a field that the schema lacks stands anywhere in the message.
bool HasUnknown(const Message& message) {
  const auto* reflection = message.GetReflection();
  if (!reflection->GetUnknownFields(message).empty()) return true;
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (HasUnknown(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                          : reflection->GetMessage(message, field))) {
        return true;
      }
    }
  }
  return false;
}

void TryRefusal(const absl::Status& status) {
  HW_HOLDS(status.code() == absl::StatusCode::kInvalidArgument);
  HW_HOLDS(IsValidUtf8(status.message()));
  HW_HOLDS(status.message().size() < 1000);
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest details;
  HW_HOLDS(payload && details.ParseFromString(std::string(*payload)));
  HW_HOLDS(details.field_violations_size() == 1);
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const auto* type =
      Methods()[static_cast<uint8_t>(input[0]) % Methods().size()].descriptor->input_type();
  const absl::string_view bytes = input.substr(1);
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  const std::unique_ptr<Message> parsed(prototype->New());
  const absl::Status status = request::Parse(bytes, request::MessageShape::Of(type), parsed.get());

  // protobuf's own reading.
  const std::unique_ptr<Message> plain(prototype->New());
  const bool good =
      plain->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) && !HasUnknown(*plain);
  HW_HOLDS(status.ok() == good);
  if (!status.ok()) return TryRefusal(status);

  HW_HOLDS(parsed->SerializeAsString() == plain->SerializeAsString());
  std::vector<records::Violation> violations;
  records::CheckRequest(*parsed, &violations);
  HW_HOLDS(violations.size() <= records::kMaxViolations);
}

}  // namespace headwater::fuzz
