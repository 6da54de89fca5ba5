#include "exchange/prov/attributes.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "exchange/fields.h"
#include "exchange/message_json.h"
#include "exchange/prov/terms.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/common.pb.h"
#include "headwater/v1/document.pb.h"

namespace headwater::exchange {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsTimestamp(const FieldDescriptor& field) {
  return IsMessage(field) && field.message_type() == google::protobuf::Timestamp::descriptor();
}

// Whether the field stands in relations, and so not among the attributes.
bool IsInRelations(const Message& message, const FieldDescriptor& field) {
  const std::string& name = field.full_name();
  if (name == "headwater.v1.Document.derived_from") {
    return !static_cast<const v1::Document&>(message).derived_from().document().empty();
  }
  return name == "headwater.v1.Source.part_of" || name == "headwater.v1.Evidence.author" ||
         name == "headwater.v1.Document.publisher" || name == "headwater.v1.Attribution.source" ||
         name == "headwater.v1.Attribution.document" || name == "headwater.v1.Attribution.cites" ||
         name == "headwater.v1.Review.author";
}

// The field's name in PROV, or empty where PROV has none for it.
absl::string_view ProvNameOf(const FieldDescriptor& field) {
  const std::string& name = field.full_name();
  if (name == "headwater.v1.Source.display_name" || name == "headwater.v1.Document.title" ||
      name == "headwater.v1.Review.title") {
    return "prov:label";
  }
  return name == "headwater.v1.Claim.text" ? "prov:value" : "";
}

ProvJson Typed(std::string text, absl::string_view type) {
  return {{"$", std::move(text)}, {"type", std::string(type)}};
}

bool HasShape(absl::string_view text, absl::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] == '9' ? !absl::ascii_isdigit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

// A date of the calendar as XML Schema's; what that has no type for stays EDTF.
ProvJson Date(const std::string& date) {
  if (HasShape(date, "9999-99-99")) return Typed(date, "xsd:date");
  if (HasShape(date, "9999-99")) return Typed(date, "xsd:gYearMonth");
  if (HasShape(date, "9999")) return Typed(date, "xsd:gYear");
  return Typed(date, "headwater:edtf");
}

ProvJson Text(const FieldDescriptor& field, const std::string& text) {
  const v1::FieldRule& rule = RuleOf(field);
  if (rule.reference_size() > 0) return ProvQualifiedName(kRecordsPrefix, text);
  if (rule.format() == v1::FORMAT_DATE) return Date(text);
  if (rule.format() == v1::FORMAT_URI) return Typed(text, "xsd:anyURI");
  return text;
}

ProvJson Double(double value) {
  if (std::isnan(value)) return Typed("NaN", "xsd:double");
  if (std::isinf(value)) return Typed(value < 0 ? "-INF" : "INF", "xsd:double");
  return Typed(absl::StrFormat("%.17g", value), "xsd:double");
}

ProvJson Nested(const Message& message) {
  if (message.GetDescriptor() == v1::LocalizedText::descriptor()) {
    const auto& text = static_cast<const v1::LocalizedText&>(message);
    if (!text.language().empty()) return {{"$", text.text()}, {"lang", text.language()}};
  }
  return Typed(MessageJson(message),
               absl::StrCat(kTermsPrefix, ":", message.GetDescriptor()->name()));
}

ProvJson Singular(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Text(field, reflection.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_INT32:
      return Typed(absl::StrCat(reflection.GetInt32(message, &field)), "xsd:int");
    case FieldDescriptor::CPPTYPE_INT64:
      return Typed(absl::StrCat(reflection.GetInt64(message, &field)), "xsd:long");
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Double(reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return ProvEnumValue(message, field);
    default:
      return Nested(reflection.GetMessage(message, &field));
  }
}

ProvJson Repeated(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  ProvJson values = ProvJson::array();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    values.push_back(IsMessage(field)
                         ? Nested(reflection.GetRepeatedMessage(message, &field, i))
                         : Text(field, reflection.GetRepeatedString(message, &field, i)));
  }
  return values;
}

void AddFields(const Message& message, const std::string& prefix, ProvJson* attributes) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  if (fields.empty()) {
    // Set, and nothing in it: "collective": {}.
    (*attributes)[prefix.substr(0, prefix.size() - 1)] = Nested(message);
    return;
  }
  for (const FieldDescriptor* field : fields) {
    if (IsInRelations(message, *field)) continue;
    const std::string name = absl::StrCat(prefix, field->json_name());
    if (field->is_repeated()) {
      (*attributes)[name] = Repeated(message, *field);
    } else if (IsTimestamp(*field)) {
      const auto& time =
          static_cast<const google::protobuf::Timestamp&>(reflection.GetMessage(message, field));
      (*attributes)[name] = Typed(google::protobuf::util::TimeUtil::ToString(time), "xsd:dateTime");
    } else if (IsMessage(*field)) {
      AddFields(reflection.GetMessage(message, field), name + ".", attributes);
    } else {
      (*attributes)[name] = Singular(message, *field);
    }
  }
}

