// The look of --help: descriptions wrapped to the terminal, values named after their flags.
#ifndef HEADWATER_CLI_HELP_H_
#define HEADWATER_CLI_HELP_H_

#include <memory>
#include <string>

#include "CLI/App.hpp"
#include "absl/strings/string_view.h"

namespace headwater::cli {

// For App::formatter; subcommands added later have it too. Lines are at most `width` columns.
std::shared_ptr<CLI::FormatterBase> HelpFormatter(int width);

// The text in lines of at most `width` columns, broken at spaces and at its own line ends; all but
// the first begin with `indent` spaces, which count.
std::string Wrap(absl::string_view text, int width, int indent);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_HELP_H_
