// How a client reaches its server and how long it tries.
#ifndef HEADWATER_OPTIONS_H_
#define HEADWATER_OPTIONS_H_

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace headwater {

// How a call that failed is tried again. Which failures are tried again is not a matter of policy:
// see client.h.
struct RetryPolicy {
  // The longest pause before the second try. Each pause after it may be `multiplier` times as long,
  // up to `max_backoff`. The pause taken is random, between half of that and all of it, so that
  // clients which failed together do not come back together.
  absl::Duration initial_backoff = absl::Milliseconds(50);
  absl::Duration max_backoff = absl::Seconds(2);
  double multiplier = 2.0;

  // The most tries of one call, the first included; 1 never tries again, 0 tries until the call's
  // deadline.
  int max_attempts = 0;
};

// How to reach a server. The defaults are those of `headwaterd` started without flags.
struct ClientOptions {
  // "host:port", or any other name that gRPC resolves.
  std::string address = "127.0.0.1:7411";

  // On whose behalf changes are made: kept with every revision, as claimed. One line in UTF-8 and
  // NFC, at most 200 bytes; empty for nobody.
  std::string actor;

  // How long a call may take, all tries and pauses together. For a listing: each page.
  absl::Duration timeout = absl::Seconds(30);

  RetryPolicy retry;

  // Connections to spread the calls over, in turn. One carries a few ten thousand calls a second;
  // more help only where many threads call at once. At least 1.
  int channels = 1;
};

// What differs for one call from the client's options.
struct CallOptions {
  std::optional<absl::Duration> timeout;
  std::optional<std::string> actor;
};

}  // namespace headwater

#endif  // HEADWATER_OPTIONS_H_
