// Addresses to listen on, as people write them.
#ifndef HEADWATER_REQUEST_DOOR_ADDRESS_H_
#define HEADWATER_REQUEST_DOOR_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace headwater::request {

struct Address {
  std::string host;  // without brackets
  int port = 0;
};

// "host:port" or "[IPv6]:port". kInvalidArgument where it is neither, in words for whoever typed
// it. Looks nothing up.
absl::StatusOr<Address> ParseAddress(absl::string_view text);

// The same text again; a host with a colon in it stands in brackets.
std::string ToString(const Address& address);

// Whether only this machine can reach it: 127.0.0.0/8, ::1, "localhost".
bool IsLoopback(const Address& address);

// After listening failed: tries to bind it once more, to tell why. kUnavailable, in one line that
// names `flag`, by which the address was given: "--listen".
absl::Status WhyNotListening(const Address& address, absl::string_view flag);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_ADDRESS_H_
