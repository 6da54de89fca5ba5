// Names for requests (AIP-155).
#ifndef HEADWATER_CLIENT_REQUEST_ID_H_
#define HEADWATER_CLIENT_REQUEST_ID_H_

#include <string>

namespace headwater::internal {

// A new random UUID (version 4), "0b6e1c9e-5e3f-4a9b-8d52-6f1f0a7c2b11". Thread-safe.
std::string NewRequestId();

}  // namespace headwater::internal

#endif  // HEADWATER_CLIENT_REQUEST_ID_H_
