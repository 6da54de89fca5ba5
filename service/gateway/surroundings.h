// What calls need of the server.
#ifndef HEADWATER_GATEWAY_SURROUNDINGS_H_
#define HEADWATER_GATEWAY_SURROUNDINGS_H_

#include "base/worker_pool.h"
#include "request/door/admission.h"

namespace headwater::gateway {

class Metrics;

// All must outlive the calls.
struct Surroundings {
  WorkerPool* pool;               // runs what is large or must wait
  request::Admission* admission;  // shared with the other doors
  Metrics* metrics;               // hears of each call
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_SURROUNDINGS_H_