absl::Status Unfit(absl::string_view wanted, const ProvJson& value) {
  return absl::InvalidArgumentError(
      absl::StrCat("must be ", wanted, ", not ", ProvLine(value).substr(0, 200)));
}

absl::Status SetMessage(const ProvJson& value, Message* message) {
  if (message->GetDescriptor() == v1::LocalizedText::descriptor() && value.is_object() &&
      value.contains("lang")) {
    auto* text = static_cast<v1::LocalizedText*>(message);
    text->set_text(ProvText(value));
    text->set_language(ProvText(value["lang"]));
    return absl::OkStatus();
  }
  if (!google::protobuf::util::JsonStringToMessage(ProvText(value), message).ok()) {
    return Unfit(absl::StrCat("a ", message->GetDescriptor()->name(), " in JSON"), value);
  }
  return absl::OkStatus();
}

// The text without the prefix of records, where it has that.
std::string Reference(const ProvJson& value) {
  const std::string text = ProvText(value);
  absl::string_view name = text;
  absl::ConsumePrefix(&name, absl::StrCat(kRecordsPrefix, ":"));
  return std::string(name);
}

absl::Status SetEnum(const FieldDescriptor& field, const ProvJson& value, Message* message) {
  const std::string text = ProvText(value);
  absl::string_view word = text;
  absl::ConsumePrefix(&word, absl::StrCat(kTermsPrefix, ":"));
  int number = 0;
  if (const auto* found = field.enum_type()->FindValueByName(std::string(word))) {
    number = found->number();
  } else if (!absl::SimpleAtoi(word, &number)) {
    return Unfit(absl::StrCat("a value of ", field.enum_type()->name()), value);
  }
  message->GetReflection()->SetEnumValue(message, &field, number);
  return absl::OkStatus();
}

absl::Status SetDouble(const FieldDescriptor& field, const ProvJson& value, Message* message) {
  const std::string text = ProvText(value);
  double number = 0;
  if (text == "INF" || text == "-INF") {
    number = std::numeric_limits<double>::infinity() * (text[0] == '-' ? -1 : 1);
  } else if (!absl::SimpleAtod(text, &number)) {
    return Unfit("a number", value);
  }
  message->GetReflection()->SetDouble(message, &field, number);
  return absl::OkStatus();
}

absl::Status SetSingular(const FieldDescriptor& field, const ProvJson& value, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  const std::string text = ProvText(value);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(message, &field,
                           RuleOf(field).reference_size() > 0 ? Reference(value) : text);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return Unfit("true or false", value);
      reflection.SetBool(message, &field, text == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_INT32: {
      int32_t number = 0;
      if (!absl::SimpleAtoi(text, &number)) return Unfit("a whole number", value);
      reflection.SetInt32(message, &field, number);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      int64_t number = 0;
      if (!absl::SimpleAtoi(text, &number)) return Unfit("a whole number", value);
      reflection.SetInt64(message, &field, number);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return SetDouble(field, value, message);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(field, value, message);
    default:
      break;
  }
  Message* inner = reflection.MutableMessage(message, &field);
  if (!IsTimestamp(field)) return SetMessage(value, inner);
  if (!google::protobuf::util::TimeUtil::FromString(
          text, static_cast<google::protobuf::Timestamp*>(inner))) {
    return Unfit("a time such as 2025-08-20T09:00:00Z", value);
  }
  return absl::OkStatus();
}

absl::Status SetField(const FieldDescriptor& field, const ProvJson& value, Message* message) {
  const ProvJson list = value.is_array() ? value : ProvJson::array({value});
  if (!field.is_repeated()) {
    if (list.size() != 1) return Unfit("one value", value);
    return SetSingular(field, list[0], message);
  }
  for (const ProvJson& one : list) {
    if (IsMessage(field)) {
      const absl::Status status =
          SetMessage(one, message->GetReflection()->AddMessage(message, &field));
      if (!status.ok()) return status;
    } else {
      message->GetReflection()->AddString(
          message, &field, RuleOf(field).reference_size() > 0 ? Reference(one) : ProvText(one));
    }
  }
  return absl::OkStatus();
}

// A claim's text, with its language.
absl::Status SetValue(const ProvJson& value, v1::Claim* claim) {
  if (value.is_array()) return Unfit("one value", value);
  claim->set_text(ProvText(value));
  if (value.is_object() && value.contains("lang")) claim->set_language(ProvText(value["lang"]));
  return absl::OkStatus();
}

}  // namespace

