// The server from start to stop.
#ifndef HEADWATER_DAEMON_SERVE_H_
#define HEADWATER_DAEMON_SERVE_H_

#include "daemon/exit_code.h"
#include "daemon/flags.h"

namespace headwater::daemon {

// Opens the database, serves it until SIGTERM or SIGINT, and shuts down: calls in flight are
// answered, and every write that was acknowledged is on disk. An error is one line on standard
// error that says what to do. Once, from main, before any other thread is started.
ExitCode Serve(const ServeFlags& flags);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_SERVE_H_
