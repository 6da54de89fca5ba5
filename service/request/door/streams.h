// Which streams are open, and that they are not too many.
#ifndef HEADWATER_REQUEST_DOOR_STREAMS_H_
#define HEADWATER_REQUEST_DOOR_STREAMS_H_

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>

namespace headwater::request {

// A stream stays as long as its client likes, so only so many may be open. One that has moved
// nothing for a while gives its place up when another wants it: nobody holds a place by not
// reading, and a client that was only slow goes on where it was. From any thread.
class Streams {
 public:
  using Clock = std::chrono::steady_clock;

  // One open stream. Called with a lock held.
  class Stream {
   public:
    // Ends it soon. More than once does no harm.
    virtual void Cancel() = 0;

   protected:
    virtual ~Stream() = default;

   private:
    friend class Streams;
    Clock::time_point moved_;
    bool cancelled_ = false;
    std::list<Stream*>::iterator place_;
  };

  struct Limits {
    size_t most = 32;
    Clock::duration idle = std::chrono::seconds(60);
  };

  explicit Streams(const Limits& limits) : limits_(limits) {}

  // Counts a stream in, for which another may have to go. False where there is no room: then it
  // must not Leave().
  [[nodiscard]] bool Enter(Stream* stream);
  // It has moved: a message came, or was taken.
  void Move(Stream* stream);
  void Leave(Stream* stream);

 private:
  const Limits limits_;
  std::mutex mutex_;
  std::list<Stream*> open_;  // guarded by mutex_
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_STREAMS_H_
