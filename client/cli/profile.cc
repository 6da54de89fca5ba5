// headwater source profile
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/json_output.h"
#include "cli/read_point.h"
#include "cli/source_view.h"
#include "headwater/totals.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string as_of;
};

absl::StatusOr<ExitCode> Profile(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::ProfileSourceRequest request;
  request.set_name(*name);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  v1::ProfileSourceResponse page;
  v1::ProfileSourceResponse whole;
  absl::Status status = session.ForEachPage(request, &page, [&] {
    AddPage(page, &whole);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  switch (session.format()) {
    case Format::kJson:
      PrintJson(session.out(), whole);
      break;
    case Format::kNdjson:
      PrintJsonLine(session.out(), whole);
      break;
    default:
      PrintProfile(session.out(), session.terminal(), whole);
      break;
  }
  if (status = session.Flush(); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddProfile(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "profile",
      "Show what is on record of a source: what it originates and passes on, whom it leans on and "
      "who leans on it, what was withdrawn and denied. Counts and names, never a score.");
  AddName(app, kind, &options->name);
  AddAsOf(app, &options->as_of);
  AddExample(app, "headwater source profile ft");
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Profile(kind, *options, session); };
  });
}

}  // namespace headwater::cli
