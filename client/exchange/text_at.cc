#include "exchange/text_at.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace headwater::exchange {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextAt(const Message& message, absl::string_view path) {
  const Message* at = &message;
  for (absl::string_view part : absl::StrSplit(path, '.')) {
    const std::pair<absl::string_view, absl::string_view> split =
        absl::StrSplit(absl::StripSuffix(part, "]"), absl::MaxSplits('[', 1));
    const auto* field = at->GetDescriptor()->FindFieldByName(std::string(split.first));
    if (field == nullptr) return "";
    const auto& reflection = *at->GetReflection();
    int index = -1;
    if (field->is_repeated() && (!absl::SimpleAtoi(split.second, &index) || index < 0 ||
                                 index >= reflection.FieldSize(*at, field))) {
      return "";
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const bool last = part.end() == path.end();
      if (!last) return "";
      return index < 0 ? reflection.GetString(*at, field)
                       : reflection.GetRepeatedString(*at, field, index);
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return "";
    at = index < 0 ? &reflection.GetMessage(*at, field)
                   : &reflection.GetRepeatedMessage(*at, field, index);
  }
  return "";
}

}  // namespace headwater::exchange
