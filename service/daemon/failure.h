// How headwaterd says what went wrong.
#ifndef HEADWATER_DAEMON_FAILURE_H_
#define HEADWATER_DAEMON_FAILURE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "daemon/exit_code.h"

namespace headwater::daemon {

// Prints one line on standard error, and returns `code`.
ExitCode Fail(ExitCode code, absl::string_view what);

// Fails with what opening the database said. `precondition` is what kFailedPrecondition stands for.
ExitCode CannotOpen(const absl::Status& status, ExitCode precondition);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_FAILURE_H_
