#include "cli/field_flags.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/failure.h"
#include "cli/field_docs.h"
#include "cli/files.h"
#include "cli/values.h"
#include "cli/words.h"
#include "exchange/fields.h"

namespace headwater::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Longer than this, a text is better read from a file.
constexpr uint32_t kLongText = 100'000;

bool IsPlainMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated() &&
         field.message_type()->file()->package() != "google.protobuf";
}

// What stands for the value in --help.
std::string ValueName(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return "WORD";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return field.is_repeated() ? "FIELD=VALUE,…" : "TIME";
    case FieldDescriptor::CPPTYPE_STRING:
      break;
    default:
      return "NUMBER";
  }
  const v1::FieldRule& rule = exchange::RuleOf(field);
  if (rule.reference_size() > 0) return "NAME";
  switch (rule.format()) {
    case v1::FORMAT_DATE:
      return "DATE";
    case v1::FORMAT_URI:
      return "URI";
    default:
      return "TEXT";
  }
}

// Whether a message can be given as the name of what it refers to; see SetValue.
bool RefersToSomething(const Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (exchange::RuleOf(*type.field(i)).reference_size() > 0) return true;
  }
  return false;
}

std::string Describe(const FieldDescriptor& field) {
  std::string text(FieldDoc(field.full_name()));
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    absl::StrAppend(&text, " ", absl::StrJoin(BareWords(*field.enum_type()), ", "), ".");
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field.is_repeated()) {
    std::vector<std::string> names;
    for (int i = 0; i < field.message_type()->field_count(); ++i) {
      names.push_back(FlagName(*field.message_type()->field(i)));
    }
    absl::StrAppend(&text, " Fields: ", absl::StrJoin(names, ", "), "; or a JSON object",
                    RefersToSomething(*field.message_type()) ? "; or the name alone." : ".");
  }
  if (field.is_repeated()) absl::StrAppend(&text, " May be given again.");
  return text;
}

}  // namespace

bool IsNotForFlags(const FieldDescriptor& field) {
  // What a record was read from is an import's to say.
  return field.name() == "name" || field.name() == "original" || exchange::IsServerMade(field);
}

FieldFlags::FieldFlags(CLI::App* app, const std::string& group, const Descriptor& type,
                       const Skip& skip) {
  AddMessage(app, group, {}, type, skip);
}

void FieldFlags::AddMessage(CLI::App* app, const std::string& group, const Path& prefix,
                            const Descriptor& type, const Skip& skip) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (prefix.empty() && skip(*field)) continue;
    Path path = prefix;
    path.push_back(field);
    if (IsPlainMessage(*field)) {
      AddMessage(app, group, path, *field->message_type(), skip);
    } else {
      AddField(app, group, std::move(path));
    }
  }
}

void FieldFlags::AddField(CLI::App* app, const std::string& group, Path path) {
  const FieldDescriptor& field = *path.back();
  const std::string name = absl::StrCat(
      "--", absl::StrJoin(path, ".", [](std::string* out, const FieldDescriptor* part) {
        absl::StrAppend(out, FlagName(*part));
      }));
  // A flag given for one flag at a time.
  const std::string names = name == "--flags" ? "--flag,--flags" : name;
  Flag& flag = flags_.emplace_back();
  flag.path = path;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    flag.option = app->add_flag(name, flag.values, Describe(field));
  } else {
    flag.option = app->add_option(names, flag.values, Describe(field))
                      ->option_text(ValueName(field))
                      ->allow_extra_args(false);
  }
  flag.option->group(group);
  if (exchange::RuleOf(field).max_length() < kLongText) return;
  Flag& file = flags_.emplace_back();
  file.path = std::move(path);
  file.from_file = true;
  file.option = app->add_option(absl::StrCat(name, "-file"), file.values,
                                absl::StrCat("Like ", name, ", read from a file; - for stdin."))
                    ->option_text("FILE")
                    ->allow_extra_args(false)
                    ->group(group);
}

absl::Status FieldFlags::ApplyFlag(const Flag& flag, Message* message) {
  const FieldDescriptor& field = *flag.path.back();
  for (size_t i = 0; i + 1 < flag.path.size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, flag.path[i]);
  }
  if (!field.is_repeated() && flag.values.size() > 1) return UsageError("given more than once");
  message->GetReflection()->ClearField(message, &field);
  for (const std::string& value : flag.values) {
    absl::StatusOr<std::string> text = flag.from_file ? ReadFile(value) : value;
    if (!text.ok()) return text.status();
    if (absl::Status status = SetValue(message, field, *text); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status FieldFlags::Apply(Message* message) const {
  for (const Flag& flag : flags_) {
    if (flag.option->count() == 0) continue;
    if (absl::Status status = ApplyFlag(flag, message); !status.ok()) {
      return UsageError(absl::StrCat(flag.option->get_name(), ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

std::vector<std::string> FieldFlags::Given() const {
  std::vector<std::string> paths;
  for (const Flag& flag : flags_) {
    if (flag.option->count() == 0) continue;
    paths.push_back(absl::StrJoin(
        flag.path, ".",
        [](std::string* out, const FieldDescriptor* part) { absl::StrAppend(out, part->name()); }));
  }
  return paths;
}

}  // namespace headwater::cli
