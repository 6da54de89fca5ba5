// headwater KIND get
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/read_point.h"
#include "cli/requests.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string as_of;
  bool show_deleted = false;
  bool include_text = false;
};

absl::StatusOr<ExitCode> Get(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  const MessagePtr request = NewRequest(kind, "Get");
  SetField(request.get(), "name", *name);
  if (!options.as_of.empty()) SetReadPoint(request.get(), *read);
  SetField(request.get(), "show_deleted", options.show_deleted);
  SetField(request.get(), "include_text", options.include_text);
  const MessagePtr resource = NewResponse(*request);
  if (absl::Status status = session.Call(*request, resource.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *resource, ""); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddGet(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand("get", absl::StrCat("Show one ", kind.word, "."));
  AddName(app, kind, &options->name);
  AddAsOf(app, &options->as_of);
  AddShowDeleted(app, &options->show_deleted);
  if (kind.word == "document") {
    app->add_flag("--include-text", options->include_text, "With its text.");
  }
  AddExample(app,
             absl::StrCat("headwater ", kind.word, " get ", kind.in_claim ? "r2-missed-may/" : "",
                          "ft --as-of 2025-08-20T12:00:00+07:00"));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Get(kind, *options, session); };
  });
}

}  // namespace headwater::cli
