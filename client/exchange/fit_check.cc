// CheckValue and CheckRules of fit.h.
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "exchange/fields.h"
#include "exchange/fit.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

absl::Status Broken(const FieldDescriptor& field, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(field.name(), " ", what));
}

absl::Status CheckStrings(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const int size = field.is_repeated() ? reflection.FieldSize(message, &field) : 1;
  for (int i = 0; i < size; ++i) {
    const std::string value = field.is_repeated() ? reflection.GetRepeatedString(message, &field, i)
                                                  : reflection.GetString(message, &field);
    if (value.empty() && !field.is_repeated()) continue;
    if (absl::Status status = CheckValue(RuleOf(field), value); !status.ok()) {
      return Broken(field, status.message());
    }
  }
  return absl::OkStatus();
}

absl::Status CheckMessages(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  const int size = field.is_repeated() ? reflection.FieldSize(message, &field)
                                       : (reflection.HasField(message, &field) ? 1 : 0);
  for (int i = 0; i < size; ++i) {
    const Message& inner = field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                                               : reflection.GetMessage(message, &field);
    if (absl::Status status = CheckRules(inner); !status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(field.name(), ".", status.message()));
    }
  }
  return absl::OkStatus();
}

bool IsSet(const Message& message, const FieldDescriptor& field) {
  if (field.is_repeated()) return message.GetReflection()->FieldSize(message, &field) > 0;
  return message.GetReflection()->HasField(message, &field);
}

}  // namespace

absl::Status CheckValue(const v1::FieldRule& rule, absl::string_view value) {
  const std::optional<std::string> fitted = FitValue(rule, value);
  if (fitted && *fitted == value) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("is no ", v1::Format_Name(rule.format()), " of at most ", rule.max_length(),
                   " code points: '", ToUtf8(value.substr(0, 200)), "'"));
}

absl::Status CheckRules(const Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const v1::FieldRule& rule = RuleOf(field);
    if (rule.required() && !IsSet(message, field)) return Broken(field, "is missing");
    if (field.is_repeated() && rule.max_items() > 0 &&
        message.GetReflection()->FieldSize(message, &field) > static_cast<int>(rule.max_items())) {
      return Broken(field, absl::StrCat("has more than ", rule.max_items(), " items"));
    }
    absl::Status status;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) status = CheckStrings(message, field);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      status = CheckMessages(message, field);
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace headwater::exchange
