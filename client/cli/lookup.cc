// headwater source lookup
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/list_output.h"
#include "cli/read_point.h"
#include "headwater/v1/source_service.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string domain;
  std::string as_of;
};

absl::StatusOr<ExitCode> Lookup(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (options.name.empty() == options.domain.empty()) {
    return UsageError("give a name, or --domain, and not both");
  }
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::LookupSourceRequest request;
  if (options.domain.empty()) {
    request.set_name(options.name);
  } else {
    request.set_domain(options.domain);
  }
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  v1::LookupSourceResponse response;
  if (absl::Status status = session.Call(request, &response); !status.ok()) return status;
  const bool none = response.sources().empty();
  if (none && !response.similar_sources().empty() && session.format() == Format::kTable) {
    session.err() << "nobody is called so; these are called nearly so:\n";
    response.mutable_sources()->Swap(response.mutable_similar_sources());
  }
  if (absl::Status status = PrintListResponse(session, kind, &response); !status.ok()) {
    return status;
  }
  return none ? kNotFound : kOk;
}

}  // namespace

void AddLookup(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "lookup",
      "Find sources by a name, an alias or a domain. Where nobody bears the name, those are shown "
      "whose names are nearly the same, in whatever script. Exit code 3 where nobody bears it.");
  app->add_option("NAME", options->name, "A name or alias, without regard to case and marks.");
  app->add_option("--domain", options->domain,
                  "A domain; where no source has it, the domains above it are tried.")
      ->option_text("DOMAIN");
  AddAsOf(app, &options->as_of);
  AddExample(app,
             "headwater source lookup \"financial times\"\n"
             "  headwater source lookup --domain www.ft.com");
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Lookup(kind, *options, session); };
  });
}

}  // namespace headwater::cli
