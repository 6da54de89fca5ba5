// How much of the gateway one client may take, and for how long.
#ifndef HEADWATER_GATEWAY_LIMITS_H_
#define HEADWATER_GATEWAY_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace headwater::gateway {

struct Limits {
  size_t most_connections = 4096;          // of more the newest are closed at once
  size_t most_head = 64 << 10;             // bytes of a request's head, a GET's message within
  std::chrono::milliseconds idle{75'000};  // between two requests of a connection
  std::chrono::milliseconds head{10'000};  // from the first byte of a head to its last
  std::chrono::milliseconds step{20'000};  // until some 256 KiB of a body have come, or were taken
  // A body must come at `body_rate` bytes a second at least, `body` aside: a small one has so long.
  std::chrono::milliseconds body{20'000};
  size_t body_rate = 32 << 10;
  std::chrono::milliseconds linger{2'000};  // for a refused body, so that the answer is read
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_LIMITS_H_
