// One line for each notable event, on standard error. Never what clients stored or sent.
#ifndef HEADWATER_DAEMON_LOGGING_H_
#define HEADWATER_DAEMON_LOGGING_H_

#include <string>

namespace headwater::daemon {

// Sets up spdlog's default logger at `level` ("debug" … "off"), and takes what gRPC and protobuf
// would print themselves: theirs is detail, which shows at "debug". Before any other thread is
// started.
void SetUpLogging(const std::string& level);

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_LOGGING_H_
