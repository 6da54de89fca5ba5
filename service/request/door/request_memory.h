// The account of what requests under way take in memory.
#ifndef HEADWATER_REQUEST_DOOR_REQUEST_MEMORY_H_
#define HEADWATER_REQUEST_DOOR_REQUEST_MEMORY_H_

#include <cstddef>
#include <mutex>

namespace headwater::request {

// A request of more bytes is large: the pool works on it, never a thread that carries connections,
// for which parsing this much (some 50 us) is as long as it should take.
inline constexpr size_t kLargeRequestBytes = 64 << 10;

// What the work on a request takes, as a multiple of its bytes: the message, what it is parsed
// into, the changes, their rows in the batch and in the engine, the answer. As measured on batches
// of creations, which take the most.
inline constexpr size_t kWorkFactor = 8;

// A budget in four parts, none of which can use up another: a quarter for messages that arrive by
// gRPC, an eighth for those that arrive by HTTP, an eighth for the work on small requests, the rest
// for the work on large ones. Beside it a quarter as much again is for large answers that wait for
// their readers over HTTP. From any thread.
class RequestMemory {
 public:
  explicit RequestMemory(size_t budget) : budget_(budget) {}

  // How many messages of up to `bytes` may be arriving by gRPC at a time: one at least. It tells of
  // a message only when all of it is there.
  size_t MostArriving(size_t bytes) const;

  // Counts in `more` bytes of a message that arrives by HTTP and has `had` bytes counted already,
  // where there is room for them: there always is for a message that arrives alone. Small messages
  // need not be counted: the number of connections bounds them.
  [[nodiscard]] bool TryArrive(size_t had, size_t more);
  // Counts out what TryArrive counted in.
  void Arrived(size_t bytes);

  // Counts in the work on a request of `bytes`, at kWorkFactor times that, where its part has room.
  // One large request is always let in, however small the budget.
  [[nodiscard]] bool TryTake(size_t bytes);
  // Counts out what TryTake(bytes) counted in.
  void Give(size_t bytes);

  // Counts in a large answer of `bytes` that goes out by HTTP, where there is room for it: there
  // always is for one alone. Small ones need not be counted, as above.
  [[nodiscard]] bool TryAnswer(size_t bytes);
  // The same for an answer that must be given: what was asked for is done.
  void Answer(size_t bytes);
  // Counts out what TryAnswer or Answer counted in.
  void Answered(size_t bytes);

 private:
  const size_t budget_;
  std::mutex mutex_;
  // In bytes of work. Guarded by mutex_.
  size_t arriving_ = 0;  // by HTTP, in bytes as they are
  size_t small_ = 0;
  size_t large_ = 0;
  size_t answers_ = 0;  // by HTTP, in bytes as they are
};

}  // namespace headwater::request

#endif  // HEADWATER_REQUEST_DOOR_REQUEST_MEMORY_H_
