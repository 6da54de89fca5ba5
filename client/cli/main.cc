// headwater: the command line.
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "cli/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  using headwater::cli::Terminal;
  return headwater::cli::Run(arguments, {&std::cout, Terminal::Of(STDOUT_FILENO), &std::cerr,
                                         Terminal::Of(STDERR_FILENO)});
}
