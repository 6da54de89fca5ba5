#include "cli/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/failure.h"

namespace headwater::cli {
namespace {

using google::protobuf::EnumDescriptor;

// "STANCE_", from STANCE_UNSPECIFIED.
std::string Prefix(const EnumDescriptor& type) {
  return std::string(absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED"));
}

}  // namespace

std::string BareWord(const EnumDescriptor& type, int number) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  if (value->index() == 0) return "";
  return std::string(absl::StripPrefix(value->name(), Prefix(type)));
}

std::vector<std::string> BareWords(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) {
    words.push_back(BareWord(type, type.value(i)->number()));
  }
  return words;
}

absl::StatusOr<int> ParseWord(const EnumDescriptor& type, absl::string_view word) {
  const std::string upper =
      absl::StrReplaceAll(absl::AsciiStrToUpper(word), {{"-", "_"}, {" ", "_"}});
  for (int i = 1; i < type.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *type.value(i);
    if (upper == value.name() || upper == BareWord(type, value.number())) return value.number();
  }
  return UsageError(
      absl::StrCat("\"", word, "\" is not one of ", absl::StrJoin(BareWords(type), ", ")));
}

std::string FlagName(const google::protobuf::FieldDescriptor& field) {
  return absl::StrReplaceAll(field.name(), {{"_", "-"}});
}

}  // namespace headwater::cli
