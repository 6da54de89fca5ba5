// Which requests are arriving, and which of them may go on when too many are slow.
#ifndef HEADWATER_RPC_ARRIVALS_H_
#define HEADWATER_RPC_ARRIVALS_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace headwater::rpc {

// gRPC gathers a message before anybody learns its size, and lets the peer send all of it. So what
// arrives is bounded by how many messages do so at a time. A small one is there with its headers;
// one that still is not after a moment is slow, as a large one is, or one that is held back. Of
// slow ones only so many may be, and any number of others: small requests pass whatever the large
// ones do. Too many: the newest are refused, so that the others get through; but first the oldest,
// once it has had its time, so that nobody holds a place by sending nothing.
class Arrivals {
 public:
  using Clock = std::chrono::steady_clock;

  // One message on its way. Called without a lock, but for Keep.
  class Message {
   public:
    // The message must live until Release, which is called once for each Keep.
    virtual void Keep() = 0;
    virtual void Release() = 0;
    // Calls Confirm(this) once all was heard that gRPC has to tell by now: on a busy server this
    // message may have come, and word of it still wait its turn.
    virtual void AskWhetherArrived() = 0;
    // Refuses the call, whose message is waited for no more. Once at most.
    virtual void Refuse() = 0;

    virtual ~Message() = default;

   private:
    friend class Arrivals;
    enum class State { kWaited, kAsked, kLate, kRefused };
    State state_ = State::kWaited;
    Clock::time_point since_;
    std::list<Message*>::iterator place_;
  };

  struct Limits {
    size_t most_slow = 8;
    Clock::duration slow = std::chrono::milliseconds(50);  // after this a message is slow
    Clock::duration turn = std::chrono::seconds(20);       // how long one may keep its place
  };

  explicit Arrivals(const Limits& limits);
  // Stops; no message may be left.
  ~Arrivals();

  // `message` is on its way.
  void Enter(Message* message);
  // It is there, or will never be. False where it was refused.
  [[nodiscard]] bool Leave(Message* message);
  // The answer to AskWhetherArrived: a message that has not left by now had not arrived then.
  void Confirm(Message* message);

  // Refuses and asks no more. Repeated calls are harmless.
  void Stop();
  // Waits until every message has left.
  void WaitForNone();

 private:
  void Run();
  // What there is to do for those who are too many. Each is kept.
  struct Steps {
    std::vector<Message*> ask;
    std::vector<Message*> refuse;
  };
  Steps NextSteps(Clock::time_point now);
  static void Take(const Steps& steps);

  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::list<Message*> messages_;  // that may go on, the oldest first
  size_t refused_ = 0;            // and have not left
  bool idle_ = false;             // the thread waits for a message
  bool stopping_ = false;

  std::mutex join_mutex_;
  std::thread thread_;  // guarded by join_mutex_ once constructed
};

}  // namespace headwater::rpc

#endif  // HEADWATER_RPC_ARRIVALS_H_
