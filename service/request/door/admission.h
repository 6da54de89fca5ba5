// What the doors of one server share, so that they let in together no more than it can bear.
#ifndef HEADWATER_REQUEST_DOOR_ADMISSION_H_
#define HEADWATER_REQUEST_DOOR_ADMISSION_H_

#include <cstddef>

#include "request/door/drain.h"
#include "request/door/request_memory.h"
#include "request/door/streams.h"

namespace headwater::request {

// A message sent to the server may be 16 MiB, as the batch methods promise, and a little for what
// goes around them.
inline constexpr int kMaxReceivedBytes = (16 << 20) + (64 << 10);

struct AdmissionLimits {
  // What requests under way may take in memory, in bytes: request_memory.h says how it is shared
  // out. What would pass it is RESOURCE_EXHAUSTED, with ErrorInfo REQUEST_MEMORY and RetryInfo.
  size_t request_memory = size_t{512} << 20;
  // The most exports, and the most imports, that are open at a time. What would pass it is
  // RESOURCE_EXHAUSTED, with ErrorInfo TOO_MANY_STREAMS and RetryInfo.
  size_t most_streams = 32;
};

// Its parts may be used from any thread; it must outlive the doors.
struct Admission {
  explicit Admission(const AdmissionLimits& its_limits = {})
      : limits(its_limits),
        memory(limits.request_memory),
        exports({.most = limits.most_streams}),
        imports({.most = limits.most_streams}) {}

  const AdmissionLimits limits;
  Drain drain;           // the calls that take time
  RequestMemory memory;  // the requests under way
  Streams exports;       // open streams of answers
  Streams imports;       // open dialogues
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_ADMISSION_H_
