// headwater compare
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

// A page as large as the server gives.
constexpr int kPageSize = 1000;

struct Options {
  std::string first;
  std::string second;
  std::string as_of;
};

absl::StatusOr<v1::CompareSourcesRequest> RequestOf(const Options& options) {
  const Kind& source = *exchange::FindKind("source");
  absl::StatusOr<std::string> first = ResolveName(source, options.first);
  if (!first.ok()) return first.status();
  absl::StatusOr<std::string> second = ResolveName(source, options.second);
  if (!second.ok()) return second.status();
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::CompareSourcesRequest request;
  request.set_first(*first);
  request.set_second(*second);
  request.set_page_size(kPageSize);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  return request;
}

absl::StatusOr<ExitCode> Compare(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  const absl::StatusOr<v1::CompareSourcesRequest> request = RequestOf(options);
  if (!request.ok()) return request.status();
  v1::CompareSourcesResponse page;
  v1::CompareSourcesResponse whole;
  absl::Status status = session.ForEachPage(*request, &page, [&] {
    AddPage(page, &whole);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  switch (session.format()) {
    case Format::kJson:
      PrintJson(session.out(), whole);
      break;
    case Format::kNdjson:
      for (const v1::SharedClaim& shared : whole.shared()) PrintJsonLine(session.out(), shared);
      break;
    default:
      PrintComparison(session.out(), session.terminal(), *request, whole);
      break;
  }
  if (status = session.Flush(); !status.ok()) return status;
  return kOk;
}

}  // namespace

void AddCompare(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* compare = app->add_subcommand(
      "compare",
      "Compare two sources: on which claims both are on record, where they agree, contradict or "
      "cite each other, and who was first. ndjson is a claim a line.");
  compare->add_option("SOURCE", options->first, "The one; sources/ID will do as well.")->required();
  compare->add_option("OTHER", options->second, "The other.")->required();
  AddAsOf(compare, &options->as_of);
  AddExample(compare, "headwater compare ft tri-dat");
  compare->callback([options, command] {
    *command = [options](Session& session) { return Compare(*options, session); };
  });
}

}  // namespace headwater::cli
