#include "base/random.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "absl/types/span.h"
#include "gtest/gtest.h"

namespace headwater {
namespace {

using Salt = std::array<uint8_t, 32>;

Salt NewSalt(Random& random) {
  Salt salt{};
  random.Fill(absl::MakeSpan(salt));
  return salt;
}

TEST(SecureRandomTest, NeverRepeatsAmongThreads) {
  std::mutex mutex;
  std::set<Salt> seen;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) {  // several times what is read ahead
        const Salt salt = NewSalt(*SecureRandom());
        const std::lock_guard lock(mutex);
        seen.insert(salt);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen.size(), 4000u);
}

TEST(SecureRandomTest, FillsEverySizeToItsLastByte) {
  SecureRandom()->Fill(absl::Span<uint8_t>());
  for (const size_t size :
       {size_t{1}, size_t{31}, size_t{4095}, size_t{4096}, size_t{4097}, size_t{20000}}) {
    // A byte that stays 0 through 16 rounds was not written (chance of a false alarm: 2^-128 a
    // byte).
    std::vector<uint8_t> any(size, 0);
    for (int round = 0; round < 16; ++round) {
      std::vector<uint8_t> bytes(size, 0);
      SecureRandom()->Fill(absl::MakeSpan(bytes));
      for (size_t i = 0; i < size; ++i) any[i] |= bytes[i];
    }
    for (size_t i = 0; i < size; ++i) ASSERT_NE(any[i], 0) << i << " of " << size;
  }
}

TEST(SecureRandomTest, BitsAreEven) {
  std::vector<uint8_t> bytes(1 << 17);
  SecureRandom()->Fill(absl::MakeSpan(bytes));
  size_t ones = 0;
  for (const uint8_t byte : bytes) ones += static_cast<size_t>(__builtin_popcount(byte));
  // 2^20 fair bits: mean 524288, standard deviation 512. Ten of those either way never happen.
  EXPECT_NEAR(static_cast<double>(ones), 524288.0, 5120.0);
}

TEST(SecureRandomTest, AForkedChildDoesNotShareWhatWasReadAhead) {
  NewSalt(*SecureRandom());  // now some bytes are read ahead
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const Salt salt = NewSalt(*SecureRandom());
    const bool sent =
        write(pipe_ends[1], salt.data(), salt.size()) == static_cast<ssize_t>(salt.size());
    _exit(sent ? 0 : 1);
  }
  const Salt parents = NewSalt(*SecureRandom());
  Salt childs{};
  ASSERT_EQ(read(pipe_ends[0], childs.data(), childs.size()), static_cast<ssize_t>(childs.size()));
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  EXPECT_NE(parents, childs);
}

TEST(SeededRandomTest, RepeatsItselfAndDiffersBySeed) {
  SeededRandom first(1);
  SeededRandom again(1);
  SeededRandom other(2);
  const Salt salt = NewSalt(first);
  EXPECT_EQ(salt, NewSalt(again));
  EXPECT_NE(salt, NewSalt(other));
  EXPECT_NE(salt, NewSalt(first));
  EXPECT_EQ(NewSalt(again)[0], [] {
    SeededRandom third(1);
    NewSalt(third);
    return NewSalt(third)[0];
  }());
}

TEST(SeededRandomTest, IsTheSameOnEveryMachine) {
  // std::mt19937_64 with its default seed gives 14514284786278117030 first: the standard's own
  // generator, low byte first.
  SeededRandom random(5489);
  std::array<uint8_t, 9> bytes{};
  random.Fill(absl::MakeSpan(bytes));
  uint64_t word = 0;
  for (int i = 7; i >= 0; --i) word = word << 8 | bytes[i];
  EXPECT_EQ(word, 14514284786278117030u);
}

}  // namespace
}  // namespace headwater
