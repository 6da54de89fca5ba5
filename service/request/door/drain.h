// Counts the calls that take time, so that a shutdown can let them end.
#ifndef HEADWATER_REQUEST_DOOR_DRAIN_H_
#define HEADWATER_REQUEST_DOOR_DRAIN_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

namespace headwater::request {

// gRPC's own shutdown waits for every call there is, and a client that watches the server's health
// keeps one open for ever. What must not be cut short are writes, and reads from the pool: these
// are counted here. From any thread.
class Drain {
 public:
  // Counts a call in; False once Close() was called: then it must not begin.
  bool TryBegin();
  // A call that was counted in is over: its answer is with the client, or the client is gone.
  void End();

  // Lets no more calls begin, and waits until none is left, up to `patience`. Whether none is left.
  bool Close(absl::Duration patience);

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  // Guarded by mutex_.
  int running_ = 0;
  bool closed_ = false;
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_DRAIN_H_
