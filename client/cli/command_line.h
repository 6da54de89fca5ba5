// The whole command line, apart from the process it runs in.
#ifndef HEADWATER_CLI_COMMAND_LINE_H_
#define HEADWATER_CLI_COMMAND_LINE_H_

#include <ostream>
#include <string>
#include <vector>

#include "cli/failure.h"
#include "cli/terminal.h"

namespace headwater::cli {

// Where a run writes.
struct Streams {
  std::ostream* out;
  Terminal out_terminal;
  std::ostream* err;
  Terminal err_terminal;
};

// Runs the command that `arguments` say (without the program's name). Flags that are not given come
// from the environment (HEADWATER_SERVER, HEADWATER_ACTOR).
ExitCode Run(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_COMMAND_LINE_H_
