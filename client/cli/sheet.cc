#include "cli/sheet.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "cli/words.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace headwater::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

struct Line {
  std::string label;
  std::string value;
  bool server_made = false;
};

// Longer than this, a text is printed below the sheet.
constexpr size_t kLongText = 6000;

std::string MessageValue(const Message& message) {
  if (message.GetDescriptor()->full_name() == "google.protobuf.Timestamp") {
    google::protobuf::Timestamp time;
    time.CopyFrom(message);
    return google::protobuf::util::TimeUtil::ToString(time);
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::vector<std::string> values;
  for (const FieldDescriptor* field : fields) values.push_back(ShortValue(message, *field));
  return absl::StrJoin(values, "  ");
}

std::string NumberValue(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(reflection.GetDouble(message, &field));
    default:
      return reflection.GetBool(message, &field) ? "yes" : "no";
  }
}

void Collect(const Message& message, const std::string& prefix, std::vector<Line>* lines) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string label = absl::StrCat(prefix, FlagName(*field));
    const bool server_made = exchange::IsServerMade(*field);
    if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        lines->push_back({i == 0 ? label : "", ShortValue(message, *field, i), server_made});
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
               field->message_type()->file()->package() != "google.protobuf") {
      Collect(reflection.GetMessage(message, field), label + ".", lines);
    } else {
      lines->push_back({label, ShortValue(message, *field), server_made});
    }
  }
}

// The value's lines, all but the first indented to stand below it.
std::string Indented(const std::string& value, int indent) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(value, '\n')) lines.push_back(OneLine(line));
  return absl::StrJoin(lines, absl::StrCat("\n", std::string(indent, ' ')));
}

}  // namespace

std::string ShortValue(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool item = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return item ? reflection.GetRepeatedString(message, &field, index)
                  : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(item ? reflection.GetRepeatedMessage(message, &field, index)
                               : reflection.GetMessage(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return BareWord(*field.enum_type(),
                      item ? reflection.GetRepeatedEnumValue(message, &field, index)
                           : reflection.GetEnumValue(message, &field));
    default:
      return NumberValue(message, field);
  }
}

void PrintSheet(std::ostream& out, const Terminal& terminal, const Message& resource) {
  std::vector<Line> lines;
  Collect(resource, "", &lines);
  std::erase_if(lines, [](const Line& line) { return line.label == "name"; });
  const auto long_text = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
    return line.label == "text" && line.value.size() > kLongText;
  });
  std::string below;
  if (long_text != lines.end()) {
    below = std::move(long_text->value);
    lines.erase(long_text);
  }
  std::stable_partition(lines.begin(), lines.end(),
                        [](const Line& line) { return !line.server_made; });
  int width = 0;
  for (const Line& line : lines) width = std::max(width, DisplayWidth(line.label));
  out << terminal.Bold(exchange::NameOf(resource)) << "\n";
  for (const Line& line : lines) {
    const std::string value = Indented(line.value, width + 4);
    out << "  " << terminal.Dim(PadTo(line.label, width + 2))
        << (line.server_made ? terminal.Dim(value) : value) << "\n";
  }
  if (!below.empty()) out << "\n" << Indented(below, 0) << "\n";
}

}  // namespace headwater::cli
