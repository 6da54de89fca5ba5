// What a client takes packed.
#ifndef HEADWATER_GATEWAY_ACCEPT_ENCODING_H_
#define HEADWATER_GATEWAY_ACCEPT_ENCODING_H_

#include "absl/strings/string_view.h"

namespace headwater::gateway {

// Whether an Accept-Encoding, or a Connect-Accept-Encoding, of that value lists gzip with a weight
// above 0: "br, gzip;q=0.8".
bool AcceptsGzip(absl::string_view encodings);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_ACCEPT_ENCODING_H_
