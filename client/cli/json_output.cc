#include "cli/json_output.h"

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "exchange/message_json.h"

namespace headwater::cli {

using exchange::MessageJson;
using google::protobuf::Message;

void PrintJson(std::ostream& out, const Message& message) {
  const std::string json = MessageJson(message, true);
  out << json << (absl::EndsWith(json, "\n") ? "" : "\n");
}

void PrintJsonLine(std::ostream& out, const Message& message) {
  out << MessageJson(message) << "\n";
}

void MergedJson::Add(const Message& item) {
  if (begun_) {
    *out_ << ",\n";
  } else {
    *out_ << "{\n \"" << items_.json_name() << "\": [\n";
    begun_ = true;
  }
  // Two levels deeper. No line feed stands inside a JSON string.
  const std::string json = MessageJson(item, true);
  *out_ << "  " << absl::StrReplaceAll(absl::StripSuffix(json, "\n"), {{"\n", "\n  "}});
}

void MergedJson::End(Message* last) {
  const google::protobuf::FieldDescriptor* token =
      last->GetDescriptor()->FindFieldByName("next_page_token");
  last->GetReflection()->ClearField(last, &items_);
  if (token != nullptr) last->GetReflection()->ClearField(last, token);
  if (!begun_) return PrintJson(*out_, *last);
  const std::string rest = MessageJson(*last, true);
  *out_ << "\n ]";
  if (absl::StartsWith(rest, "{\n")) {
    *out_ << ",\n" << absl::StripSuffix(rest.substr(2), "\n") << "\n";
  } else {
    *out_ << "\n}\n";
  }
}

}  // namespace headwater::cli
