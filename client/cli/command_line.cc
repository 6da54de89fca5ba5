#include "cli/command_line.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Error.hpp"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/requests.h"
#include "cli/session.h"

namespace headwater::cli {
namespace {

constexpr char kAbout[] =
    "The command line of Headwater, a database of claims and of who said them, where, and on whose "
    "word. Names may be given by their ids where the kind is clear: `headwater trace x` is "
    "`headwater trace claims/x`.";

constexpr char kFooter[] =
    "The server, actor, output and timeout flags may stand before or after the command.\n"
    "\n"
    "Exit codes:\n"
    "  0  done\n"
    "  1  refused by the server: stderr says what is wrong, at which field\n"
    "  2  the command line is wrong\n"
    "  3  not found, or search and verify found nothing\n"
    "  4  conflict: it exists already, its etag is stale, or something refers to it\n"
    "  5  no server, or no answer in time\n"
    "  6  an import that rejected some rows\n"
    "  130, 143  an import stopped by ctrl-C or by kill: stderr says how to go on\n"
    "\n"
    "Example:\n"
    "  headwater import records.ndjson && headwater trace huawei-engineers-failed";

// Given twice, the last one counts: a script may add to what an alias says.
void AddGlobals(CLI::App* app, Globals* globals) {
  app->add_option("--server", globals->server,
                  "The server's address; 127.0.0.1:7411 if neither this nor HEADWATER_SERVER says "
                  "another.")
      ->envname("HEADWATER_SERVER")
      ->option_text("HOST:PORT")
      ->take_last();
  app->add_option("--actor", globals->actor,
                  "On whose behalf changes are made, kept with every revision; or HEADWATER_ACTOR.")
      ->envname("HEADWATER_ACTOR")
      ->option_text("NAME")
      ->take_last();
  app->add_option("--output", globals->output,
                  "table is for people; json is the response in proto3 JSON, lists merged into one "
                  "response; ndjson is one resource a line.")
      ->option_text("table|json|ndjson")
      ->take_last();
  app->add_option("--timeout", globals->timeout,
                  "How long to wait for an answer, tries included; 30s if not given.")
      ->option_text("TIME")
      ->take_last();
}

void AddKind(const Kind& kind, CLI::App* app, Command* command) {
  CLI::App* group =
      app->add_subcommand(kind.word, absl::StrCat("Make, read and change ", kind.collection, "."));
  group->require_subcommand(1);
  group->footer(
      absl::StrCat("Each has a --help of its own: `headwater ", kind.word, " create --help`."));
  AddCreate(kind, group, command);
  AddGet(kind, group, command);
  AddList(kind, group, command);
  AddUpdate(kind, group, command);
  AddDelete(kind, group, command);
  AddUndelete(kind, group, command);
  if (RequestType(kind, "Withdraw") != nullptr) AddWithdraw(kind, group, command);
  if (kind.word == "relation") {
    AddConfirm(kind, group, command);
    AddRefuse(kind, group, command);
  }
  AddRevisions(kind, group, command);
  if (kind.word == "source") {
    AddLookup(kind, group, command);
    AddProfile(kind, group, command);
  }
}

// What CLI11 has to say, as help or as a usage error.
ExitCode Report(const CLI::App& app, const CLI::ParseError& error, const Streams& streams) {
  if (error.get_exit_code() == 0) {
    app.exit(error, *streams.out, *streams.err);
    return kOk;
  }
  const CLI::App* at = &app;
  for (auto deeper = at->get_subcommands(); !deeper.empty(); deeper = at->get_subcommands()) {
    at = deeper.front();
  }
  std::string command = "headwater";
  for (const CLI::App* part = at; part->get_parent() != nullptr; part = part->get_parent()) {
    command.insert(sizeof("headwater") - 1, " " + part->get_name());
  }
  *streams.err << "headwater: " << error.what() << "\n  (see `" << command << " --help`)\n";
  return kUsage;
}

}  // namespace

ExitCode Run(const std::vector<std::string>& arguments, const Streams& streams) {
  CLI::App app(kAbout, "headwater");
  Globals globals;
  Command command;
  app.formatter(HelpFormatter(streams.out_terminal.width == 0 ? 100 : streams.out_terminal.width));
  app.set_version_flag("--version", std::string("headwater ") + HEADWATER_VERSION);
  app.footer(kFooter);
  app.fallthrough();
  app.require_subcommand(1);
  AddGlobals(&app, &globals);
  AddVerify(&app, &command);
  AddSearch(&app, &command);
  AddTrace(&app, &command);
  AddTimeline(&app, &command);
  AddAssess(&app, &command);
  AddImpact(&app, &command);
  AddCompare(&app, &command);
  for (const Kind& kind : exchange::Kinds()) AddKind(kind, &app, &command);
  AddImport(&app, &command);
  AddExport(&app, &command);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return Report(app, error, streams);
  }
  absl::StatusOr<std::unique_ptr<Session>> session =
      Session::Make(globals, streams.out, streams.out_terminal, streams.err, streams.err_terminal);
  absl::StatusOr<ExitCode> code = session.ok() ? command(**session) : session.status();
  if (code.ok()) return *code;
  streams.out->flush();
  *streams.err << Explain(code.status());
  return ExitCodeOf(code.status());
}

}  // namespace headwater::cli
