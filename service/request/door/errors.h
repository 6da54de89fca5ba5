// The errors that this folder makes, with their google.rpc details.
#ifndef HEADWATER_REQUEST_DOOR_ERRORS_H_
#define HEADWATER_REQUEST_DOOR_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"

namespace headwater::request {

// kResourceExhausted, with an ErrorInfo and a RetryInfo. Nothing was done.
absl::Status PoolFull();         // SERVER_BUSY: as many calls wait for a thread as may
absl::Status TooMuchArriving();  // REQUEST_MEMORY: as many slow requests are on their way as may
absl::Status TooMuchInWork();    // REQUEST_MEMORY: so much is being worked on already
absl::Status TooMuchUnread();    // REQUEST_MEMORY: so much waits for readers already

absl::Status TooManyStreams();  // TOO_MANY_STREAMS: as many are open as may be

// kInvalidArgument: the call ended without a message.
absl::Status NoRequest();
// kInvalidArgument: its message has more bytes than one of this method ever needs.
absl::Status RequestTooLarge(size_t most);

// kUnavailable, ErrorInfo SHUTTING_DOWN. Nothing was done.
absl::Status ShuttingDown();

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_ERRORS_H_
