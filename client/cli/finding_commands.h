// The subcommands that find claims; see commands.h.
#ifndef HEADWATER_CLI_FINDING_COMMANDS_H_
#define HEADWATER_CLI_FINDING_COMMANDS_H_

#include <cstdint>

#include "CLI/App.hpp"
#include "cli/session.h"

namespace headwater::cli {

void AddSearch(CLI::App* app, Command* command);
void AddVerify(CLI::App* app, Command* command);

// Adds the flag for how fresh what is searched has to be; `sequence` must outlive the parse.
void AddAtLeast(CLI::App* app, int64_t* sequence);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FINDING_COMMANDS_H_
