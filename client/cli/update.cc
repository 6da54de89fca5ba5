// headwater KIND update
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/body.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/requests.h"
#include "google/protobuf/field_mask.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string etag;
  std::string request_id;
  std::vector<std::string> clear;
  std::unique_ptr<Body> body;
};

void SetMask(google::protobuf::Message* request, const std::vector<std::string>& paths) {
  const google::protobuf::FieldDescriptor* field =
      request->GetDescriptor()->FindFieldByName("update_mask");
  auto* mask = static_cast<google::protobuf::FieldMask*>(
      request->GetReflection()->MutableMessage(request, field));
  for (const std::string& path : paths) mask->add_paths(path);
}

absl::StatusOr<ExitCode> Update(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  const MessagePtr request = NewRequest(kind, "Update");
  google::protobuf::Message* resource = MutableResource(request.get(), kind);
  absl::StatusOr<std::vector<std::string>> paths = options.body->Read(resource);
  if (!paths.ok()) return paths.status();
  for (const std::string& path : options.clear) {
    paths->push_back(absl::StrReplaceAll(path, {{"-", "_"}}));
  }
  if (paths->empty()) {
    return UsageError("nothing to change: give the fields as flags, --json or --clear");
  }
  SetMask(request.get(), *paths);
  SetField(resource, "name", *name);
  // An etag inside the JSON is what `get` showed; the flag wins over it.
  if (!options.etag.empty()) SetField(resource, "etag", options.etag);
  SetField(request.get(), "request_id", options.request_id);
  const MessagePtr updated = NewResponse(*request);
  if (absl::Status status = session.Call(*request, updated.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *updated, "updated"); !status.ok()) {
    return status;
  }
  return kOk;
}

}  // namespace

void AddUpdate(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "update", absl::StrCat("Change a ", kind.word,
                             ": the fields that are given, and no others. A list is replaced."));
  AddName(app, kind, &options->name);
  options->body = std::make_unique<Body>(app, kind, Body::Use::kUpdate);
  app->add_option("--clear", options->clear,
                  "Empty this field, called as its flag is. May be given again.")
      ->option_text("FIELD")
      ->allow_extra_args(false)
      ->group("Fields");
  AddEtag(app, &options->etag);
  AddRequestId(app, &options->request_id);
  AddExample(
      app, absl::StrCat("headwater ", kind.word, " update ", kind.in_claim ? "r2-missed-may/" : "",
                        "ft --note \"Checked on 20 August.\" --etag ETAG"));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Update(kind, *options, session); };
  });
}

}  // namespace headwater::cli
