#include "exchange/fit.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "exchange/fields.h"
#include "exchange/fit_value.h"
#include "exchange/html_text.h"
#include "exchange/unicode.h"
#include "google/protobuf/timestamp.pb.h"
#include "headwater/v1/attribution.pb.h"

namespace headwater::exchange {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kMaxKept = 200;
constexpr size_t kMaxKeptLength = 20'000;
constexpr size_t kMaxRecordLength = 200'000;

// Turns of writing direction, which the server refuses in a line: U+202A to U+202E, U+2066 to
// U+2069.
std::string WithoutTurns(absl::string_view text) {
  std::string bare;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\xe2' && i + 2 < text.size()) {
      const auto second = static_cast<unsigned char>(text[i + 1]);
      const auto third = static_cast<unsigned char>(text[i + 2]);
      if ((second == 0x80 && third >= 0xaa && third <= 0xae) ||
          (second == 0x81 && third >= 0xa6 && third <= 0xa9)) {
        i += 2;
        continue;
      }
    }
    bare.push_back(text[i]);
  }
  return bare;
}

// Without controls but line feed and tab, with CR LF and CR as line feeds.
std::string WithoutControls(absl::string_view text) {
  std::string bare;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') bare.push_back('\n');
    } else if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      ++i;
    } else if (c >= 0x20 ? c != 0x7f : (c == '\n' || c == '\t')) {
      bare.push_back(text[i]);
    }
  }
  return bare;
}

std::optional<std::string> NotEmpty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> OfDigits(absl::string_view value, size_t size, bool (*is)(unsigned char),
                                    std::string (*to_case)(absl::string_view)) {
  const absl::string_view text = Trimmed(value);
  if (text.size() != size || !std::all_of(text.begin(), text.end(), is)) return std::nullopt;
  return to_case(text);
}

std::string ToUpper(absl::string_view text) { return absl::AsciiStrToUpper(text); }
std::string ToLower(absl::string_view text) { return absl::AsciiStrToLower(text); }

std::optional<std::string> FitFormat(const v1::FieldRule& rule, const std::string& text,
                                     DayOrder order) {
  const size_t most = rule.max_length() == 0 ? text.size() : rule.max_length();
  switch (rule.format()) {
    case v1::FORMAT_LINE:
      return NotEmpty(Shortened(ToNfc(Collapsed(WithoutTurns(text))), most));
    case v1::FORMAT_TEXT: {
      std::string bare = ToNfc(WithoutControls(text));
      if (Trimmed(bare).empty()) return std::nullopt;
      return Shortened(bare, most);
    }
    case v1::FORMAT_DATE:
      return DateFromText(text, order);
    case v1::FORMAT_LANGUAGE:
      return FitLanguage(text);
    case v1::FORMAT_URI: {
      std::optional<std::string> uri = FitUri(text);
      return uri ? std::optional(ToNfc(*uri)) : std::nullopt;
    }
    case v1::FORMAT_DOMAIN:
      return FitDomain(text);
    case v1::FORMAT_COUNTRY:
      return OfDigits(text, 2, absl::ascii_isalpha, ToUpper);
    case v1::FORMAT_SHA256:
      return OfDigits(text, 64, absl::ascii_isxdigit, ToLower);
    case v1::FORMAT_DECIMAL:
      return FitDecimal(text);
    case v1::FORMAT_ID:
      return FitId(text);
    case v1::FORMAT_VERBATIM:
      return NotEmpty(std::string(FirstCodePoints(text, most)));
    default:
      return NotEmpty(ToNfc(text));
  }
}

const FieldDescriptor& FieldOf(const Message& message, absl::string_view name) {
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(std::string(name.data(), name.size()));
  if (field == nullptr) std::abort();  // see Fitter
  return *field;
}

