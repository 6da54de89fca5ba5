// Being asked to stop, by ctrl-C or by kill.
#ifndef HEADWATER_CLI_INTERRUPT_H_
#define HEADWATER_CLI_INTERRUPT_H_

#include <signal.h>

#include "cli/failure.h"

namespace headwater::cli {

// While it lives, the first SIGINT or SIGTERM is noted, so that whoever works can come to an
// orderly end; a second one ends the program. One at a time.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  // The signal that came; 0 while none did.
  static int signal();
  // How a program says that it was stopped by the signal that came: 128 and its number, as shells
  // have it (130 for ctrl-C).
  static ExitCode exit_code() { return static_cast<ExitCode>(128 + signal()); }

 private:
  struct sigaction old_int_;
  struct sigaction old_term_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_INTERRUPT_H_
