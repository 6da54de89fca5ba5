// How headwaterd says what went wrong.
#ifndef HEADWATER_DAEMON_FAILURE_H_
#define HEADWATER_DAEMON_FAILURE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "daemon/exit_code.h"

namespace headwater::daemon {

// Prints one line on standard error, and returns `code`.
ExitCode Fail(ExitCode code, absl::string_view what);

// Fails with what opening the engine (kv/engine.h) or the database on it said.
ExitCode CannotOpen(const absl::Status& status);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_FAILURE_H_
