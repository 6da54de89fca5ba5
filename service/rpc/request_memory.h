// The account of what requests under way take in memory.
#ifndef HEADWATER_RPC_REQUEST_MEMORY_H_
#define HEADWATER_RPC_REQUEST_MEMORY_H_

#include <cstddef>
#include <mutex>

namespace headwater::rpc {

// A request of more bytes is large: the pool works on it, never one of gRPC's threads, for which
// parsing this much (some 50 us) is as long as it should take.
inline constexpr size_t kLargeRequestBytes = 64 << 10;

// What the work on a request takes, as a multiple of its bytes: the message, what it is parsed
// into, the changes, their rows in the batch and in the engine, the answer. As measured on batches
// of creations, which take the most.
inline constexpr size_t kWorkFactor = 8;

// A budget in three parts, none of which can use up another: a quarter for messages that are
// arriving, an eighth for the work on small requests, the rest for the work on large ones. From any
// thread.
class RequestMemory {
 public:
  explicit RequestMemory(size_t budget) : budget_(budget) {}

  // How many messages of up to `bytes` may be arriving at a time: one at least.
  size_t MostArriving(size_t bytes) const;

  // Counts in the work on a request of `bytes`, at kWorkFactor times that, where its part has room.
  // One large request is always let in, however small the budget.
  [[nodiscard]] bool TryTake(size_t bytes);
  // Counts out what TryTake(bytes) counted in.
  void Give(size_t bytes);

 private:
  const size_t budget_;
  std::mutex mutex_;
  // In bytes of work. Guarded by mutex_.
  size_t small_ = 0;
  size_t large_ = 0;
};

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_REQUEST_MEMORY_H_
