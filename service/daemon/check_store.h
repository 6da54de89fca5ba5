// `headwaterd check`.
#ifndef HEADWATER_DAEMON_CHECK_STORE_H_
#define HEADWATER_DAEMON_CHECK_STORE_H_

#include "daemon/exit_code.h"
#include "daemon/flags.h"

namespace headwater::daemon {

// Checks the store and prints what was found on standard output; progress goes to standard error,
// on a terminal only. kStopped where it is sound, kBadData where it is not.
ExitCode CheckStore(const CheckFlags& flags);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_CHECK_STORE_H_
