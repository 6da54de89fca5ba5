// headwater timeline
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/json_output.h"
#include "cli/read_point.h"
#include "cli/timeline_view.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {
namespace {

constexpr int kPageSize = 1000;

struct Options {
  std::string claim;
  std::string axis = "published";
  std::string as_of;
  std::string published_until;
};

// Prints the pages as they come.
absl::Status PrintPages(Session& session, v1::ListTimelineRequest request) {
  TimelinePrinter table(&session.out(), session.terminal(),
                        request.axis() == v1::TIMELINE_AXIS_RECORDED);
  MergedJson json(&session.out(),
                  *v1::ListTimelineResponse::descriptor()->FindFieldByName("events"));
  v1::ListTimelineResponse page;
  do {
    page.Clear();
    if (absl::Status status = session.Call(request, &page); !status.ok()) return status;
    request.set_page_token(page.next_page_token());
    if (session.format() == Format::kTable) table.Add(page);
    for (const v1::TimelineEvent& event : page.events()) {
      if (session.format() == Format::kJson) json.Add(event);
      if (session.format() == Format::kNdjson) PrintJsonLine(session.out(), event);
    }
    if (absl::Status status = session.Flush(); !status.ok()) return status;
  } while (!request.page_token().empty());
  if (session.format() == Format::kTable) table.End(page);
  if (session.format() == Format::kJson) json.End(&page);
  return session.Flush();
}

absl::StatusOr<ExitCode> Timeline(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(*exchange::FindKind("claim"), options.claim);
  if (!name.ok()) return name.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::ListTimelineRequest request;
  request.set_name(*name);
  request.set_page_size(kPageSize);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  request.set_axis(options.axis == "recorded" ? v1::TIMELINE_AXIS_RECORDED
                                              : v1::TIMELINE_AXIS_PUBLISHED);
  request.set_published_until(options.published_until);
  if (absl::Status status = PrintPages(session, request); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddTimeline(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* timeline = app->add_subcommand(
      "timeline",
      "Show what happened to a claim, in order: who took which stance when, what was taken back, "
      "reviews, relations; as recorded also what was done to the record. ndjson is an event a "
      "line.");
  timeline->add_option("CLAIM", options->claim, "Which one; claims/ID will do as well.")
      ->required();
  timeline
      ->add_option("--axis", options->axis,
                   "In which order: published, by the events' own dates, or recorded, by sequence.")
      ->option_text("published|recorded")
      ->check(CLI::IsMember({"published", "recorded"}));
  AddAsOf(timeline, &options->as_of);
  timeline
      ->add_option("--published-until", options->published_until,
                   "Only what certainly happened by the end of this date: 2025-08-05, 2025-08.")
      ->option_text("DATE");
  AddExample(timeline,
             "headwater timeline nvidia-gpus-have-backdoors\n"
             "  headwater timeline huawei-engineers-failed --axis recorded");
  timeline->callback([options, command] {
    *command = [options](Session& session) { return Timeline(*options, session); };
  });
}

}  // namespace headwater::cli
