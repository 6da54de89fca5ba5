// headwater trace
#include <memory>
#include <string>

#include "absl/strings/match.h"
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
  bool downstream = false;
  std::string from;
  int depth = 0;
  int max_voices = 0;
};

void Print(Session& session, const v1::TraceClaimResponse& trace, bool downstream) {
  switch (session.format()) {
    case Format::kTable:
      return PrintTrace(session.out(), session.terminal(), trace, downstream);
    case Format::kJson:
      return PrintJson(session.out(), trace);
    case Format::kDot:
      return PrintTraceDot(session.out(), trace, downstream);
    case Format::kNdjson:
      for (const v1::Voice& voice : trace.voices()) PrintJsonLine(session.out(), voice);
  }
}

// A source's id will do, and claim/attribution.
absl::StatusOr<std::string> StartOf(const std::string& text) {
  const bool is_source = !absl::StrContains(text, "/") || absl::StartsWith(text, "sources/");
  return ResolveName(*exchange::FindKind(is_source ? "source" : "attribution"), text);
}

absl::StatusOr<ExitCode> Trace(const Options& options, Session& session) {
  absl::StatusOr<std::string> name = ResolveName(*exchange::FindKind("claim"), options.claim);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::TraceClaimRequest request;
  request.set_name(*name);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  if (!options.from.empty()) {
    absl::StatusOr<std::string> from = StartOf(options.from);
    if (!from.ok()) return from.status();
    request.set_from(*std::move(from));
  }
  if (options.downstream) request.set_direction(v1::TRACE_DIRECTION_DOWNSTREAM);
  request.set_max_depth(options.depth);
  request.set_max_voices(options.max_voices);
  v1::TraceClaimResponse trace;
  if (absl::Status status = session.Call(request, &trace); !status.ok()) return status;
  Print(session, trace, options.downstream);
  if (absl::Status status = session.Flush(); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddTrace(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* trace = app->add_subcommand(
      "trace",
      "Show where a claim comes from: who says it, and on whose word; or who repeats it. Claims "
      "that say the same by confirmed relations, in whatever language, are traced with it. "
      "--output dot draws it with Graphviz; ndjson is a voice a line.");
  trace->add_option("CLAIM", options->claim, "Which one; claims/ID will do as well.")->required();
  AddAsOf(trace, &options->as_of);
  trace->add_flag("--downstream", options->downstream,
                  "From those who said it to those who repeat it, instead of the other way.");
  trace
      ->add_option("--from", options->from,
                   "Where to begin: a source, ft, or an attribution, CLAIM/ATTRIBUTION.")
      ->option_text("NAME");
  trace->add_option("--depth", options->depth, "How many citations from there to go.")
      ->option_text("N")
      ->check(CLI::Range(1, 1'000'000));
  trace
      ->add_option("--max-voices", options->max_voices,
                   "The most voices to show, up to 10,000 (1,000 if not given).")
      ->option_text("N")
      ->check(CLI::Range(1, 10'000));
  AddExample(trace,
             "headwater trace huawei-engineers-failed\n"
             "  headwater trace huawei-engineers-failed --downstream --from ft-three-people\n"
             "  headwater trace huawei-engineers-failed --output dot | dot -Tsvg > chain.svg");
  trace->callback([options, command] {
    *command = [options](Session& session) { return Trace(*options, session); };
  });
}

}  // namespace headwater::cli
