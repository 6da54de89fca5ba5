// Where random bytes come from, so that tests can repeat them.
#ifndef HEADWATER_BASE_RANDOM_H_
#define HEADWATER_BASE_RANDOM_H_

#include <cstdint>
#include <mutex>
#include <random>

#include "absl/types/span.h"

namespace headwater {

// Any number of threads may ask at once.
class Random {
 public:
  virtual ~Random() = default;
  // Overwrites every byte of `bytes`.
  virtual void Fill(absl::Span<uint8_t> bytes) = 0;
};

// Unpredictable bytes, fit for salts and keys: OpenSSL's generator, read ahead some KiB per thread,
// each byte handed out once and wiped behind. A forked child drops what its parent had read ahead.
// Ends the process when the system has no randomness to give: nothing that needs a salt may go on
// without one. Never null, lives as long as the process.
Random* SecureRandom();

// The same bytes for the same seed and the same calls, on every machine. For tests only.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : generator_(seed) {}
  void Fill(absl::Span<uint8_t> bytes) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 generator_;  // guarded by mutex_
};

}  // namespace headwater

#endif  // HEADWATER_BASE_RANDOM_H_
