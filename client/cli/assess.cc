// headwater assess
#include <memory>
#include <string>

#include "cli/assess_view.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/json_output.h"
#include "cli/read_point.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string claim;
  std::string as_of;
  std::string published_until;
};

absl::StatusOr<ExitCode> Assess(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(*exchange::FindKind("claim"), options.claim);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::AssessClaimRequest request;
  request.set_name(*name);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  request.set_published_until(options.published_until);
  v1::Assessment assessment;
  if (absl::Status status = session.Call(request, &assessment); !status.ok()) return status;
  switch (session.format()) {
    case Format::kJson:
      PrintJson(session.out(), assessment);
      break;
    case Format::kNdjson:
      PrintJsonLine(session.out(), assessment);
      break;
    default:
      PrintAssessment(session.out(), session.terminal(), assessment);
      break;
  }
  if (absl::Status status = session.Flush(); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddAssess(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* assess = app->add_subcommand(
      "assess",
      "Weigh what stands behind a claim: how many independent lines lead to an origin, who denies "
      "it, and why. Claims that say the same by confirmed relations are weighed with it.");
  assess->add_option("CLAIM", options->claim, "Which one; claims/ID will do as well.")->required();
  AddAsOf(assess, &options->as_of);
  assess
      ->add_option("--published-until", options->published_until,
                   "Only what was certainly said by the end of this date: 2025-08-05, 2025-08.")
      ->option_text("DATE");
  AddExample(assess,
             "headwater assess huawei-engineers-failed\n"
             "  headwater assess nvidia-gpus-have-backdoors --published-until 2025-08-05");
  assess->callback([options, command] {
    *command = [options](Session& session) { return Assess(*options, session); };
  });
}

}  // namespace headwater::cli
