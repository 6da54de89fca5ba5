// Which details of an error fit into a response.
#ifndef HEADWATER_REQUEST_DOOR_DETAILS_H_
#define HEADWATER_REQUEST_DOOR_DETAILS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace headwater::request {

// Adds to `carrier` the payloads of `status` that are details, those whose keys are
// "type.googleapis.com/" and a type, and perhaps "#" and a number where there are several of the
// type. The carrier will serialize to at most `max_bytes`: single details go in first, in the order
// of their numbers, then lists of violations, cut to what fits; the rest is left out.
void AddDetails(const absl::Status& status, size_t max_bytes, google::rpc::Status* carrier);

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_DETAILS_H_
