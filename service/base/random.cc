#include "base/random.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "absl/types/span.h"

namespace headwater {
namespace {

// One call to the generator costs some microseconds whatever it fetches: 128 salts share it.
constexpr size_t kReadAhead = 4096;

// Counts forks, so that a child does not hand out bytes its parent has read ahead too.
std::atomic<uint64_t> forks{0};

struct ReadAhead {
  uint8_t bytes[kReadAhead];
  size_t left;  // the unused ones are the last `left`
  uint64_t forks_seen;
};
constinit thread_local ReadAhead read_ahead = {};

void Generate(uint8_t* bytes, size_t size) {
  if (RAND_bytes(bytes, static_cast<int>(size)) != 1) {
    std::fputs("The system's random number generator failed; cannot go on without one.\n", stderr);
    std::abort();
  }
}

class OpenSslRandom final : public Random {
 public:
  OpenSslRandom() {
    pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });
  }

  void Fill(absl::Span<uint8_t> bytes) override {
    ReadAhead& ahead = read_ahead;
    const uint64_t forks_now = forks.load(std::memory_order_relaxed);
    if (ahead.forks_seen != forks_now) {
      ahead.forks_seen = forks_now;
      ahead.left = 0;
    }
    while (!bytes.empty()) {
      if (ahead.left == 0) {
        Generate(ahead.bytes, kReadAhead);
        ahead.left = kReadAhead;
      }
      const size_t size = std::min(bytes.size(), ahead.left);
      uint8_t* const source = ahead.bytes + kReadAhead - ahead.left;
      std::memcpy(bytes.data(), source, size);
      OPENSSL_cleanse(source, size);
      ahead.left -= size;
      bytes.remove_prefix(size);
    }
  }
};

}  // namespace

Random* SecureRandom() {
  static OpenSslRandom* const random = new OpenSslRandom;  // never destroyed, as the system clock
  return random;
}

void SeededRandom::Fill(absl::Span<uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = generator_();
    bytes[i] = static_cast<uint8_t>(word >> (8 * (i % 8)));
  }
}

}  // namespace headwater
