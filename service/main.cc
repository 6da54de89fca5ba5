// headwaterd, the server.
#include <cstdio>
#include <exception>

#include "CLI/CLI.hpp"
#include "daemon/check_store.h"
#include "daemon/exit_code.h"
#include "daemon/flags.h"
#include "daemon/rebuild_store.h"
#include "daemon/serve.h"

namespace headwater::daemon {
namespace {

int Main(int argc, char** argv) {
  CLI::App app(
      "Headwater's server: keeps claims and who said them, and answers where they come from.\n"
      "Without a subcommand it serves.\n"
      "Example: headwaterd --data-dir /var/lib/headwater",
      "headwaterd");
  app.set_version_flag("--version", "headwaterd " HEADWATER_VERSION);
  app.footer(kExitCodesHelp);
  app.require_subcommand(0, 1);
  ServeFlags flags;
  AddServeFlags(&app, &flags);
  CheckFlags check_flags;
  CLI::App* const check = AddCheckCommand(&app, &check_flags);
  RebuildFlags rebuild_flags;
  CLI::App* const rebuild = AddRebuildCommand(&app, &rebuild_flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are "errors" of code 0 in CLI11.
    return app.exit(error) == 0 ? kStopped : kUsage;
  }
  if (rebuild->parsed()) return RebuildStore(rebuild_flags);
  return check->parsed() ? CheckStore(check_flags) : Serve(flags);
}

}  // namespace
}  // namespace headwater::daemon

int main(int argc, char** argv) {
  try {
    return headwater::daemon::Main(argc, argv);
  } catch (const std::exception& error) {  // what a library throws that nobody foresaw
    std::fprintf(stderr, "headwaterd: %s\n", error.what());
    return headwater::daemon::kFailed;
  }
}
