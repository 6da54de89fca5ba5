// A place where a test makes threads wait.
#ifndef HEADWATER_KV_GATE_H_
#define HEADWATER_KV_GATE_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace headwater::kv {

// Open at first, without a delay. All methods may be called from any thread.
class Gate {
 public:
  // Who passes from now on waits until Open().
  void Close();
  void Open();
  // Who passes from now on waits at least this long.
  void Delay(std::chrono::microseconds delay);

  // Waits as told.
  void Pass();

  // How many threads wait before the closed gate.
  size_t waiting() const;
  // Waits until `count` threads wait before the gate; false if `patience` ends first.
  bool WaitFor(size_t count, std::chrono::milliseconds patience) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool open_ = true;
  size_t waiting_ = 0;
  std::chrono::microseconds delay_{0};
};

}  // namespace headwater::kv

#endif  // HEADWATER_KV_GATE_H_
