// The subcommands. Each Add… puts one into the command line: when it is parsed, `*command` is what
// to run. What the command captured lives as long as it does.
#ifndef HEADWATER_CLI_COMMANDS_H_
#define HEADWATER_CLI_COMMANDS_H_

#include "CLI/App.hpp"
#include "cli/session.h"
#include "exchange/kinds.h"

namespace headwater::cli {

using exchange::Kind;

// headwater KIND VERB. `group` is the command of the kind.
void AddCreate(const Kind& kind, CLI::App* group, Command* command);
void AddGet(const Kind& kind, CLI::App* group, Command* command);
void AddList(const Kind& kind, CLI::App* group, Command* command);
void AddUpdate(const Kind& kind, CLI::App* group, Command* command);
void AddDelete(const Kind& kind, CLI::App* group, Command* command);
void AddUndelete(const Kind& kind, CLI::App* group, Command* command);
void AddWithdraw(const Kind& kind, CLI::App* group, Command* command);
void AddConfirm(const Kind& kind, CLI::App* group, Command* command);
void AddRefuse(const Kind& kind, CLI::App* group, Command* command);
void AddRevisions(const Kind& kind, CLI::App* group, Command* command);
void AddLookup(const Kind& kind, CLI::App* group, Command* command);
void AddProfile(const Kind& kind, CLI::App* group, Command* command);

// headwater VERB.
void AddSearch(CLI::App* app, Command* command);
void AddVerify(CLI::App* app, Command* command);
void AddTrace(CLI::App* app, Command* command);
void AddTimeline(CLI::App* app, Command* command);
void AddAssess(CLI::App* app, Command* command);
void AddImpact(CLI::App* app, Command* command);
void AddCompare(CLI::App* app, Command* command);
void AddImport(CLI::App* app, Command* command);
void AddExport(CLI::App* app, Command* command);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_COMMANDS_H_