ProvJson ProvQualifiedName(absl::string_view prefix, absl::string_view local) {
  return Typed(absl::StrCat(prefix, ":", local), "xsd:QName");
}

ProvJson ProvEnumValue(const Message& message, const FieldDescriptor& field) {
  const int number = message.GetReflection()->GetEnumValue(message, &field);
  const auto* value = field.enum_type()->FindValueByNumber(number);
  if (value == nullptr) return Typed(absl::StrCat(number), "xsd:int");
  return ProvQualifiedName(kTermsPrefix, value->name());
}

void AddProvAttributes(const Message& resource, ProvJson* attributes) {
  const Reflection& reflection = *resource.GetReflection();
  const Descriptor& type = *resource.GetDescriptor();
  const std::unique_ptr<Message> rest(resource.New());
  rest->CopyFrom(resource);
  ClearServerMade(rest.get());
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const absl::string_view name = ProvNameOf(field);
    if (!name.empty() && reflection.HasField(resource, &field)) {
      (*attributes)[std::string(name)] = reflection.GetString(resource, &field);
    }
    if (!name.empty() || field.name() == "name")
      rest->GetReflection()->ClearField(rest.get(), &field);
  }
  if (auto* claim = dynamic_cast<v1::Claim*>(rest.get());
      claim != nullptr && !claim->language().empty() && attributes->contains("prov:value")) {
    const std::string text = (*attributes)["prov:value"];
    (*attributes)["prov:value"] = {{"$", text}, {"lang", claim->language()}};
    claim->clear_language();
  }
  std::vector<const FieldDescriptor*> left;
  rest->GetReflection()->ListFields(*rest, &left);
  if (!left.empty()) AddFields(*rest, absl::StrCat(kTermsPrefix, ":"), attributes);
}

absl::Status SetProvAttribute(absl::string_view name, const ProvJson& value, Message* resource) {
  if (auto* claim = dynamic_cast<v1::Claim*>(resource); claim != nullptr && name == "prov:value") {
    return SetValue(value, claim);
  }
  const Descriptor* type = resource->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (ProvNameOf(*type->field(i)) == name) return SetField(*type->field(i), value, resource);
  }
  if (!absl::ConsumePrefix(&name, absl::StrCat(kTermsPrefix, ":"))) return absl::OkStatus();
  const std::vector<std::string> parts = absl::StrSplit(name, '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = resource->GetDescriptor()->FindFieldByCamelcaseName(parts[i]);
    if (field == nullptr || IsServerMade(*field) || field->name() == "name") {
      return absl::InvalidArgumentError("is no field here");
    }
    if (i + 1 == parts.size()) return SetField(*field, value, resource);
    if (!IsMessage(*field) || field->is_repeated()) {
      return absl::InvalidArgumentError("is no field here");
    }
    resource = resource->GetReflection()->MutableMessage(resource, field);
  }
  return absl::OkStatus();
}

std::string ProvText(const ProvJson& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("$")) return ProvText(value["$"]);
  return ProvLine(value);
}

std::string ProvLine(const ProvJson& json) {
  return json.dump(-1, ' ', false, ProvJson::error_handler_t::replace);
}

}  // namespace headwater::exchange
