// `headwaterd rebuild`.
#ifndef HEADWATER_DAEMON_REBUILD_STORE_H_
#define HEADWATER_DAEMON_REBUILD_STORE_H_

#include "daemon/exit_code.h"
#include "daemon/flags.h"

namespace headwater::daemon {

// Drops what is kept of how claims stand, or the search index, and makes it anew. Progress goes to
// standard error, on a terminal only.
ExitCode RebuildStore(const RebuildFlags& flags);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_REBUILD_STORE_H_
