#include "cli/json_output.h"

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/json_util.h"

namespace headwater::cli {
namespace {

using google::protobuf::Message;

std::string Json(const Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  std::string json;
  // Fails only for an Any of an unknown type, which the API's messages do not hold.
  static_cast<void>(google::protobuf::util::MessageToJsonString(message, &json, options));
  return json;
}

}  // namespace

void PrintJson(std::ostream& out, const Message& message) {
  const std::string json = Json(message, true);
  out << json << (absl::EndsWith(json, "\n") ? "" : "\n");
}

void PrintJsonLine(std::ostream& out, const Message& message) {
  out << Json(message, false) << "\n";
}

void MergedJson::Add(const Message& item) {
  if (begun_) {
    *out_ << ",\n";
  } else {
    *out_ << "{\n \"" << items_.json_name() << "\": [\n";
    begun_ = true;
  }
  // Two levels deeper. No line feed stands inside a JSON string.
  const std::string json = Json(item, true);
  *out_ << "  " << absl::StrReplaceAll(absl::StripSuffix(json, "\n"), {{"\n", "\n  "}});
}

void MergedJson::End(Message* last) {
  const google::protobuf::FieldDescriptor* token =
      last->GetDescriptor()->FindFieldByName("next_page_token");
  last->GetReflection()->ClearField(last, &items_);
  if (token != nullptr) last->GetReflection()->ClearField(last, token);
  if (!begun_) return PrintJson(*out_, *last);
  const std::string rest = Json(*last, true);
  *out_ << "\n ]";
  if (absl::StartsWith(rest, "{\n")) {
    *out_ << ",\n" << absl::StripSuffix(rest.substr(2), "\n") << "\n";
  } else {
    *out_ << "\n}\n";
  }
}

}  // namespace headwater::cli
