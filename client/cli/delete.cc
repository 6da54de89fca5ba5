// headwater KIND delete
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/requests.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string reason;
  std::string etag;
  std::string request_id;
  bool force = false;
};

absl::StatusOr<ExitCode> Delete(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  const MessagePtr request = NewRequest(kind, "Delete");
  SetField(request.get(), "name", *name);
  SetField(request.get(), "reason", options.reason);
  SetField(request.get(), "force", options.force);
  SetField(request.get(), "etag", options.etag);
  SetField(request.get(), "request_id", options.request_id);
  const MessagePtr deleted = NewResponse(*request);
  if (absl::Status status = session.Call(*request, deleted.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *deleted, "deleted"); !status.ok()) {
    return status;
  }
  return kOk;
}

}  // namespace

void AddDelete(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "delete",
      absl::StrCat("Delete a ", kind.word, ". It can be undeleted, and read as of before."));
  AddName(app, kind, &options->name);
  app->add_option("--reason", options->reason, "Why; kept on record.")
      ->required()
      ->option_text("TEXT (required)");
  app->add_flag(
      "--force", options->force,
      kind.word == "claim"
          ? "Also if others refer to it: their references are severed. What belongs to the "
            "claim is deleted with it."
          : "Also if others refer to it: their references are severed.");
  AddEtag(app, &options->etag);
  AddRequestId(app, &options->request_id);
  AddExample(
      app, absl::StrCat("headwater ", kind.word, " delete ", kind.in_claim ? "r2-missed-may/" : "",
                        "ft --reason \"Entered twice.\""));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Delete(kind, *options, session); };
  });
}

}  // namespace headwater::cli