// The value of an enum by its full or bare name; null where it has none such.
const EnumValueDescriptor* FindValue(const EnumDescriptor& type, absl::string_view name) {
  std::string word = absl::AsciiStrToUpper(Trimmed(name));
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  const std::string& zero = type.value(0)->name();
  const std::string prefix = zero.substr(0, zero.size() - std::string("UNSPECIFIED").size());
  const EnumValueDescriptor* value = type.FindValueByName(word);
  return value != nullptr ? value : type.FindValueByName(prefix + word);
}

bool SetNumber(Message* message, const FieldDescriptor& field, absl::string_view text) {
  const Reflection& reflection = *message->GetReflection();
  const v1::FieldRule& rule = RuleOf(field);
  int64_t whole;
  double number;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      if (!absl::SimpleAtoi(text, &whole)) return false;
      if (rule.has_range() && (whole < rule.min() || whole > rule.max())) return false;
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
        reflection.SetInt64(message, &field, whole);
      } else if (whole == static_cast<int32_t>(whole)) {
        reflection.SetInt32(message, &field, static_cast<int32_t>(whole));
      } else {
        return false;
      }
      return true;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      if (!absl::SimpleAtod(absl::StrReplaceAll(text, {{",", "."}}), &number) ||
          !std::isfinite(number)) {
        return false;
      }
      reflection.SetDouble(message, &field, number);
      return true;
    default:
      return false;
  }
}

// Sets a field that is no string; false where the text says nothing that it could hold.
bool SetOther(Message* message, const FieldDescriptor& field, absl::string_view value) {
  const Reflection& reflection = *message->GetReflection();
  const absl::string_view text = Trimmed(value);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const EnumValueDescriptor* found = FindValue(*field.enum_type(), text);
    if (found == nullptr || found->number() == 0) return false;
    reflection.SetEnum(message, &field, found);
    return true;
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    bool flag;
    if (!absl::SimpleAtob(text, &flag)) return false;
    reflection.SetBool(message, &field, flag);
    return true;
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    if (field.message_type() != google::protobuf::Timestamp::descriptor()) return false;
    const auto time = TimeFromText(text);
    if (time) reflection.MutableMessage(message, &field)->CopyFrom(*time);
    return time.has_value();
  }
  return SetNumber(message, field, text);
}

// The message in which the path's last field stands; made where it is not there yet.
Message* Parent(Message* message, const std::vector<absl::string_view>& path) {
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const FieldDescriptor& field = FieldOf(*message, path[i]);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_repeated()) std::abort();
    message = message->GetReflection()->MutableMessage(message, &field);
  }
  return message;
}

// Quotes are letter for letter, spaces included; all other text is trimmed.
bool IsTrimmed(const FieldDescriptor& field) {
  return RuleOf(field).format() == v1::FORMAT_TEXT &&
         field.containing_type() != v1::Quote::descriptor();
}

bool Holds(const Message& message, const FieldDescriptor& list, const std::string& value) {
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &list); ++i) {
    if (reflection.GetRepeatedString(message, &list, i) == value) return true;
  }
  return false;
}

bool IsSet(const Message& message, const FieldDescriptor& field) {
  if (field.is_repeated()) return message.GetReflection()->FieldSize(message, &field) > 0;
  return message.GetReflection()->HasField(message, &field);
}

}  // namespace

std::optional<std::string> FitValue(const v1::FieldRule& rule, absl::string_view value,
                                    DayOrder order) {
  std::optional<std::string> fitted = FitFormat(rule, ToUtf8(value), order);
  // What may be cut has been cut: a link, a date or a tag is whole or nothing.
  if (fitted && rule.max_length() != 0 && CodePoints(*fitted) > rule.max_length()) {
    return std::nullopt;
  }
  return fitted;
}

Fitter::Fitter(Message* resource, absl::string_view format) : resource_(resource) {
  original()->set_format(format.data(), format.size());
}

v1::Original* Fitter::original() {
  return static_cast<v1::Original*>(
      resource_->GetReflection()->MutableMessage(resource_, &FieldOf(*resource_, "original")));
}

