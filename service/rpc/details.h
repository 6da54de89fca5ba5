// Which details of an error fit into a response.
#ifndef HEADWATER_RPC_DETAILS_H_
#define HEADWATER_RPC_DETAILS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace headwater::rpc {

// Adds to `carrier` the payloads of `status` that are details, as long as it serializes to at most
// `max_bytes`: the smallest first, lists of violations cut to what fits, the rest left out.
void AddDetails(const absl::Status& status, size_t max_bytes, google::rpc::Status* carrier);

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_DETAILS_H_
