// headwater KIND revisions
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/list_output.h"
#include "cli/requests.h"

namespace headwater::cli {
namespace {

// A revision carries the whole resource.
constexpr int kPageSize = 100;

absl::StatusOr<ExitCode> Revisions(const Kind& kind, const std::string& text, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, text);
  if (!name.ok()) return name.status();
  const MessagePtr request = NewRequest(kind, "ListRevisions");
  SetField(request.get(), "name", *name);
  SetField(request.get(), "page_size", kPageSize);
  if (absl::Status status = PrintRevisions(session, *request); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddRevisions(const Kind& kind, CLI::App* group, Command* command) {
  auto name = std::make_shared<std::string>();
  CLI::App* app = group->add_subcommand(
      "revisions", absl::StrCat("List the revisions of one ", kind.word, ", newest first."));
  AddName(app, kind, name.get());
  AddExample(app, absl::StrCat("headwater ", kind.word, " revisions ",
                               kind.in_claim ? "r2-missed-may/" : "", "ft"));
  app->callback([&kind, name, command] {
    *command = [&kind, name](Session& session) { return Revisions(kind, *name, session); };
  });
}

}  // namespace headwater::cli
