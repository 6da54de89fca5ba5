#include "cli/values.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/failure.h"
#include "cli/names.h"
#include "cli/words.h"
#include "exchange/fields.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"

namespace headwater::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

Message* NewMessage(Message* message, const FieldDescriptor& field) {
  const Reflection& reflection = *message->GetReflection();
  return field.is_repeated() ? reflection.AddMessage(message, &field)
                             : reflection.MutableMessage(message, &field);
}

const FieldDescriptor* FindField(const Descriptor& type, absl::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (name == field->name() || name == FlagName(*field) || name == field->json_name()) {
      return field;
    }
  }
  return nullptr;
}

bool LooksLikeAName(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '/';
  });
}

// The field of the message that a name of a resource, full or short, belongs in: "x/ft" names an
// attribution, "ft" something that belongs to no claim.
const FieldDescriptor* FieldForName(const Descriptor& type, absl::string_view name) {
  if (!LooksLikeAName(name)) return nullptr;
  const Kind* named = exchange::KindOfName(name);
  for (int i = 0; i < type.field_count(); ++i) {
    for (const std::string& reference : exchange::RuleOf(*type.field(i)).reference()) {
      const Kind* kind = exchange::FindKind(reference);
      const bool fits =
          named != nullptr ? named == kind : kind->in_claim == absl::StrContains(name, '/');
      if (fits) return type.field(i);
    }
  }
  return nullptr;
}

absl::Status SetFromJson(Message* message, absl::string_view text) {
  const auto status =
      google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, message);
  if (status.ok()) return absl::OkStatus();
  const std::string why(status.message().data(), status.message().size());
  return UsageError(absl::StrCat("not JSON of this field: ", why.substr(0, why.find('\n'))));
}

// "language=vi,text=Một, hai": language and text. Empty where the text is not of that form.
std::vector<std::pair<const FieldDescriptor*, std::string>> Pairs(const Descriptor& type,
                                                                  absl::string_view text) {
  std::vector<std::pair<const FieldDescriptor*, std::string>> pairs;
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    const std::pair<absl::string_view, absl::string_view> split =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    const FieldDescriptor* field = absl::StrContains(part, '=')
                                       ? FindField(type, absl::StripAsciiWhitespace(split.first))
                                       : nullptr;
    if (field != nullptr) {
      pairs.emplace_back(field, std::string(split.second));
    } else if (!pairs.empty()) {
      absl::StrAppend(&pairs.back().second, ",", part);
    } else {
      return {};
    }
  }
  return pairs;
}

absl::Status SetMessage(Message* message, absl::string_view text) {
  const Descriptor& type = *message->GetDescriptor();
  if (type.full_name() == google::protobuf::Timestamp::descriptor()->full_name()) {
    google::protobuf::Timestamp time;
    if (!google::protobuf::util::TimeUtil::FromString(std::string(text), &time)) {
      return UsageError(
          absl::StrCat("\"", text, "\" is not a time of RFC 3339 (2025-08-06T12:00:00Z)"));
    }
    message->CopyFrom(time);
    return absl::OkStatus();
  }
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "{")) {
    return SetFromJson(message, text);
  }
  if (const FieldDescriptor* field = FieldForName(type, text); field != nullptr) {
    return SetValue(message, *field, text);
  }
  const auto pairs = Pairs(type, text);
  for (const auto& [field, value] : pairs) {
    if (absl::Status status = SetValue(message, *field, value); !status.ok()) return status;
  }
  if (!pairs.empty()) return absl::OkStatus();
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(FlagName(*type.field(i)));
  return UsageError(absl::StrCat("\"", text, "\" is neither a JSON object nor FIELD=VALUE,… of ",
                                 absl::StrJoin(names, ", ")));
}

template <class Number>
absl::StatusOr<Number> ParseNumber(absl::string_view text) {
  Number number;
  bool ok;
  if constexpr (std::is_floating_point_v<Number>) {
    ok = absl::SimpleAtod(text, &number);
  } else {
    ok = absl::SimpleAtoi(text, &number);
  }
  if (!ok) return UsageError(absl::StrCat("\"", text, "\" is not a number that fits"));
  return number;
}

absl::Status SetBool(Message* message, const FieldDescriptor& field, absl::string_view text) {
  bool value;
  if (!absl::SimpleAtob(text, &value)) {
    return UsageError(absl::StrCat("\"", text, "\" is neither true nor false"));
  }
  message->GetReflection()->SetBool(message, &field, value);
  return absl::OkStatus();
}

absl::Status SetEnum(Message* message, const FieldDescriptor& field, absl::string_view text) {
  const absl::StatusOr<int> number = ParseWord(*field.enum_type(), text);
  if (!number.ok()) return number.status();
  if (field.is_repeated()) {
    message->GetReflection()->AddEnumValue(message, &field, *number);
  } else {
    message->GetReflection()->SetEnumValue(message, &field, *number);
  }
  return absl::OkStatus();
}

void SetText(Message* message, const FieldDescriptor& field, absl::string_view text) {
  std::string value = ResolveReference(field, text);
  const Reflection& reflection = *message->GetReflection();
  if (field.is_repeated()) {
    reflection.AddString(message, &field, std::move(value));
  } else {
    reflection.SetString(message, &field, std::move(value));
  }
}

}  // namespace

absl::Status SetValue(Message* message, const FieldDescriptor& field, absl::string_view text) {
  const Reflection& reflection = *message->GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      SetText(message, field, text);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(NewMessage(message, field), text);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(message, field, text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(message, field, text);
    case FieldDescriptor::CPPTYPE_INT32: {
      const absl::StatusOr<int32_t> number = ParseNumber<int32_t>(text);
      if (number.ok()) reflection.SetInt32(message, &field, *number);
      return number.status();
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const absl::StatusOr<int64_t> number = ParseNumber<int64_t>(text);
      if (number.ok()) reflection.SetInt64(message, &field, *number);
      return number.status();
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      const absl::StatusOr<double> number = ParseNumber<double>(text);
      if (number.ok()) reflection.SetDouble(message, &field, *number);
      return number.status();
    }
    default:
      return UsageError(absl::StrCat(field.name(), " can only be given by --json"));
  }
}

}  // namespace headwater::cli
