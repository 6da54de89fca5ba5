// The errors that this folder makes, with their google.rpc details.
#ifndef HEADWATER_RPC_ERRORS_H_
#define HEADWATER_RPC_ERRORS_H_

#include "absl/status/status.h"

namespace headwater::rpc {

// kResourceExhausted, ErrorInfo SERVER_BUSY, RetryInfo: as many reads wait as may. Nothing was
// done.
absl::Status PoolFull();

// kUnavailable, ErrorInfo SHUTTING_DOWN. Nothing was done.
absl::Status ShuttingDown();

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_ERRORS_H_
