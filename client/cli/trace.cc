// headwater trace
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/json_output.h"
#include "cli/read_point.h"
#include "cli/trace_view.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string claim;
  std::string as_of;
};

void Print(Session& session, const v1::TraceClaimResponse& trace) {
  switch (session.format()) {
    case Format::kTable:
      return PrintTrace(session.out(), session.terminal(), trace);
    case Format::kJson:
      return PrintJson(session.out(), trace);
    case Format::kDot:
      return PrintTraceDot(session.out(), trace);
    case Format::kNdjson:
      for (const v1::Voice& voice : trace.voices()) PrintJsonLine(session.out(), voice);
  }
}

absl::StatusOr<ExitCode> Trace(const Options& options, Session& session) {
  absl::StatusOr<std::string> name = ResolveName(*exchange::FindKind("claim"), options.claim);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::TraceClaimRequest request;
  request.set_name(*name);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  v1::TraceClaimResponse trace;
  if (absl::Status status = session.Call(request, &trace); !status.ok()) return status;
  Print(session, trace);
  if (absl::Status status = session.Flush(); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddTrace(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* trace = app->add_subcommand(
      "trace",
      "Show where a claim comes from: who says it, and on whose word. --output dot draws it with "
      "Graphviz; ndjson is a voice a line.");
  trace->add_option("CLAIM", options->claim, "Which one; claims/ID will do as well.")->required();
  AddAsOf(trace, &options->as_of);
  AddExample(trace,
             "headwater trace huawei-engineers-failed\n"
             "  headwater trace huawei-engineers-failed --output dot | dot -Tsvg > chain.svg");
  trace->callback([options, command] {
    *command = [options](Session& session) { return Trace(*options, session); };
  });
}

}  // namespace headwater::cli
