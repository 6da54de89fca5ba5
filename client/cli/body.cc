#include "cli/body.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "exchange/fields.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace headwater::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status BadJson(absl::string_view flag, const google::protobuf::util::Status& status) {
  const std::string why(status.message().data(), status.message().size());
  return UsageError(absl::StrCat(flag, ": ", why.substr(0, why.find('\n'))));
}

// The fields that a JSON object names, those that it sets to nothing too.
absl::StatusOr<std::vector<std::string>> FieldsNamed(const std::string& json,
                                                     const google::protobuf::Descriptor& type,
                                                     const FieldFlags::Skip& skip) {
  google::protobuf::Struct object;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &object);
  if (!status.ok()) return BadJson("--json", status);
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool named =
        object.fields().contains(field.name()) || object.fields().contains(field.json_name());
    if (named && !skip(field)) names.push_back(field.name());
  }
  return names;
}

}  // namespace

Body::Body(CLI::App* app, const exchange::Kind& kind, Use use)
    : skip_([use](const FieldDescriptor& field) {
        return IsNotForFlags(field) || (use == Use::kUpdate && exchange::RuleOf(field).immutable());
      }) {
  CLI::Option* json = app->add_option("--json", json_,
                                      absl::StrCat("The ", kind.word,
                                                   " in proto3 JSON, as `get --output json` "
                                                   "shows it. Flags for fields win over it."))
                          ->option_text("JSON")
                          ->group("Fields");
  app->add_option("--file", file_, "The same, read from a file; - for stdin.")
      ->option_text("FILE")
      ->group("Fields")
      ->excludes(json);
  flags_ = std::make_unique<FieldFlags>(app, "Fields", kind.resource(), skip_);
}

absl::StatusOr<std::vector<std::string>> Body::Read(Message* resource) const {
  std::vector<std::string> paths;
  absl::StatusOr<std::string> json = file_.empty() ? json_ : ReadFile(file_);
  if (!json.ok()) return json.status();
  if (!json->empty() || !file_.empty()) {
    const auto status = google::protobuf::util::JsonStringToMessage(*json, resource);
    if (!status.ok()) return BadJson(file_.empty() ? "--json" : "--file", status);
    absl::StatusOr<std::vector<std::string>> named =
        FieldsNamed(*json, *resource->GetDescriptor(), skip_);
    if (!named.ok()) return named.status();
    paths = *std::move(named);
  }
  if (absl::Status status = flags_->Apply(resource); !status.ok()) return status;
  for (std::string& path : flags_->Given()) paths.push_back(std::move(path));
  return paths;
}

}  // namespace headwater::cli
