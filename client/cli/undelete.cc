// headwater KIND undelete
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
  std::string etag;
  std::string request_id;
  bool force = false;
};

absl::StatusOr<ExitCode> Undelete(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  const MessagePtr request = NewRequest(kind, "Undelete");
  SetField(request.get(), "name", *name);
  SetField(request.get(), "force", options.force);
  SetField(request.get(), "etag", options.etag);
  SetField(request.get(), "request_id", options.request_id);
  const MessagePtr restored = NewResponse(*request);
  if (absl::Status status = session.Call(*request, restored.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *restored, "undeleted"); !status.ok()) {
    return status;
  }
  return kOk;
}

}  // namespace

void AddUndelete(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "undelete", absl::StrCat("Take the deletion of a ", kind.word, " back."));
  AddName(app, kind, &options->name);
  app->add_flag("--force", options->force,
                "Also if something that it refers to is deleted: those references stay severed.");
  AddEtag(app, &options->etag);
  AddRequestId(app, &options->request_id);
  AddExample(app, absl::StrCat("headwater ", kind.word, " undelete ",
                               kind.in_claim ? "r2-missed-may/" : "", "ft"));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Undelete(kind, *options, session); };
  });
}

}  // namespace headwater::cli