void Fitter::KeepRecord(absl::string_view raw) {
  if (raw.size() > 4 * kMaxRecordLength) return;  // more than so many characters
  const std::string text = ToUtf8(raw);
  if (!text.empty() && CodePoints(text) <= kMaxRecordLength) original()->set_record(text);
}

bool Fitter::Set(absl::string_view path, absl::string_view value, DayOrder order) {
  return SetAs(path, value, value, order);
}

bool Fitter::SetHtml(absl::string_view path, absl::string_view value) {
  return SetAs(path, HtmlToText(ToUtf8(value)), value, DayOrder::kDayFirst);
}

bool Fitter::SetAs(absl::string_view path, absl::string_view text, absl::string_view value,
                   DayOrder order) {
  if (Trimmed(ToUtf8(value)).empty()) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '.');
  // A message in which nothing comes to stand is not to be there.
  const bool nested = parts.size() > 1;
  const FieldDescriptor& outer = FieldOf(*resource_, parts.front());
  const bool was_set = nested && IsSet(*resource_, outer);
  Message* parent = Parent(resource_, parts);
  const FieldDescriptor& field = FieldOf(*parent, parts.back());
  bool set = false;
  bool same = false;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    const absl::string_view given = IsTrimmed(field) ? Trimmed(text) : text;
    if (const auto fitted = FitValue(RuleOf(field), given, order)) {
      parent->GetReflection()->SetString(parent, &field, *fitted);
      set = true;
      same = *fitted == value;
    }
  } else {
    set = same = SetOther(parent, field, text);
  }
  if (!set && nested && !was_set) resource_->GetReflection()->ClearField(resource_, &outer);
  if (!same) Keep(path, value);
  return set;
}

bool Fitter::Add(absl::string_view path, absl::string_view value) {
  if (Trimmed(ToUtf8(value)).empty()) return false;
  std::vector<absl::string_view> parts = absl::StrSplit(path, '.');
  Message* parent = resource_;
  // Messages that are no list lead on; a list of messages takes one more.
  while (parts.size() > 1 && !FieldOf(*parent, parts.front()).is_repeated()) {
    parent = parent->GetReflection()->MutableMessage(parent, &FieldOf(*parent, parts.front()));
    parts.erase(parts.begin());
  }
  const FieldDescriptor& list = FieldOf(*parent, parts.front());
  const Reflection& reflection = *parent->GetReflection();
  const uint32_t most = RuleOf(list).max_items();
  const bool full = most > 0 && reflection.FieldSize(*parent, &list) >= static_cast<int>(most);
  const FieldDescriptor& item =
      parts.size() > 1 ? *list.message_type()->FindFieldByName(std::string(parts[1])) : list;
  const std::optional<std::string> fitted = full ? std::nullopt : FitValue(RuleOf(item), value);
  if (!fitted || *fitted != value) Keep(path, value);
  if (!fitted) return false;
  if (parts.size() > 1) {
    Message* message = reflection.AddMessage(parent, &list);
    message->GetReflection()->SetString(message, &item, *fitted);
  } else if (!Holds(*parent, list, *fitted)) {
    reflection.AddString(parent, &list, *fitted);
  }
  return true;
}

void Fitter::DropIncomplete() {
  const google::protobuf::Descriptor& type = *resource_->GetDescriptor();
  const Reflection& reflection = *resource_->GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_repeated() ||
        !reflection.HasField(*resource_, &field) ||
        CheckRules(reflection.GetMessage(*resource_, &field)).ok()) {
      continue;
    }
    Keep(field.name(), FieldAsJson(*resource_, field));
    reflection.ClearField(resource_, &field);
  }
}

void Fitter::Keep(absl::string_view path, absl::string_view value) {
  v1::Original* kept = original();
  if (kept->values_size() >= kMaxKept || value.empty()) return;
  v1::OriginalValue* one = kept->add_values();
  one->set_field(Shortened(Collapsed(ToUtf8(path)), 200));
  one->set_value(std::string(FirstCodePoints(ToUtf8(value), kMaxKeptLength)));
}

}  // namespace headwater::exchange
